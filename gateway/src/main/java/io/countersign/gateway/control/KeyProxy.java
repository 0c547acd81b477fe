package io.countersign.gateway.control;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Carries what the gateway thread has for the key agent: signed commands, what became of updates, and how often each
 * key has signed. Nothing here waits.
 */
public final class KeyProxy
{
    /** Commands that wait; the rest of the room is for what must not be lost. */
    private static final int MAX_GIVEN = 64;
    private static final int CAPACITY = 1024;

    private final OneToOneConcurrentArrayQueue<KeyNews> news = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final AtomicLongArray signatures;

    /**
     * With no news.
     *
     * @param keyCount how many keys the configuration has.
     */
    public KeyProxy(final int keyCount)
    {
        signatures = new AtomicLongArray(keyCount);
    }

    /**
     * Pass a command on. For the gateway thread.
     *
     * @param given by an operator.
     * @return false when the key agent is behind and this is dropped.
     */
    public boolean give(final KeyNews.Given given)
    {
        return news.size() < MAX_GIVEN && news.offer(given);
    }

    /**
     * Tell something that must not be lost. For the gateway thread.
     *
     * @param each the news.
     */
    public void tell(final KeyNews each)
    {
        if (!news.offer(each))
        {
            throw new IllegalStateException("the key agent has taken none of the last " + CAPACITY + " news");
        }
    }

    /**
     * Take the next news. For the key agent.
     *
     * @return null when there is none.
     */
    public KeyNews poll()
    {
        return news.poll();
    }

    /**
     * A key has signed once more. For the gateway thread; costs a store without a fence.
     *
     * @param keyIndex of the key.
     */
    public void signed(final int keyIndex)
    {
        signatures.lazySet(keyIndex, signatures.getPlain(keyIndex) + 1);
    }

    /**
     * How often a key has signed in this life. For any thread.
     *
     * @param keyIndex of the key.
     * @return signatures of all its versions.
     */
    public long signatures(final int keyIndex)
    {
        return signatures.get(keyIndex);
    }
}
