package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.session.Handshake.Applicant;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Frames that belong to no request, and connects that are refused: counted always, recorded within a rate, so that
 * nobody can fill the disk by sending garbage. While the journal has too little room they are only counted, and
 * recorded when there is some again. For the gateway thread.
 */
final class Noise
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int REFUSED_SESSIONS_PER_INTERVAL = 10;

    private final LifePublisher lifePublisher;
    private final GatewayCounters counters;
    private final long[] countByReason = new long[Reason.JOURNAL_FULL.value() + 1];
    private boolean isAny;
    private long intervalStartNs;
    private int refusedSessions;

    Noise(final LifePublisher lifePublisher, final GatewayCounters counters)
    {
        this.lifePublisher = lifePublisher;
        this.counters = counters;
    }

    void count(final int reason)
    {
        counters.refused(reason);
        countByReason[reason]++;
        isAny = true;
    }

    /** The first few of each interval in full, the rest as a number. */
    void sessionRefused(final Applicant applicant, final int reason, final long nowNs)
    {
        if (nowNs - intervalStartNs >= INTERVAL_NS && Reason.NONE.value() == lifePublisher.refusal())
        {
            flush(nowNs);
        }
        if (Reason.NONE.value() == lifePublisher.refusal() && refusedSessions < REFUSED_SESSIONS_PER_INTERVAL)
        {
            refusedSessions++;
            counters.refused(reason);
            lifePublisher.sessionRefused(applicant, reason, nowNs);
        }
        else
        {
            count(reason);
        }
    }

    int publish(final long nowNs)
    {
        if (!isAny || nowNs - intervalStartNs < INTERVAL_NS || Reason.NONE.value() != lifePublisher.refusal())
        {
            return 0;
        }
        flush(nowNs);
        return 1;
    }

    void flush(final long nowNs)
    {
        if (isAny)
        {
            lifePublisher.noise(countByReason, nowNs);
            Arrays.fill(countByReason, 0);
            isAny = false;
        }
        startInterval(nowNs);
    }

    void startInterval(final long nowNs)
    {
        intervalStartNs = nowNs;
        refusedSessions = 0;
    }
}
