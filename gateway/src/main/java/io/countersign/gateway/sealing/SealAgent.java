package io.countersign.gateway.sealing;

import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.SealCounters;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import org.agrona.concurrent.Agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees to it that each record is covered by a seal within the interval. On a thread of its own; the package's
 * documentation has its states.
 */
public final class SealAgent implements Agent
{
    /** Read in one duty cycle at most. */
    private static final int READ_LIMIT = 4096;

    /** So many records are read before the interval is over, so that there is little left to do then. */
    private static final int EAGER_RECORDS = 32;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROGRESS_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    /** What so much is left of takes more than a second: somebody may be waiting for it. */
    private static final long PROGRESS_RECORDS = 1_000_000;
    private static final long NS_PER_US = 1000;

    private final SealContext context;
    private final SealCounters counters;
    private final SealProxy proxy;
    private final Consumer<String> notices;
    private final NoteKey key;
    private final SealCheck check;
    private final JournalTree tree;
    private final CheckpointExport export;
    private final SealLead lead;
    private final long intervalNs;
    private boolean isStarted;
    private boolean isWaiting;
    private boolean isFailing;
    private boolean isBrokenTold;
    private long waitingSinceNs;
    private long nextAttemptNs;
    private long retryNs;
    private long progressNs;
    private Pending pending;
    private GatewayCommand.AppendSeal backlog;

    /** What the token was asked to sign. */
    private record Pending(Checkpoint checkpoint, byte[] frontier, long unsealed, long askedNs)
    {
    }

    /**
     * Construct from its context.
     *
     * @param context concluded.
     */
    public SealAgent(final SealContext context)
    {
        this.context = context;
        counters = context.counters();
        proxy = context.proxy();
        notices = context.notices();
        try
        {
            key = NoteKey.of(
                context.audit().origin(), context.audit().key().algorithm(), context.audit().key().pinned());
        }
        catch (final NoteException ex)
        {
            throw new IllegalArgumentException(ex.getMessage(), ex);
        }
        check = new SealCheck(key, notices);
        tree = new JournalTree(context.journalDirectory(), check);
        export = new CheckpointExport(context.audit(), counters, notices);
        intervalNs = TimeUnit.MILLISECONDS.toNanos(context.audit().sealIntervalMs());
        lead = new SealLead(intervalNs);
        retryNs = context.clock().monotonicNs();
        nextAttemptNs = retryNs;
    }

    @Override
    public void onStart()
    {
        KnownAnswer.of(context.audit().key().algorithm()).test();
        BackgroundThread.lowerPriority();
    }

    @Override
    public int doWork()
    {
        final long nowNs = context.clock().monotonicNs();
        if (nowNs - retryNs < 0)
        {
            return 0;
        }
        try
        {
            return isStarted ? work(nowNs) : start(nowNs);
        }
        catch (final IOException ex)
        {
            isStarted = false;
            retryNs = nowNs + RETRY_NS;
            fail("the journal cannot be read for it (" + ex + "): check the disk and the files' owner");
            return 0;
        }
    }

    @Override
    public void onClose()
    {
        tree.close();
    }

    @Override
    public String roleName()
    {
        return "countersign-seal";
    }

    private int start(final long nowNs) throws IOException
    {
        export.compare(context.lastSequence());
        tree.start();
        progressNs = nowNs;
        isStarted = true;
        return 1;
    }

    private int work(final long nowNs) throws IOException
    {
        final long written = context.journalSequence().getAsLong();
        final int workCount = read(written, nowNs) + handOver() + finish(nowNs) + begin(written, nowNs);
        report(written, nowNs);
        return workCount;
    }

    private int read(final long written, final long nowNs) throws IOException
    {
        final long behind = written - tree.frontier().size();
        if (0 >= behind && 0 == tree.unsealed() && null == pending)
        {
            isWaiting = false;
        }
        else if (!isWaiting)
        {
            isWaiting = true;
            waitingSinceNs = nowNs;
        }
        if (0 >= behind || EAGER_RECORDS > behind && !isDue(nowNs) || tree.isBroken())
        {
            return 0;
        }
        final int count = tree.readTo(written, READ_LIMIT);
        if (tree.isBroken())
        {
            tellBroken();
        }
        if (nowNs - progressNs >= PROGRESS_INTERVAL_NS)
        {
            tellProgress(written, nowNs);
        }
        return count;
    }

    /** Has everything signed that is there, if it is time to. */
    private int begin(final long written, final long nowNs)
    {
        if (null != pending || null != backlog || tree.isBroken() || tree.frontier().size() < written ||
            !isDue(nowNs) || 0 == tree.unsealed() || nowNs - nextAttemptNs < 0 && !isStopping())
        {
            return 0;
        }
        final long utcNs = context.clock().utcNs(nowNs);
        final long errorNs = context.clockError().errorNs();
        final Checkpoint checkpoint = new Checkpoint(
            context.audit().origin(),
            tree.frontier().size(),
            tree.frontier().root(),
            utcNs - Math.floorMod(utcNs, NS_PER_US),
            errorNs,
            Checkpoint.UNKNOWN_ERROR == errorNs ? "" : context.clockError().source());
        pending = new Pending(checkpoint, tree.frontier().encoded(), tree.unsealed(), nowNs);
        tree.onSealing();
        context.signer().ask(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        return 1;
    }

    private int finish(final long nowNs)
    {
        if (null == pending || !context.signer().isDone())
        {
            return 0;
        }
        final Pending done = pending;
        pending = null;
        final byte[] signature = context.signer().signature();
        final SignedNote note = null == signature ?
            null : new SignedNote(done.checkpoint.text(), List.of(key.line(signature)));
        if (null != note && check.verifies(note))
        {
            onSealed(done, note.format().getBytes(StandardCharsets.UTF_8));
        }
        else
        {
            tree.onNotSealed(done.unsealed);
            nextAttemptNs = nowNs + intervalNs;
            fail(null == note ?
                context.signer().failure() : "the audit key's signature does not fit its pinned public key");
        }
        return 1;
    }

    private void onSealed(final Pending done, final byte[] note)
    {
        lead.onSealed(Math.max(0, context.clock().monotonicNs() - waitingSinceNs - (intervalNs - lead.ns())));
        // What came since is no older than this.
        waitingSinceNs = done.askedNs;
        backlog = new GatewayCommand.AppendSeal(new SealEntry(
            done.checkpoint.treeSize(),
            done.checkpoint.root(),
            done.checkpoint.utcNs(),
            done.checkpoint.clockErrorNs(),
            done.checkpoint.clockSource(),
            done.frontier,
            note));
        handOver();
        export.append(note);
        if (isFailing)
        {
            isFailing = false;
            notices.accept("the journal is sealed again, up to record " + done.checkpoint.treeSize());
        }
    }

    private int handOver()
    {
        if (null == backlog || !context.commands().offer(backlog))
        {
            return 0;
        }
        backlog = null;
        return 1;
    }

    private boolean isDue(final long nowNs)
    {
        return isWaiting && (nowNs - waitingSinceNs >= intervalNs - lead.ns() || isStopping());
    }

    private boolean isStopping()
    {
        return 0 != proxy.stopSequence() && !proxy.isGivenUp();
    }

    private void fail(final String why)
    {
        counters.failures().incrementRelease();
        if (!isFailing)
        {
            isFailing = true;
            notices.accept("the journal is not sealed at present: " + why + "; requests are signed on, and one seal " +
                "covers them when it is mended");
        }
        if (isStopping())
        {
            proxy.giveUp();
        }
    }

    private void tellBroken()
    {
        if (!isBrokenTold)
        {
            isBrokenTold = true;
            counters.failures().incrementRelease();
            notices.accept("alarm: record " + tree.missingFrom() + " is missing in journal " +
                context.journalDirectory() + ", so that nothing behind it can be sealed: keep this journal as it is, " +
                "see 'countersign audit verify', and start with another journal-directory");
        }
        proxy.giveUp();
    }

    private void tellProgress(final long written, final long nowNs)
    {
        progressNs = nowNs;
        if (written - tree.frontier().size() >= PROGRESS_RECORDS)
        {
            notices.accept("to seal the journal, " + tree.frontier().size() + " of " + written +
                " records were read so far");
        }
    }

    private void report(final long written, final long nowNs)
    {
        final long inHand = null == pending ? 0 : pending.unsealed;
        counters.lagRecords().setRelease(
            Math.max(0, written - tree.frontier().size()) + tree.unsealed() + inHand);
        counters.ageMs().setRelease(isWaiting ? TimeUnit.NANOSECONDS.toMillis(nowNs - waitingSinceNs) : 0);
    }
}
