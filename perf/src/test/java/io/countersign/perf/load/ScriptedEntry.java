package io.countersign.perf.load;

import org.agrona.concurrent.NanoClock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * A gateway without a gateway: answers each request after a time of its own clock, one after the other, with a limit to
 * how many may wait. Each look at the clock passes some time.
 */
final class ScriptedEntry implements OrderEntry, NanoClock
{
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final Map<Long, Long> offeredNsById = new HashMap<>();
    private final int maxWaiting;
    private final long serviceNs;
    LongPredicate isSigned = (requestId) -> true;
    LongPredicate isAnswered = (requestId) -> true;
    long stallsFromNs = Long.MAX_VALUE;
    long stallsUntilNs = Long.MAX_VALUE;
    long lookNs = 50;
    private long nowNs = 1_000_000;
    private long nextId = 1;

    ScriptedEntry(final long serviceNs, final int maxWaiting)
    {
        this.serviceNs = serviceNs;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public long nanoTime()
    {
        nowNs += lookNs;
        return nowNs;
    }

    @Override
    public long offer()
    {
        if (waiting.size() >= maxWaiting)
        {
            return -1;
        }
        waiting.add(nextId);
        offeredNsById.put(nextId, nowNs);
        return nextId++;
    }

    @Override
    public int poll(final Listener listener)
    {
        nowNs += lookNs;
        if (nowNs >= stallsFromNs && nowNs < stallsUntilNs || waiting.isEmpty() ||
            nowNs - offeredNsById.get(waiting.peek()) < serviceNs)
        {
            return 0;
        }
        final long requestId = waiting.remove();
        if (isAnswered.test(requestId))
        {
            listener.onEnd(requestId, isSigned.test(requestId));
        }
        return 1;
    }

    @Override
    public boolean isLost()
    {
        return false;
    }

    long offeredNs(final long requestId)
    {
        return offeredNsById.get(requestId);
    }

    long offered()
    {
        return nextId - 1;
    }
}
