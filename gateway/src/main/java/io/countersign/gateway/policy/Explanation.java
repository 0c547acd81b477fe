package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.MessageLimit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Scope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
     * The questions and their answers, in the order in which they are asked and up to the first that says no; the
     * verdict is the last.
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
        final Principal principal = policy.principal(principalIndex);
        // Each asks what policy asks, in its order, and only when all before it said yes.
        final boolean isRuleFound =
            line(isKeyKnown, "key", isKeyKnown ? "known, of venue " + policy.venueOfKey(keyIndex) : "unknown") &&
            explainSwitches(principalIndex, keyIndex) &&
            explainTimes(principal, keyIndex) &&
            explainScopes(principal.requiredScopes & scopes(keyIndex)) &&
            explainRules(principal, keyIndex);
        if (isRuleFound && explainMessages(principal, principalIndex))
        {
            final Rule rule = policy.rule(decision.ruleIndex());
            switch (order.operation())
            {
                case NEW_ORDER, TRANSACT -> explainLimits(principal, rule);
                case LOGIN -> explainLogins(rule);
                default ->
                {
                    // No limit is asked.
                }
            }
        }
    }

    private void explainLogins(final Rule rule)
    {
        if (Rule.NO_ACCOUNT != rule.places.logins())
        {
            final boolean admits = ledger.windows[rule.places.logins()].admits(0, 1, 0, rule.maxLogins, latestNs());
            line(admits, "max-logins", admits ? "one is left" : "none is left");
        }
    }

    private boolean explainSwitches(final int principalIndex, final int keyIndex)
    {
        final boolean isOff = ledger.switches().isOff(principalIndex, keyIndex, scopes(keyIndex));
        return line(!isOff, "kill switches", isOff ? "one is on for this request" : "none is on for this request");
    }

    /** Bits of the scopes that what is signed serves. */
    private int scopes(final int keyIndex)
    {
        return policy.effectiveScopes(keyIndex, question.order().operation());
    }

    private boolean explainTimes(final Principal principal, final int keyIndex)
    {
        final boolean isExpired = principal.expiresNs <= latestNs();
        final boolean isOpen = null == principal.schedule || principal.schedule.isOpen(question.utcNs());
        final boolean isValid = policy.isKeyValid(keyIndex, question.utcNs(), latestNs());
        return line(!isExpired, "expiry", isExpired ? "has passed" : "has not passed, or there is none") &&
            line(isOpen, "days and hours", isOpen ? "open" : "closed") &&
            line(isValid, "validity of the key", isValid ? "now" : "not now");
    }

    private boolean explainScopes(final int required)
    {
        final int missing = required & ~question.accessScopes();
        return line(0 == missing, "access token",
            0 == required ? "not required for " + question.order().operation().scope().configName() :
            0 == missing ? "grants " + names(required) :
            "required for " + names(missing) + ", and none grants it");
    }

    private static String names(final int scopes)
    {
        return Arrays.stream(Scope.values()).filter((scope) -> 0 != (scopes & scope.bit()))
            .map(Scope::configName).collect(Collectors.joining(" and "));
    }

    /** Up to the first rule that the request fits. */
    private boolean explainRules(final Principal principal, final int keyIndex)
    {
        for (int i = principal.firstRule; i < principal.endRule; i++)
        {
            if (explainRule(i, keyIndex))
            {
                return true;
            }
        }
        if (principal.firstRule == principal.endRule)
        {
            line(false, "rules", "the principal has none");
        }
        return false;
    }

    private boolean explainRule(final int ruleIndex, final int keyIndex)
    {
        final int reach = policy.reach(ruleIndex, keyIndex, question.order(), decision);
        final StringBuilder answers = new StringBuilder();
        final Operation operation = question.order().operation();
        for (int i = 0; i < RULE_QUESTIONS.length && i <= reach; i++)
        {
            if (!isAsked(operation, RULE_QUESTIONS[i]))
            {
                continue;
            }
            answers.append(0 == i ? "" : ", ").append(RULE_QUESTIONS[i]).append(i < reach ? " yes" : " NO");
        }
        final boolean isAllowed = Rule.ALLOWED == reach;
        return line(isAllowed, "rule " + new String(policy.ruleName(ruleIndex), StandardCharsets.UTF_8),
            answers + (isAllowed ? "" : ": " + Reason.get(Rule.reasonAt(reach))));
    }

    private static boolean isAsked(final Operation operation, final String ruleQuestion)
    {
        return switch (ruleQuestion)
        {
            case "key", "operation", "symbol" -> true;
            case "quantity", "notional" -> operation.isLimited();
            default -> Operation.NEW_ORDER == operation;
        };
    }

    private boolean explainMessages(final Principal principal, final int principalIndex)
    {
        final MessageLimit messages = principal.messages;
        if (null == messages)
        {
            return true;
        }
        final boolean admits = ledger.buckets[principalIndex].admits(
            messages.perNs(), messages.count(), messages.burst(), latestNs());
        return line(admits, "max-messages", admits ? "a message is left" : "none is left");
    }

    private boolean explainLimits(final Principal principal, final Rule rule)
    {
        final boolean isStopped = ledger.isStopped(decision.ruleIndex());
        return line(!isStopped, "rule not stopped",
            isStopped ? "its throttle has stopped it: an operator re-enables it" : "it runs") &&
            explainAccounts("principal", principal.accounts, principal.firstAccount) &&
            explainAccounts("rule", rule.places.accounts(), rule.places.firstAccount()) &&
            (Rule.NO_ACCOUNT == rule.places.throttle() || line(
            !decision.stopsExecution(), "repeated-execution throttle",
            decision.stopsExecution() ? "would stop the rule with this order" : "lets it pass"));
    }

    private boolean explainAccounts(final String whose, final Account[] accounts, final int firstAccount)
    {
        boolean admits = true;
        for (int i = 0; i < accounts.length && admits; i++)
        {
            final Account account = accounts[i];
            final boolean isOrders = Account.Kind.ORDERS == account.kind();
            final Notional notional = decision.notional(question.order());
            admits = (isOrders || notional.isKnown()) && ledger.windows[firstAccount + i].admits(
                isOrders ? 0 : notional.high(),
                isOrders ? 1 : notional.low(),
                account.maxHigh(),
                account.maxLow(),
                latestNs());
            line(admits, "limit of the " + whose + ", " + (isOrders ? "max-orders" : "max-notional") + " per " +
                Texts.window(account.perNs()), admits ? "holds" : "would be passed");
        }
        return admits;
    }

    private long latestNs()
    {
        return Math.max(question.utcNs(), ledger.latestNs);
    }

    private boolean line(final boolean isGood, final String what, final String answer)
    {
        lines.add((isGood ? "yes " : "NO  ") + what + ": " + answer);
        return isGood;
    }
}
