package io.countersign.ops.verify;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.SealDecoder;

import java.util.concurrent.TimeUnit;

/**
 * Whether lives begin and end as they do, and their times go as clocks go.
 * <pre>
 *  BEFORE ── GatewayStarted ──▶ RUNNING ── GatewayStopped ──▶ STOPPED    (only Seals)
 *                                ▲ │ GatewayStarted: the life before was ended from outside   │
 *                                └─┴────────────────────── GatewayStarted ────────────────────┘
 * </pre>
 */
final class LifeCheck
{
    /** A duty cycle that is held up uses a time that was read before. */
    private static final long MAX_BACK_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1);

    private enum State
    {
        BEFORE, RUNNING, STOPPED
    }

    private final GatewayStartedDecoder started = new GatewayStartedDecoder();
    private final GatewayStoppedDecoder stopped = new GatewayStoppedDecoder();
    private final Report report;
    private State state = State.BEFORE;
    private long firstSequence;
    private long highestMonotonicNs;
    private long utcOffsetNs;
    private long lives;
    private long endedInOrder;
    private long clockSteps;
    private long firstClockStep;
    private long interrupted;

    LifeCheck(final Report report)
    {
        this.report = report;
    }

    void onRecord(final JournalRecord record)
    {
        final int templateId = record.templateId();
        if (GatewayStartedDecoder.TEMPLATE_ID == templateId)
        {
            onStarted(record);
        }
        else if (State.STOPPED == state && SealDecoder.TEMPLATE_ID != templateId)
        {
            report.broken(record.place(), "follows the GatewayStopped of its life, behind which only Seals may stand");
            state = State.RUNNING;
        }
        else if (State.BEFORE == state && 1 == record.sequence())
        {
            report.broken(record.place(), "the journal does not begin with GatewayStarted");
            state = State.RUNNING;
        }
        checkTimes(record);
        if (GatewayStoppedDecoder.TEMPLATE_ID == templateId)
        {
            onStopped(record);
        }
    }

    /** Sequence of the GatewayStarted of this life; 0 when that is not in the journal. */
    long firstSequence()
    {
        return firstSequence;
    }

    /** What the last GatewayStarted says to have found open. */
    long interrupted()
    {
        return interrupted;
    }

    /** How many bytes a GatewayStarted found torn. */
    long tornBytes(final JournalRecord record)
    {
        return started.wrapAndApplyHeader(record.buffer(), 0, record.header()).tornBytes();
    }

    boolean isEndedInOrder()
    {
        return State.STOPPED == state;
    }

    void conclude()
    {
        report.fact("lives: " + lives + ", ended in order " + endedInOrder +
            (State.RUNNING == state && lives > 0 ? ", the last has no end here" : ""));
        if (clockSteps > 0)
        {
            report.fact("clock: UTC moved by more than 1 s against the monotonic clock within a life " + clockSteps +
                (1 == clockSteps ? " time" : " times") + ", first at record " + firstClockStep);
        }
    }

    private void onStarted(final JournalRecord record)
    {
        started.wrapAndApplyHeader(record.buffer(), 0, record.header());
        if (record.sequence() - 1 != started.lastSequence())
        {
            report.broken(record.place(), "the start found record " + started.lastSequence() +
                " as the last before it, which is not the one before it here");
        }
        if (0 != started.tornBytes())
        {
            report.fact("torn: the start at record " + record.sequence() + " found " + started.tornBytes() +
                " bytes of a record that the end of the life before had cut off");
        }
        state = State.RUNNING;
        firstSequence = record.sequence();
        interrupted = started.interrupted();
        highestMonotonicNs = record.monotonicNs();
        utcOffsetNs = record.utcNs() - record.monotonicNs();
        lives++;
    }

    private void onStopped(final JournalRecord record)
    {
        stopped.wrapAndApplyHeader(record.buffer(), 0, record.header());
        if (0 != firstSequence && firstSequence != stopped.firstSequence())
        {
            report.broken(record.place(), "ends the life that began at record " + stopped.firstSequence() +
                ", and this one began at record " + firstSequence);
        }
        state = State.STOPPED;
        endedInOrder++;
    }

    private void checkTimes(final JournalRecord record)
    {
        final long monotonicNs = record.monotonicNs();
        if (monotonicNs < highestMonotonicNs - MAX_BACK_NS && State.BEFORE != state)
        {
            report.broken(record.place(), "the monotonic time goes back by " +
                TimeUnit.NANOSECONDS.toMillis(highestMonotonicNs - monotonicNs) + " ms within a life");
            highestMonotonicNs = monotonicNs;
        }
        highestMonotonicNs = Math.max(highestMonotonicNs, monotonicNs);
        final long offsetNs = record.utcNs() - monotonicNs;
        if (Math.abs(offsetNs - utcOffsetNs) > STEP_NS)
        {
            utcOffsetNs = offsetNs;
            firstClockStep = 0 == clockSteps ? record.sequence() : firstClockStep;
            clockSteps += State.BEFORE == state ? 0 : 1;
        }
    }
}
