package io.countersign.gateway.journal;

import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.SealEncoder;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.ExpandableArrayBuffer;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One life of a journal, for tests of other packages: records without meaning, and seals as a gateway writes them.
 */
public final class Sealings implements AutoCloseable
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final SetTimeProvider time = new SetTimeProvider(TimeUnit.DAYS.toNanos(20_000));
    private final Life life;

    /** Begins a life with its GatewayStarted. */
    public Sealings(final Path directory)
    {
        life = new Life(directory, RollCycles.FAST_DAILY, time).start();
    }

    /** The next record goes to another cycle file. */
    public void nextDay()
    {
        time.advanceMillis(TimeUnit.DAYS.toMillis(1));
    }

    /** Two records. */
    public void request()
    {
        life.records().outcome(life.records().intent(40));
    }

    public long lastSequence()
    {
        return life.records().lastSequence();
    }

    public long foundSequence()
    {
        return life.recovery().lastSequence();
    }

    /** The journal of a dead process: one sequence is nowhere. */
    public void loseOne()
    {
        life.records().skipSequences(1);
    }

    public void seal(final SealEntry seal)
    {
        final SealEncoder encoder = new SealEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.sequence(lastSequence() + 1).utcNs(1).monotonicNs(2)
            .treeSize(seal.treeSize())
            .putRoot(seal.root(), 0, seal.root().length)
            .sealedUtcNs(seal.sealedUtcNs())
            .clockErrorNs(0 > seal.clockErrorNs() ? SealEncoder.clockErrorNsNullValue() : seal.clockErrorNs())
            .clockSource(seal.clockSource())
            .putFrontier(seal.frontier(), 0, seal.frontier().length)
            .putCheckpoint(seal.checkpoint(), 0, seal.checkpoint().length);
        if (!life.journal().append(buffer, 0, encoder.limit()))
        {
            throw new IllegalStateException("journal failed");
        }
        life.records().skipSequences(1);
    }

    public List<Throwable> errors()
    {
        return life.errors();
    }

    @Override
    public void close()
    {
        life.close();
    }
}
