package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Scope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The road that a request takes through a policy, question by question, for people. The verdict is that of
 * {@link Policy#decide} itself; the questions are asked of the same parts. Changes nothing; for one thread.
 */
public final class Explanation
{
    private static final String[] RULE_QUESTIONS =
        {"key", "operation", "symbol", "side", "order type", "quantity", "price", "notional"};

    private final Policy policy;
    private final Ledger ledger;
    private final Question question;
    private final Decision decision = new Decision();
    private final List<String> lines = new ArrayList<>();

    /**
     * What is asked.
     *
     * @param principal    name of the principal.
     * @param ingress      name of the ingress that it came by, or null when that is not to be looked at.
     * @param address      that it came from, or null.
     * @param order        the request.
     * @param utcNs        UTC nanoseconds since 1970 to decide by.
     * @param accessScopes bits of {@link Scope} that an access token has in force.
     */
    public record Question(
        String principal, String ingress, byte[] address, Order order, long utcNs, int accessScopes)
    {
    }

    /**
     * Ask a policy.
     *
     * @param policy   to decide with.
     * @param ledger   of it.
     * @param question to answer.
     */
    public Explanation(final Policy policy, final Ledger ledger, final Question question)
    {
        this.policy = policy;
        this.ledger = ledger;
        this.question = question;
        explain();
    }

    /**
     * The questions and their answers, in the order in which they are asked; the verdict is the last.
     *
     * @return lines for people.
     */
    public List<String> lines()
    {
        return lines;
    }

    /**
     * The verdict.
     *
     * @return a value of the wire's {@code Reason}; 0 when the request would be signed.
     */
    public int reason()
    {
        return decision.reason();
    }

    private void explain()
    {
        final int principalIndex = policy.principalIndex(question.principal().getBytes(StandardCharsets.UTF_8));
        final boolean isKnown = TextTable.ABSENT != principalIndex;
        line(isKnown, "principal " + question.principal(), isKnown ? "known" : "unknown: it cannot open a session");
        if (!isKnown)
        {
            decision.reset(Reason.AUTHENTICATION_FAILED.value());
        }
        else if (isSourceRefused(principalIndex))
        {
            decision.reset(Reason.SOURCE_NOT_GRANTED.value());
        }
        else
        {
            explain(principalIndex);
        }
        final String rule = new String(policy.ruleName(decision.ruleIndex()), StandardCharsets.UTF_8);
        lines.add("decision: " + (Reason.NONE.value() == decision.reason() ?
            "allowed by rule " + rule :
            Reason.get(decision.reason()) + (rule.isEmpty() ? "" : " (nearest rule " + rule + ")")));
    }

    private boolean isSourceRefused(final int principalIndex)
    {
        if (null == question.ingress())
        {
            lines.add("-   source: not asked about");
            return false;
        }
        final boolean isGranted = policy.isSourceGranted(principalIndex, question.ingress(), question.address());
        line(isGranted, "source " + question.ingress(), isGranted ? "granted" : "not granted: no session opens");
        return !isGranted;
    }

    private void explain(final int principalIndex)
    {
        final Order order = question.order();
        final int keyIndex = policy.keyIndex(order.key());
        policy.decide(
            principalIndex, keyIndex, order, question.utcNs(), question.accessScopes(), ledger, decision);
        final boolean isKeyKnown = TextTable.ABSENT != keyIndex;
        line(isKeyKnown, "key", isKeyKnown ? "known, of venue " + policy.venueOfKey(keyIndex) : "unknown");
        if (!isKeyKnown)
        {
            return;
        }
        final boolean isOff =
            ledger.switches().isOff(principalIndex, keyIndex, order.operation().isCancel());
        line(!isOff, "kill switches", isOff ? "one is on for this request" : "none is on for this request");
        explainTimes(principalIndex);
        explainScope(policy.principal(principalIndex));
        final Principal principal = policy.principal(principalIndex);
        for (int i = principal.firstRule; i < principal.endRule; i++)
        {
            explainRule(i, keyIndex);
        }
        if (principal.firstRule == principal.endRule)
        {
            lines.add("NO  rules: the principal has none");
        }
        explainLimits(principalIndex);
    }

    private void explainTimes(final int principalIndex)
    {
        final Principal principal = policy.principal(principalIndex);
        final boolean isExpired = policy.principal(principalIndex).expiresNs <= question.utcNs();
        line(!isExpired, "expiry", isExpired ? "has passed" : "has not passed, or there is none");
        final boolean isOpen = null == principal.schedule || principal.schedule.isOpen(question.utcNs());
        line(isOpen, "days and hours", isOpen ? "open" : "closed");
        if (Reason.KEY_NOT_VALID.value() == decision.reason())
        {
            line(false, "validity of the key", "not now");
        }
    }

    private void explainScope(final Principal principal)
    {
        final Scope scope = question.order().operation().scope();
        final boolean isRequired = 0 != (principal.requiredScopes & scope.bit());
        final boolean isGranted = 0 != (question.accessScopes() & scope.bit());
        line(!isRequired || isGranted, "access token",
            !isRequired ? "not required for " + scope.configName() :
            isGranted ? "grants " + scope.configName() : "required for " + scope.configName() + ", and none grants it");
    }

    private void explainRule(final int ruleIndex, final int keyIndex)
    {
        final int reach = policy.reach(ruleIndex, keyIndex, question.order(), decision);
        final StringBuilder answers = new StringBuilder();
        final int asked = Operation.NEW_ORDER == question.order().operation() ? RULE_QUESTIONS.length : 3;
        for (int i = 0; i < asked && i <= reach; i++)
        {
            answers.append(0 == i ? "" : ", ").append(RULE_QUESTIONS[i]).append(i < reach ? " yes" : " NO");
        }
        final boolean isAllowed = Rule.ALLOWED == reach;
        line(isAllowed, "rule " + new String(policy.ruleName(ruleIndex), StandardCharsets.UTF_8),
            answers + (isAllowed ? "" : ": " + Reason.get(Rule.reasonAt(reach))));
    }

    private void explainLimits(final int principalIndex)
    {
        if (Decision.NO_RULE == decision.ruleIndex())
        {
            return;
        }
        final Principal principal = policy.principal(principalIndex);
        if (null != principal.messages)
        {
            final boolean admits = ledger.buckets[principalIndex].admits(
                principal.messages.perNs(), principal.messages.count(), principal.messages.burst(), latestNs());
            line(admits, "max-messages", admits ? "a message is left" : "none is left");
        }
        if (Operation.NEW_ORDER == question.order().operation())
        {
            explainAccounts("principal", principal.accounts, principal.firstAccount);
            final Rule rule = policy.rule(decision.ruleIndex());
            explainAccounts("rule", rule.accounts, rule.firstAccount);
            final boolean isStopped = ledger.isStopped(decision.ruleIndex());
            final boolean isPassed = Reason.REPEATED_EXECUTION.value() == decision.reason();
            line(!isStopped && !isPassed, "repeated-execution throttle",
                isStopped ? "has stopped the rule: an operator re-enables it" :
                isPassed ? "would stop the rule with this order" : "lets it pass, or there is none");
        }
    }

    private void explainAccounts(final String whose, final Account[] accounts, final int firstAccount)
    {
        for (int i = 0; i < accounts.length; i++)
        {
            final Account account = accounts[i];
            final boolean isOrders = Account.Kind.ORDERS == account.kind();
            final Notional notional = decision.notional(question.order());
            final boolean admits = (isOrders || notional.isKnown()) && ledger.windows[firstAccount + i].admits(
                isOrders ? 0 : notional.high(),
                isOrders ? 1 : notional.low(),
                account.maxHigh(),
                account.maxLow(),
                latestNs());
            line(admits, "limit of the " + whose + ", " + (isOrders ? "max-orders" : "max-notional") + " per " +
                (WindowLimit.DAY == account.perNs() ? "day" : TimeUnit.NANOSECONDS.toMillis(account.perNs()) + "ms"),
                admits ? "holds" : "would be passed");
        }
    }

    private long latestNs()
    {
        return Math.max(question.utcNs(), ledger.latestNs);
    }

    private void line(final boolean isGood, final String what, final String answer)
    {
        lines.add((isGood ? "yes " : "NO  ") + what + ": " + answer);
    }
}
