package io.countersign.gateway.counters;

import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.List;

/**
 * The gateway's counters. Each has one writing thread, so they are moved on without locked instructions. Type ids are
 * 20,000 to 20,999, clear of Aeron's and Artio's.
 */
public final class GatewayCounters
{
    /** First type id of ours. */
    public static final int FIRST_TYPE_ID = 20_000;

    /** Last type id that may become ours. */
    public static final int LAST_TYPE_ID = 20_999;

    private static final int REFUSED_TYPE_ID = 20_100;

    private final AtomicCounter ready;
    private final AtomicCounter framesReceived;
    private final AtomicCounter requestsSigned;
    private final AtomicCounter requestsDenied;
    private final AtomicCounter signingFailures;
    private final AtomicCounter repliesUndelivered;
    private final AtomicCounter sessionsOpen;
    private final AtomicCounter journalSequence;
    private final AtomicCounter journalFailed;
    private final AtomicCounter journalRoomBytes;
    private final TokenCounters tokens;
    private final SealCounters seals;
    private final AtomicCounter errors;
    private final AtomicCounter maxCycleTimeNs;
    private final AtomicCounter cycleTimeExceeded;
    private final AtomicCounter requestsRepeated;
    private final AtomicCounter sessionsIdle;
    private final AtomicCounter[] refusedByReason;

    /**
     * Allocate all counters.
     *
     * @param factory          to allocate with.
     * @param tokenNames       of all tokens, named in labels where there are several.
     * @param cycleThresholdNs named in the label of the counter of long duty cycles.
     */
    public GatewayCounters(
        final CounterFactory factory, final List<String> tokenNames, final long cycleThresholdNs)
    {
        ready = factory.newCounter(20_000, "gateway: ready to take requests");
        framesReceived = factory.newCounter(20_001, "gateway: frames received");
        requestsSigned = factory.newCounter(20_002, "gateway: requests signed");
        requestsDenied = factory.newCounter(20_003, "gateway: requests denied");
        signingFailures = factory.newCounter(20_004, "gateway: signing failures");
        repliesUndelivered = factory.newCounter(20_005, "gateway: replies undelivered");
        sessionsOpen = factory.newCounter(20_006, "gateway: sessions open");
        journalSequence = factory.newCounter(20_007, "journal: last sequence");
        journalFailed = factory.newCounter(20_008, "journal: failed");
        journalRoomBytes = factory.newCounter(20_030, "journal: room reserved in bytes");
        tokens = new TokenCounters(factory, tokenNames);
        seals = new SealCounters(factory);
        errors = factory.newCounter(20_011, "gateway: errors");
        maxCycleTimeNs = factory.newCounter(20_012, "gateway: max duty cycle time in ns");
        cycleTimeExceeded = factory.newCounter(
            20_013, "gateway: duty cycles over threshold=" + cycleThresholdNs + "ns");
        requestsRepeated = factory.newCounter(20_020, "gateway: requests known, answered again");
        sessionsIdle = factory.newCounter(20_021, "gateway: sessions closed for being idle");
        refusedByReason = new AtomicCounter[maxReason() + 1];
        for (final Reason reason : Reason.values())
        {
            if (Reason.NULL_VAL != reason && Reason.NONE != reason && Reason.SBE_UNKNOWN != reason)
            {
                refusedByReason[reason.value()] = factory.newCounter(
                    REFUSED_TYPE_ID + reason.value(), "refused: " + reason.name());
            }
        }
    }

    /**
     * Count a refusal by its reason.
     *
     * @param reason a value of the wire's {@code Reason} other than NONE.
     */
    public void refused(final int reason)
    {
        refusedByReason[reason].incrementRelease();
    }

    /**
     * 1 while the gateway takes requests.
     *
     * @return the counter.
     */
    public AtomicCounter ready()
    {
        return ready;
    }

    /**
     * Frames taken from the ingress, good and bad.
     *
     * @return the counter.
     */
    public AtomicCounter framesReceived()
    {
        return framesReceived;
    }

    /**
     * Requests whose signature was recorded.
     *
     * @return the counter.
     */
    public AtomicCounter requestsSigned()
    {
        return requestsSigned;
    }

    /**
     * Requests that were refused and recorded as denials.
     *
     * @return the counter.
     */
    public AtomicCounter requestsDenied()
    {
        return requestsDenied;
    }

    /**
     * Intents that ended without a signature.
     *
     * @return the counter.
     */
    public AtomicCounter signingFailures()
    {
        return signingFailures;
    }

    /**
     * Replies dropped because their bot did not read.
     *
     * @return the counter.
     */
    public AtomicCounter repliesUndelivered()
    {
        return repliesUndelivered;
    }

    /**
     * Sessions open now.
     *
     * @return the counter.
     */
    public AtomicCounter sessionsOpen()
    {
        return sessionsOpen;
    }

    /**
     * Sequence of the last journal record.
     *
     * @return the counter.
     */
    public AtomicCounter journalSequence()
    {
        return journalSequence;
    }

    /**
     * 1 when the journal cannot be written any more.
     *
     * @return the counter.
     */
    public AtomicCounter journalFailed()
    {
        return journalFailed;
    }

    /**
     * How much can be written to the journal in the room that is reserved for it.
     *
     * @return the counter, written by the thread that reserves.
     */
    public AtomicCounter journalRoomBytes()
    {
        return journalRoomBytes;
    }

    /**
     * Which tokens are there.
     *
     * @return their counters.
     */
    public TokenCounters tokens()
    {
        return tokens;
    }

    /**
     * How far the journal is sealed.
     *
     * @return their counters.
     */
    public SealCounters seals()
    {
        return seals;
    }

    /**
     * Errors that were reported.
     *
     * @return the counter.
     */
    public AtomicCounter errors()
    {
        return errors;
    }

    /**
     * Longest duty cycle of the gateway thread, in nanoseconds.
     *
     * @return the counter.
     */
    public AtomicCounter maxCycleTimeNs()
    {
        return maxCycleTimeNs;
    }

    /**
     * Duty cycles that took longer than the threshold.
     *
     * @return the counter.
     */
    public AtomicCounter cycleTimeExceeded()
    {
        return cycleTimeExceeded;
    }

    /**
     * Requests whose id was known: neither decided nor signed nor recorded again.
     *
     * @return the counter.
     */
    public AtomicCounter requestsRepeated()
    {
        return requestsRepeated;
    }

    /**
     * Sessions that the gateway closed because nothing came from their bots.
     *
     * @return the counter.
     */
    public AtomicCounter sessionsIdle()
    {
        return sessionsIdle;
    }

    private static int maxReason()
    {
        int max = 0;
        for (final Reason reason : Reason.values())
        {
            if (Reason.NULL_VAL != reason && Reason.SBE_UNKNOWN != reason)
            {
                max = Math.max(max, reason.value());
            }
        }
        return max;
    }
}
