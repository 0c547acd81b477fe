package io.countersign.gateway.journal;

import org.agrona.concurrent.Agent;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings the journal to the storage device for those that wait for it, on a thread of its own. All records that were
 * appended before one sync began share it.
 * <pre>
 *   gateway thread: append 7, 8 --appended(8)--&gt;  sync thread: sync() ... --&gt; synced 8
 *                   append 9    --appended(9)--&gt;               sync() ... --&gt; synced 10
 *                   append 10   --appended(10)-&gt;               (the same: it had not begun)
 * </pre>
 * A sync that fails has failed the journal for good: what was not synced by then never is.
 */
public final class JournalSync implements Agent
{
    private final Journal journal;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong synced = new AtomicLong();

    /**
     * Construct over an open journal.
     *
     * @param journal whose records are counted by their sequence.
     */
    public JournalSync(final Journal journal)
    {
        this.journal = journal;
    }

    /**
     * Records were appended that are to reach the storage device. For the appending thread.
     *
     * @param sequence of the last one.
     */
    public void appended(final long sequence)
    {
        appended.setRelease(sequence);
    }

    /**
     * How far the journal is on the storage device. For any thread.
     *
     * @return sequence of a record that is there, as are all before it.
     */
    public long synced()
    {
        return synced.getAcquire();
    }

    /**
     * Whether what has not reached the storage device by now never will. Ask {@link #synced} after it, not before.
     *
     * @return true when the journal has failed.
     */
    public boolean isFailed()
    {
        return journal.isFailed();
    }

    @Override
    public int doWork()
    {
        final long target = appended.getAcquire();
        if (target == synced.getPlain() || journal.isFailed())
        {
            return 0;
        }
        sync(target);
        return 1;
    }

    /**
     * Wait for the storage device on the appending thread, when nothing else is left for it to do.
     *
     * @param sequence of the last record appended.
     */
    public void awaitSync(final long sequence)
    {
        if (synced() < sequence && !journal.isFailed())
        {
            sync(sequence);
        }
    }

    @Override
    public String roleName()
    {
        return "countersign-journal-sync";
    }

    private synchronized void sync(final long target)
    {
        journal.sync();
        if (!journal.isFailed())
        {
            synced.setRelease(Math.max(target, synced.getPlain()));
        }
    }
}
