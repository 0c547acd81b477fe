package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.journal.CommandPublisher;
import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.journal.StandingOrders;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.venues.Operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The policy in force and what goes with it: what counts against limits, the switches that are on, the rules that are
 * stopped. What changes any of it is in the journal before it takes effect. For the gateway thread.
 */
final class PolicyDesk
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    /** By then the journal has begun the new day's file, whatever the two clocks differ by. */
    private static final long DAY_BEGUN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DAY_CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int DIFFERENCES_PER_CYCLE = 4;

    private final CommandPublisher commandPublisher;
    private final LifePublisher lifePublisher;
    private final GatewayClock clock;
    private final StandingOrders standing;
    private final Deque<PolicyDifference> unrecorded = new ArrayDeque<>();
    private String reloadedBy = "";
    private Policy policy;
    private Ledger ledger;
    private long standingDay;
    private long dayCheckNs;

    PolicyDesk(
        final GatewayContext context, final CommandPublisher commandPublisher, final LifePublisher lifePublisher)
    {
        this.commandPublisher = commandPublisher;
        this.lifePublisher = lifePublisher;
        clock = context.clock();
        standing = context.standing();
        policy = context.policy();
        ledger = context.ledger();
    }

    Policy policy()
    {
        return policy;
    }

    StandingOrders standing()
    {
        return standing;
    }

    /** Takes over what the lives before have left on and stopped. */
    void start(final long nowNs)
    {
        for (final SwitchEntry entry : standing.switches())
        {
            ledger.switches().set(entry.subject(), entry.reach(), true, entry.name());
        }
        for (final ExecutionEntry entry : standing.executions())
        {
            ledger.setStopped(entry.principal(), entry.rule(), true);
        }
        recordStanding(nowNs);
    }

    /** The journal of a day and the one before tell what is on and stopped, however long ago it was turned. */
    int poll(final long nowNs)
    {
        if (nowNs - dayCheckNs >= 0)
        {
            dayCheckNs = nowNs + DAY_CHECK_INTERVAL_NS;
            if (day(clock.utcNs(nowNs)) > standingDay)
            {
                recordStanding(nowNs);
            }
        }
        return unrecorded.isEmpty() ? 0 : recordDifferences(DIFFERENCES_PER_CYCLE, nowNs);
    }

    /** Records what a life owes before its seal. */
    void close(final long nowNs)
    {
        recordDifferences(Integer.MAX_VALUE, nowNs);
    }

    /** A value of Reason; the rule is recorded as stopped before the request that stops it is refused. */
    int decide(final PendingRequest request)
    {
        final Decision decision = request.decision();
        request.keyIndex(policy.keyIndex(request.order().key()));
        policy.decide(
            request.session().principalIndex(),
            request.keyIndex(),
            request.order(),
            request.receivedUtcNs(),
            request.accessScopes(),
            ledger,
            decision);
        request.ruleName(policy.ruleName(decision.ruleIndex()));
        return decision.stopsExecution() ? stopExecution(request) : decision.reason();
    }

    /** Whether what this very policy allowed before would still get as far as its rules. */
    boolean allowsStill(
        final PendingRequest request, final long policyVersion, final int keyIndex, final Operation operation)
    {
        return policyVersion == policy.version() && Reason.NONE.value() == policy.permits(
            request.session().principalIndex(),
            keyIndex,
            operation,
            request.receivedUtcNs(),
            request.accessScopes(),
            ledger);
    }

    /** Uses up limits: the request's Intent is in the journal. */
    void count(final PendingRequest request)
    {
        policy.count(
            request.session().principalIndex(),
            request.keyIndex(),
            request.order(),
            request.receivedUtcNs(),
            request.decision(),
            ledger);
    }

    /** Turns a switch; its record, or NOT_APPENDED and then nothing has changed. */
    long set(final SwitchEntry entry, final long sessionId, final long nowNs)
    {
        final long sequence = commandPublisher.switchChanged(entry, sessionId, nowNs);
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            ledger.switches().set(entry.subject(), entry.reach(), entry.isOn(), entry.name());
            standing.onSwitch(entry);
        }
        return sequence;
    }

    /** Re-enables a rule; its record, or NOT_APPENDED and then nothing has changed. */
    long set(final ExecutionEntry entry, final long sessionId, final long nowNs)
    {
        final long sequence = commandPublisher.executionChanged(entry, sessionId, nowNs);
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            ledger.setStopped(entry.principal(), entry.rule(), entry.isStopped());
            standing.onExecution(entry);
        }
        return sequence;
    }

    /** Puts another policy in force; its record, or NOT_APPENDED and then nothing has changed. */
    long swap(final PolicyReading.Other next, final String operatorName, final long nowNs)
    {
        recordDifferences(Integer.MAX_VALUE, nowNs);
        final long sequence = lifePublisher.policyInForce(next.policy().version(), next.text(), nowNs);
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            ledger = next.ledger().adopt(ledger, next.plan());
            policy = next.policy();
            reloadedBy = operatorName;
            unrecorded.addAll(next.differences());
        }
        return sequence;
    }

    boolean isRecordingDifferences()
    {
        return !unrecorded.isEmpty();
    }

    private int stopExecution(final PendingRequest request)
    {
        final int ruleIndex = request.decision().ruleIndex();
        final ExecutionEntry entry = new ExecutionEntry(
            true, text(request.session().principalName()), text(policy.ruleName(ruleIndex)), "", "");
        return JournalPublisher.NOT_APPENDED == set(entry, 0, request.receivedNs()) ?
            Reason.JOURNAL_UNAVAILABLE.value() : request.decision().reason();
    }

    private void recordStanding(final long nowNs)
    {
        standingDay = day(clock.utcNs(nowNs));
        dayCheckNs = nowNs;
        standing.switches().forEach((entry) -> commandPublisher.switchChanged(entry, 0, nowNs));
        standing.executions().forEach((entry) -> commandPublisher.executionChanged(entry, 0, nowNs));
    }

    private int recordDifferences(final int limit, final long nowNs)
    {
        int workCount = 0;
        while (workCount < limit && !unrecorded.isEmpty())
        {
            final PolicyDifference difference = unrecorded.poll();
            commandPublisher.policyDifference(
                policy.version(), difference.isDrift(), reloadedBy, difference.text(), nowNs);
            workCount++;
        }
        return workCount;
    }

    private static long day(final long utcNs)
    {
        return Math.floorDiv(utcNs - DAY_BEGUN_NS, DAY_NS);
    }

    private static String text(final byte[] name)
    {
        return new String(name, StandardCharsets.UTF_8);
    }
}
