package io.countersign.ops;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets SIGINT and SIGTERM end a command that would otherwise go on for ever, with an exit code of its own and whole
 * lines: the JVM would end with 130 or 143.
 */
public final class StopSignal implements AutoCloseable
{
    private static final long PATIENCE_S = 5;

    private final Thread waiting = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "stop-signal");
    private final Runnable onRaised;
    private volatile boolean isRaised;
    private volatile int exitCode = ExitCode.OK;

    /**
     * Construct on the thread that waits.
     */
    public StopSignal()
    {
        this(() ->
        {
        });
    }

    /**
     * Construct on the thread that waits.
     *
     * @param onRaised cuts short what that thread may be waiting for elsewhere. Called by other threads, maybe often.
     */
    public StopSignal(final Runnable onRaised)
    {
        this.onRaised = onRaised;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether to stop.
     *
     * @return true from the signal, the interrupt of the waiting thread or {@link #raise} on.
     */
    public boolean isRaised()
    {
        return isRaised || waiting.isInterrupted();
    }

    /**
     * Raise it as a signal would. For any thread.
     */
    public void raise()
    {
        isRaised = true;
        LockSupport.unpark(waiting);
        onRaised.run();
    }

    /**
     * Waits for the signal, but not longer than that; may end early.
     *
     * @param timeoutNs nanoseconds.
     */
    public void await(final long timeoutNs)
    {
        if (!isRaised())
        {
            LockSupport.parkNanos(this, timeoutNs);
        }
    }

    /**
     * What a process that a signal ends is to end with; 0 unless it was said.
     *
     * @param newExitCode see {@link ExitCode}.
     */
    public void exitCode(final int newExitCode)
    {
        exitCode = newExitCode;
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
        raise();
        try
        {
            if (finished.await(PATIENCE_S, TimeUnit.SECONDS))
            {
                Runtime.getRuntime().halt(exitCode);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
