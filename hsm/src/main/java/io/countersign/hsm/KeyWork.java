package io.countersign.hsm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does something for each of many keys, on several sessions at once: a token that is far away, or has more than one
 * processor, is done sooner. Few keys are done on the caller's session and thread.
 */
final class KeyWork implements AutoCloseable
{
    private static final int MAX_WIDTH = 4;
    private static final int KEYS_PER_SESSION = 64;

    private final List<TokenSession> sessions = new ArrayList<>();

    private KeyWork(final TokenSession session)
    {
        sessions.add(session);
    }

    /**
     * Work on one session.
     *
     * @param session with the user logged in; stays open.
     * @return the work.
     */
    static KeyWork on(final TokenSession session)
    {
        return new KeyWork(session);
    }

    /**
     * Work for a number of keys. Sessions that the token does not give any more are done without.
     *
     * @param module  of the token.
     * @param session with the user logged in; stays open.
     * @param keys    number of them.
     * @return the work, to be closed.
     */
    static KeyWork of(final CryptokiModule module, final TokenSession session, final int keys)
    {
        final KeyWork work = new KeyWork(session);
        try
        {
            while (work.width() < Math.min(MAX_WIDTH, keys / KEYS_PER_SESSION))
            {
                work.sessions.add(TokenSession.open(module, session.token()));
            }
        }
        catch (final TokenException ex)
        {
            // What is wrong with the token, if anything, shows on the caller's session.
            return work;
        }

        return work;
    }

    /**
     * How much is done at once.
     *
     * @return at least 1.
     */
    int width()
    {
        return sessions.size();
    }

    /**
     * The session of a worker.
     *
     * @param worker from 0, which is on the caller's session, to below {@link #width()}.
     * @return its session.
     */
    TokenSession session(final int worker)
    {
        return sessions.get(worker);
    }

    /**
     * Do a step for each index. What fails is what would have failed first in their order; steps behind it may have
     * been done.
     *
     * @param count of indices, from 0.
     * @param step  to do.
     * @throws TokenException of the lowest index whose step threw one.
     */
    void forEach(final int count, final Step step) throws TokenException
    {
        final AtomicInteger next = new AtomicInteger();
        final Failure failure = new Failure();
        final List<Thread> threads = new ArrayList<>();
        for (int worker = 1; worker < Math.min(width(), count); worker++)
        {
            final int number = worker;
            threads.add(Thread.ofPlatform().name("key-work-" + worker).daemon()
                .start(() -> work(number, count, next, step, failure)));
        }

        work(0, count, next, step, failure);
        join(threads);
        failure.rethrow();
    }

    /** Close the sessions that were opened for this work. */
    @Override
    public void close()
    {
        for (final TokenSession session : sessions.subList(1, sessions.size()))
        {
            session.close();
        }
    }

    private static void work(
        final int worker, final int count, final AtomicInteger next, final Step step, final Failure failure)
    {
        // Indices are given out in order: what is before a failure has been done, is being done or is done yet.
        for (int i = next.getAndIncrement(); i < count && i < failure.index; i = next.getAndIncrement())
        {
            try
            {
                step.run(worker, i);
            }
            catch (final TokenException | RuntimeException | Error ex)
            {
                failure.add(i, ex);
            }
        }
    }

    /** Sessions must not be closed under a thread that uses them, interrupted or not. */
    private static void join(final List<Thread> threads)
    {
        boolean isInterrupted = false;
        for (final Thread thread : threads)
        {
            while (thread.isAlive())
            {
                try
                {
                    thread.join();
                }
                catch (final InterruptedException ex)
                {
                    isInterrupted = true;
                }
            }
        }

        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done for one index. */
    interface Step
    {
        void run(int worker, int index) throws TokenException;
    }

    private static final class Failure
    {
        private volatile int index = Integer.MAX_VALUE;
        private Throwable first;

        synchronized void add(final int index, final Throwable failure)
        {
            if (index < this.index)
            {
                this.index = index;
                first = failure;
            }
        }

        void rethrow() throws TokenException
        {
            switch (first)
            {
                case null ->
                {
                    // Nothing failed.
                }
                case TokenException ex -> throw ex;
                case RuntimeException ex -> throw ex;
                default -> throw (Error) first;
            }
        }
    }
}
