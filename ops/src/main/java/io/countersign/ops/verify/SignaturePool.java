package io.countersign.ops.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Does on all cores what takes long, in batches: signatures. Holds back who brings them when the cores do not keep up,
 * so that memory stays bounded. The last batch, and with it all of a small journal, is done by whoever closes it.
 */
final class SignaturePool implements AutoCloseable
{
    private static final int BATCH = 128;
    private static final int BATCHES_AHEAD = 8;

    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Semaphore room = new Semaphore(threads * BATCHES_AHEAD);
    private ExecutorService executor;
    private List<Runnable> batch = new ArrayList<>(BATCH);

    /** To be run once, on some thread. */
    void add(final Runnable check)
    {
        batch.add(check);
        if (BATCH == batch.size())
        {
            submit(batch);
            batch = new ArrayList<>(BATCH);
        }
    }

    /** Returns when all was run. */
    @Override
    public void close()
    {
        batch.forEach(Runnable::run);
        batch.clear();
        if (null != executor)
        {
            room.acquireUninterruptibly(threads * BATCHES_AHEAD);
            executor.shutdown();
            try
            {
                executor.awaitTermination(1, TimeUnit.MINUTES);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void submit(final List<Runnable> checks)
    {
        if (null == executor)
        {
            executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("signatures-", 0).factory());
        }
        room.acquireUninterruptibly();
        executor.execute(() ->
        {
            try
            {
                checks.forEach(Runnable::run);
            }
            finally
            {
                room.release();
            }
        });
    }
}
