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
import io.countersign.gateway.policy.PolicyText;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.venues.Operation;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
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

    private final KeyTable keys;
    private final CommandPublisher commandPublisher;
    private final LifePublisher lifePublisher;
    private final GatewayClock clock;
    private final StandingOrders standing;
    private Policy policy;
    private PolicyText text;
    private PolicyReading.Other next;
    private Iterator<PolicyDifference> unrecorded;
    private String reloadedBy;
    private String comment;
    private boolean isUnrecordable;
    private Ledger ledger;
    private long standingDay;
    private long dayCheckNs;

    PolicyDesk(
        final GatewayContext context,
        final KeyTable keys,
        final CommandPublisher commandPublisher,
        final LifePublisher lifePublisher)
    {
        this.keys = keys;
        this.commandPublisher = commandPublisher;
        this.lifePublisher = lifePublisher;
        clock = context.clock();
        standing = context.standing();
        policy = context.policy();
        text = context.policyText();
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

    /** Puts the policy of the start in force: first what it changes, so that no end of the process can lose it. */
    void begin(final long nowNs)
    {
        for (final PolicyDifference difference : text.differences())
        {
            commandPublisher.policyDifference(policy.version(), difference.isDrift(), "", difference.text(), nowNs);
        }
        lifePublisher.policyInForce(policy.version(), text, "", "", nowNs);
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

    /** The newest file tells what is in force, on, stopped and used up, however long ago it began. */
    void poll(final long nowNs)
    {
        if (nowNs - dayCheckNs >= 0 && !isSwapping())
        {
            dayCheckNs = nowNs + DAY_CHECK_INTERVAL_NS;
            if (day(clock.utcNs(nowNs)) > standingDay)
            {
                lifePublisher.policyInForce(policy.version(), text, "", "", nowNs);
                recordStanding(nowNs);
            }
        }
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
        if (Reason.NONE.value() == decision.reason())
        {
            policy.limitReceiveWindow(request.keyIndex(), request.order(), decision);
        }
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

    /** Another policy is to be in force when all that it changes is recorded. */
    void beginSwap(final PolicyReading.Other other, final String operatorName, final String why)
    {
        next = other;
        unrecorded = other.text().differences().iterator();
        reloadedBy = operatorName;
        comment = why;
        isUnrecordable = false;
    }

    boolean isSwapping()
    {
        return null != next;
    }

    /** Records a few differences; true when none is left, or the journal takes no more. */
    boolean recordDifferences(final long nowNs)
    {
        for (int i = 0; i < DIFFERENCES_PER_CYCLE && unrecorded.hasNext() && !isUnrecordable; i++)
        {
            final PolicyDifference difference = unrecorded.next();
            isUnrecordable = JournalPublisher.NOT_APPENDED == commandPublisher.policyDifference(
                next.policy().version(), difference.isDrift(), reloadedBy, difference.text(), nowNs);
        }
        return isUnrecordable || !unrecorded.hasNext();
    }

    /** Puts the other policy in force; its record, or NOT_APPENDED and then nothing has changed. */
    long swap(final long nowNs)
    {
        final long sequence = isUnrecordable ? JournalPublisher.NOT_APPENDED :
            lifePublisher.policyInForce(next.policy().version(), next.text(), reloadedBy, comment, nowNs);
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            ledger = next.ledger().adopt(ledger, next.plan());
            policy = next.policy();
            text = next.text();
        }
        next = null;
        return sequence;
    }

    private int stopExecution(final PendingRequest request)
    {
        final int ruleIndex = request.decision().ruleIndex();
        final ExecutionEntry entry = new ExecutionEntry(
            true, text(request.session().principalName()), text(policy.ruleName(ruleIndex)), "", "");
        return JournalPublisher.NOT_APPENDED == set(entry, 0, request.receivedNs()) ?
            Reason.JOURNAL_UNAVAILABLE.value() : request.decision().reason();
    }

    /** Right behind PolicyInForce and in one go: StandingRecovery takes the next other record for the end of it. */
    private void recordStanding(final long nowNs)
    {
        standingDay = day(clock.utcNs(nowNs));
        dayCheckNs = nowNs;
        standing.switches().forEach((entry) -> commandPublisher.switchChanged(entry, 0, nowNs));
        standing.executions().forEach((entry) -> commandPublisher.executionChanged(entry, 0, nowNs));
        keys.nonces().forEach((entry) -> lifePublisher.nonceMark(entry, nowNs));
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
