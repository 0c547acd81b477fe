package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.MessageLimit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What went before, as far as one {@link Policy} asks: orders and notional in windows and days, message buckets,
 * repeated executions, rules that are stopped, and kill switches. Belongs to the gateway thread once it is in use;
 * counting and asking allocate nothing.
 * <pre>
 *   rule: RUNNING --(denial with stopsExecution, recorded)--&gt; STOPPED --(enableExecution, recorded)--&gt; RUNNING
 * </pre>
 */
public final class Ledger
{
    final Window[] windows;
    final MessageBucket[] buckets;

    /** Latest time that was counted at: a clock that goes back frees nothing. */
    long latestNs;

    private final Policy policy;
    private final Switches switches;
    private final boolean[] isStopped;
    private final Set<StoppedRule> stopped = new LinkedHashSet<>();

    /**
     * Construct an empty ledger, by any thread.
     *
     * @param policy that asks it.
     */
    public Ledger(final Policy policy)
    {
        this.policy = policy;
        switches = new Switches(policy);
        isStopped = new boolean[policy.ruleCount()];
        windows = new Window[policy.accounts().length];
        for (int i = 0; i < windows.length; i++)
        {
            windows[i] = new Window(policy.accounts()[i].perNs());
        }
        buckets = new MessageBucket[policy.principalCount()];
        for (int i = 0; i < buckets.length; i++)
        {
            buckets[i] = null == policy.principal(i).messages ? null : new MessageBucket();
        }
    }

    /**
     * Take over what went before from the ledger of the policy before, which is not to be used any more. Accounts with
     * the same principal, rule, kind and window go on, whatever their limit is now; stopped rules and switches go on by
     * name, also those whose name this policy does not know. Takes microseconds.
     *
     * @param old  of the policy before.
     * @param plan between the two policies.
     * @return this.
     * @throws IllegalArgumentException when the plan is for other policies.
     */
    public Ledger adopt(final Ledger old, final LedgerPlan plan)
    {
        if (old.policy != plan.old || policy != plan.next)
        {
            throw new IllegalArgumentException("the plan is not between these two policies");
        }
        for (int i = 0; i < windows.length; i++)
        {
            if (LedgerPlan.NEW != plan.windowFrom[i])
            {
                windows[i] = old.windows[plan.windowFrom[i]];
            }
        }
        for (int i = 0; i < buckets.length; i++)
        {
            if (LedgerPlan.NEW != plan.bucketFrom[i])
            {
                buckets[i] = old.buckets[plan.bucketFrom[i]];
            }
        }
        latestNs = Math.max(latestNs, old.latestNs);
        switches.adopt(old.switches);
        old.stopped.forEach((rule) -> setStopped(rule.principal(), rule.rule(), true));
        return this;
    }

    /**
     * Take every message bucket for empty at a time before which nothing is known: a bucket that was never full again
     * since may have been. One that had the time to fill is not touched by it.
     *
     * @param utcNs UTC nanoseconds since 1970.
     */
    public void emptyBuckets(final long utcNs)
    {
        for (int i = 0; i < buckets.length; i++)
        {
            final MessageLimit messages = policy.principal(i).messages;
            if (null != messages)
            {
                buckets[i].empty(messages.perNs(), messages.burst(), utcNs);
            }
        }
    }

    /**
     * The kill switches.
     *
     * @return of this ledger.
     */
    public Switches switches()
    {
        return switches;
    }

    /**
     * Whether a rule is stopped.
     *
     * @param ruleIndex of the policy.
     * @return true until an operator re-enables it.
     */
    public boolean isStopped(final int ruleIndex)
    {
        return isStopped[ruleIndex];
    }

    /**
     * Stop a rule: it allows no new orders until {@link #enableExecution}.
     *
     * @param ruleIndex of the policy.
     */
    public void stopExecution(final int ruleIndex)
    {
        setStopped(
            text(policy.principalName(policy.principalOfRule(ruleIndex))), text(policy.ruleName(ruleIndex)), true);
    }

    /**
     * Stop a rule or re-enable it by name, whether or not the policy knows it. What a re-enabled rule's throttle has
     * counted is forgotten.
     *
     * @param principal whose rule it is.
     * @param rule      its name.
     * @param isStopped whether it is to be stopped.
     * @return true when it was not so before.
     */
    public boolean setStopped(final String principal, final String rule, final boolean isStopped)
    {
        final StoppedRule name = new StoppedRule(principal, rule);
        final boolean isChanged = isStopped ? stopped.add(name) : stopped.remove(name);
        final int ruleIndex = policy.ruleIndex(
            policy.principalIndex(principal.getBytes(StandardCharsets.UTF_8)), rule.getBytes(StandardCharsets.UTF_8));
        if (isChanged && Decision.NO_RULE != ruleIndex)
        {
            this.isStopped[ruleIndex] = isStopped;
            if (!isStopped && Rule.NO_ACCOUNT != policy.rule(ruleIndex).places.throttle())
            {
                windows[policy.rule(ruleIndex).places.throttle()].clear();
            }
        }
        return isChanged;
    }

    /**
     * Re-enable a rule. What its throttle has counted is forgotten, so that it does not stop at once again.
     *
     * @param ruleIndex of the policy.
     * @return true when it was stopped.
     */
    public boolean enableExecution(final int ruleIndex)
    {
        return setStopped(
            text(policy.principalName(policy.principalOfRule(ruleIndex))), text(policy.ruleName(ruleIndex)), false);
    }

    /**
     * Whether one more new order would pass a rule's throttle.
     *
     * @param principal whose rule it is.
     * @param rule      its name.
     * @param utcNs     UTC nanoseconds since 1970 at which the order comes.
     * @return false also when the policy has no such rule, or the rule no throttle.
     */
    public boolean isThrottleFull(final String principal, final String rule, final long utcNs)
    {
        final int ruleIndex = policy.ruleIndex(
            policy.principalIndex(principal.getBytes(StandardCharsets.UTF_8)), rule.getBytes(StandardCharsets.UTF_8));
        if (Decision.NO_RULE == ruleIndex || Rule.NO_ACCOUNT == policy.rule(ruleIndex).places.throttle())
        {
            return false;
        }
        final Rule known = policy.rule(ruleIndex);
        return !windows[known.places.throttle()].admits(0, 1, 0, known.maxExecutions, Math.max(utcNs, latestNs));
    }

    /**
     * Tell of every rule that is stopped, in the order in which they were.
     *
     * @param consumer is told.
     */
    public void forEachStopped(final StoppedConsumer consumer)
    {
        stopped.forEach((each) -> consumer.onStopped(each.principal(), each.rule()));
    }

    /** What the limits in a time say to a request that fits a rule. */
    int ask(
        final Principal principal,
        final int principalIndex,
        final Rule rule,
        final Order order,
        final long utcNs,
        final Decision decision)
    {
        final MessageLimit messages = principal.messages;
        if (null != messages &&
            !buckets[principalIndex].admits(messages.perNs(), messages.count(), messages.burst(), utcNs))
        {
            return PolicyReason.MESSAGES_ABOVE_LIMIT;
        }
        if (Operation.LOGIN == order.operation() && Rule.NO_ACCOUNT != rule.places.logins() &&
            !windows[rule.places.logins()].admits(0, 1, 0, rule.maxLogins, utcNs))
        {
            return PolicyReason.LOGINS_ABOVE_LIMIT;
        }
        if (!order.operation().isLimited())
        {
            return Reason.NONE.value();
        }
        if (isStopped[decision.ruleIndex])
        {
            return PolicyReason.REPEATED_EXECUTION;
        }
        int reason = ask(principal.accounts, principal.firstAccount, decision.notional(order), utcNs);
        if (Reason.NONE.value() == reason)
        {
            reason = ask(rule.places.accounts(), rule.places.firstAccount(), decision.notional(order), utcNs);
        }
        if (Reason.NONE.value() == reason && Rule.NO_ACCOUNT != rule.places.throttle() &&
            !windows[rule.places.throttle()].admits(0, 1, 0, rule.maxExecutions, utcNs))
        {
            decision.stopsExecution = true;
            reason = PolicyReason.REPEATED_EXECUTION;
        }
        return reason;
    }

    /** Counts a request of which the Intent is in the journal; without a rule only against the principal. */
    void count(
        final Principal principal,
        final int principalIndex,
        final Rule ruleOrNull,
        final Order order,
        final long utcNs,
        final Notional notional)
    {
        latestNs = Math.max(utcNs, latestNs);
        final MessageLimit messages = principal.messages;
        if (null != messages)
        {
            buckets[principalIndex].take(messages.perNs(), messages.count(), messages.burst(), latestNs);
        }
        if (Operation.LOGIN == order.operation() && null != ruleOrNull &&
            Rule.NO_ACCOUNT != ruleOrNull.places.logins())
        {
            windows[ruleOrNull.places.logins()].add(0, 1, latestNs);
        }
        if (order.operation().isLimited())
        {
            add(principal.accounts, principal.firstAccount, notional);
            if (null != ruleOrNull)
            {
                add(ruleOrNull.places.accounts(), ruleOrNull.places.firstAccount(), notional);
                if (Rule.NO_ACCOUNT != ruleOrNull.places.throttle())
                {
                    windows[ruleOrNull.places.throttle()].add(0, 1, latestNs);
                }
            }
        }
    }

    private int ask(final Account[] accounts, final int firstAccount, final Notional notional, final long utcNs)
    {
        for (int i = 0; i < accounts.length; i++)
        {
            final Account account = accounts[i];
            final Window window = windows[firstAccount + i];
            if (Account.Kind.ORDERS == account.kind())
            {
                if (!window.admits(0, 1, account.maxHigh(), account.maxLow(), utcNs))
                {
                    return PolicyReason.ORDERS_ABOVE_LIMIT;
                }
            }
            else if (!notional.isKnown() ||
                !window.admits(notional.high(), notional.low(), account.maxHigh(), account.maxLow(), utcNs))
            {
                return PolicyReason.TURNOVER_ABOVE_LIMIT;
            }
        }
        return Reason.NONE.value();
    }

    private void add(final Account[] accounts, final int firstAccount, final Notional notional)
    {
        for (int i = 0; i < accounts.length; i++)
        {
            if (Account.Kind.ORDERS == accounts[i].kind())
            {
                windows[firstAccount + i].add(0, 1, latestNs);
            }
            else if (notional.isKnown())
            {
                windows[firstAccount + i].add(notional.high(), notional.low(), latestNs);
            }
        }
    }

    private static String text(final byte[] name)
    {
        return new String(name, StandardCharsets.UTF_8);
    }

    /**
     * Is told of stopped rules.
     */
    @FunctionalInterface
    public interface StoppedConsumer
    {
        /**
         * A rule is stopped.
         *
         * @param principal whose rule it is.
         * @param rule      its name.
         */
        void onStopped(String principal, String rule);
    }

    private record StoppedRule(String principal, String rule)
    {
    }
}
