package io.countersign.ops.audit;

import io.countersign.ops.ExitCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets SIGINT and SIGTERM end a command that would otherwise go on for ever, with exit code 0 and whole lines: the JVM
 * would end with 130 or 143.
 */
final class StopSignal implements AutoCloseable
{
    private static final long PATIENCE_S = 5;

    private final Thread waiting = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "stop-signal");
    private volatile boolean isRaised;

    StopSignal()
    {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isRaised()
    {
        return isRaised || waiting.isInterrupted();
    }

    /** Waits for the signal, but not longer than that. */
    void await(final long timeoutNs)
    {
        if (!isRaised())
        {
            LockSupport.parkNanos(this, timeoutNs);
        }
    }

    /** To be called when all output is out. */
    @Override
    public void close()
    {
        finished.countDown();
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ignore)
        {
            // The signal came: the hook is at work.
        }
    }

    private void onShutdown()
    {
        isRaised = true;
        LockSupport.unpark(waiting);
        try
        {
            if (finished.await(PATIENCE_S, TimeUnit.SECONDS))
            {
                Runtime.getRuntime().halt(ExitCode.OK);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
