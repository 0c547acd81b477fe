package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Region;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * A compiled policy: immutable arrays, decided over without allocation and in a time that depends neither on the number
 * of principals nor on that of symbols. Safe to share between threads; what went before is in a {@link Ledger}.
 */
public final class Policy
{
    private static final int NONE = Reason.NONE.value();

    private final PolicyTables tables;
    private final Principal[] principals;
    private final Rule[] rules;

    Policy(final PolicyTables tables)
    {
        this.tables = tables;
        principals = tables.subjects();
        rules = tables.rules();
    }

    /**
     * The version of the policy file that this policy was compiled from.
     *
     * @return first 8 bytes of the SHA-256 of its text.
     */
    public long version()
    {
        return tables.version();
    }

    /**
     * Find a principal or operator by name.
     *
     * @param buffer holding the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return its index, or {@link TextTable#ABSENT}.
     */
    public int principalIndex(final DirectBuffer buffer, final int offset, final int length)
    {
        return tables.principals().indexOf(buffer, offset, length);
    }

    /**
     * Find a principal or operator by name. Allocates.
     *
     * @param name UTF-8 bytes.
     * @return its index, or {@link TextTable#ABSENT}.
     */
    public int principalIndex(final byte[] name)
    {
        return tables.principals().indexOf(new UnsafeBuffer(name), 0, name.length);
    }

    /**
     * How many principals and operators there are.
     *
     * @return indexes are below it.
     */
    public int principalCount()
    {
        return principals.length;
    }

    /**
     * Whether a principal may authenticate with a version of its API key.
     *
     * @param principalIndex from {@link #principalIndex}; {@link TextTable#ABSENT} has no valid version.
     * @param apiKeyVersion  that a bot names.
     * @return true when the policy lists it.
     */
    public boolean isApiKeyVersionValid(final int principalIndex, final int apiKeyVersion)
    {
        return TextTable.ABSENT != principalIndex && principals[principalIndex].hasApiKeyVersion(apiKeyVersion);
    }

    /**
     * Whether a principal may come by an ingress and from an address.
     *
     * @param principalIndex from {@link #principalIndex}; {@link TextTable#ABSENT} may come from nowhere.
     * @param ingress        name of the ingress.
     * @param addressOrNull  4 or 16 bytes in network order, null where the ingress has no addresses.
     * @return true when the policy grants it.
     */
    public boolean isSourceGranted(final int principalIndex, final String ingress, final byte[] addressOrNull)
    {
        return TextTable.ABSENT != principalIndex && principals[principalIndex].hasSource(ingress, addressOrNull);
    }

    /**
     * The subject that a principal's access tokens name.
     *
     * @param principalIndex from {@link #principalIndex}.
     * @return the subject, or null when the principal presents none.
     */
    public String subject(final int principalIndex)
    {
        return principals[principalIndex].subject;
    }

    /**
     * Whether a principal is an operator.
     *
     * @param principalIndex from {@link #principalIndex}.
     * @return true when the policy lists it under {@code operators}.
     */
    public boolean isOperator(final int principalIndex)
    {
        return principals[principalIndex].isOperator();
    }

    /**
     * Whether a principal may give a command.
     *
     * @param principalIndex from {@link #principalIndex}.
     * @param command        to give.
     * @return true when it is an operator with this command.
     */
    public boolean mayCommand(final int principalIndex, final Command command)
    {
        return principals[principalIndex].mayCommand(command);
    }

    /**
     * Find a key by alias.
     *
     * @param alias of the key.
     * @return its position in the gateway's configuration, or {@link TextTable#ABSENT}.
     */
    public int keyIndex(final Region alias)
    {
        return tables.keys().indexOf(alias);
    }

    /**
     * Find a key by alias. Allocates.
     *
     * @param alias UTF-8 bytes.
     * @return its position in the gateway's configuration, or {@link TextTable#ABSENT}.
     */
    public int keyIndex(final byte[] alias)
    {
        return tables.keys().indexOf(new UnsafeBuffer(alias), 0, alias.length);
    }

    /** How many keys there are. */
    int keyCount()
    {
        return tables.venues().length;
    }

    /** Name of the venue that knows a key. */
    String venueOfKey(final int keyIndex)
    {
        return tables.venues()[keyIndex];
    }

    /**
     * The name of a principal or operator.
     *
     * @param principalIndex from {@link #principalIndex}.
     * @return UTF-8 bytes, not to be written to.
     */
    public byte[] principalName(final int principalIndex)
    {
        return tables.principals().text(principalIndex);
    }

    /**
     * Find a rule by name.
     *
     * @param principalIndex whose rule it is; {@link TextTable#ABSENT} has none.
     * @param rule           its name in UTF-8.
     * @return its index, or {@link Decision#NO_RULE}.
     */
    public int ruleIndex(final int principalIndex, final byte[] rule)
    {
        if (TextTable.ABSENT != principalIndex)
        {
            final Principal principal = principals[principalIndex];
            for (int i = principal.firstRule; i < principal.endRule; i++)
            {
                if (Arrays.equals(ruleName(i), rule))
                {
                    return i;
                }
            }
        }
        return Decision.NO_RULE;
    }

    /**
     * The name of a rule.
     *
     * @param ruleIndex from {@link Decision#ruleIndex}.
     * @return UTF-8 bytes, not to be written to; empty for {@link Decision#NO_RULE}.
     */
    public byte[] ruleName(final int ruleIndex)
    {
        return tables.ruleNames()[ruleIndex + 1];
    }

    /** Index of the principal that has a rule. */
    int principalOfRule(final int ruleIndex)
    {
        int principalIndex = 0;
        while (principals[principalIndex].endRule <= ruleIndex)
        {
            principalIndex++;
        }
        return principalIndex;
    }

    /**
     * Decide on a request. Depends on nothing but this policy, the ledger and the arguments, and changes nothing but
     * the decision.
     *
     * @param principalIndex who asks.
     * @param keyIndex       from {@link #keyIndex}; {@link TextTable#ABSENT} is refused.
     * @param order          the request's fields.
     * @param utcNs          UTC nanoseconds since 1970 to decide by.
     * @param accessScopes   bits of {@link io.countersign.venues.Scope} that an access token has in force.
     * @param ledger         of this policy.
     * @param decision       receives reason and rule.
     */
    public void decide(
        final int principalIndex,
        final int keyIndex,
        final Order order,
        final long utcNs,
        final int accessScopes,
        final Ledger ledger,
        final Decision decision)
    {
        decision.reset(TextTable.ABSENT == keyIndex ? Reason.UNKNOWN_KEY.value() : NONE);
        if (NONE == decision.reason)
        {
            final Principal principal = principals[principalIndex];
            decision.reason = permits(principalIndex, keyIndex, order.operation(), utcNs, accessScopes, ledger);
            if (NONE == decision.reason)
            {
                findRule(principal, keyIndex, order, decision);
            }
            if (NONE == decision.reason)
            {
                decision.reason = ledger.ask(principal, principalIndex,
                    rules[decision.ruleIndex], order, Math.max(utcNs, ledger.latestNs), decision);
            }
        }
    }

    /**
     * What stands before every rule: switches, the time of principal and key, and the access token.
     *
     * @param principalIndex who asks.
     * @param keyIndex       that is known.
     * @param operation      asked for.
     * @param utcNs          UTC nanoseconds since 1970 to decide by.
     * @param accessScopes   bits of {@link io.countersign.venues.Scope} that an access token has in force.
     * @param ledger         of this policy.
     * @return a value of the wire's {@code Reason}, NONE when the rules may be asked.
     */
    public int permits(
        final int principalIndex,
        final int keyIndex,
        final Operation operation,
        final long utcNs,
        final int accessScopes,
        final Ledger ledger)
    {
        final int scopes = effectiveScopes(keyIndex, operation);
        if (ledger.switches().isOff(principalIndex, keyIndex, scopes))
        {
            return PolicyReason.SWITCHED_OFF;
        }
        final long latestNs = Math.max(utcNs, ledger.latestNs);
        final Principal principal = principals[principalIndex];
        final int reason = principal.standing(utcNs, latestNs);
        if (NONE == reason && !isKeyValid(keyIndex, utcNs, latestNs))
        {
            return PolicyReason.KEY_NOT_VALID;
        }
        return NONE == reason && 0 != (principal.requiredScopes & scopes & ~accessScopes) ?
            PolicyReason.ACCESS_TOKEN_REQUIRED : reason;
    }

    /**
     * Have an allowed request ask for no longer a receive window than the rule that allowed it says.
     *
     * @param keyIndex of the key.
     * @param order    the request's fields.
     * @param decision that allowed it.
     */
    public void limitReceiveWindow(final int keyIndex, final Order order, final Decision decision)
    {
        final int mostMs = rules[decision.ruleIndex].maxReceiveWindowMs;
        if (0 != mostMs && tables.hasReceiveWindow(keyIndex, order.operation()))
        {
            OrderAdapter.limitMaxAge(order, mostMs);
        }
    }

    /**
     * Count a request that {@link #decide} has allowed, once its Intent is in the journal: limits are used up here and
     * nowhere else.
     *
     * @param principalIndex who asks.
     * @param keyIndex       of the key.
     * @param order          the request's fields.
     * @param utcNs          UTC nanoseconds since 1970 that were decided by.
     * @param decision       that allowed it.
     * @param ledger         of this policy.
     */
    public void count(
        final int principalIndex,
        final int keyIndex,
        final Order order,
        final long utcNs,
        final Decision decision,
        final Ledger ledger)
    {
        final Rule rule = Decision.NO_RULE == decision.ruleIndex ? null : rules[decision.ruleIndex];
        ledger.count(principals[principalIndex], principalIndex, rule, order, utcNs, decision.notional(order));
    }

    Account[] accounts()
    {
        return tables.accounts();
    }

    Principal principal(final int principalIndex)
    {
        return principals[principalIndex];
    }

    int ruleCount()
    {
        return rules.length;
    }

    Rule rule(final int ruleIndex)
    {
        return rules[ruleIndex];
    }

    /** Bits of the scopes that what is signed serves: of the operation and of those that it is also valid for. */
    int effectiveScopes(final int keyIndex, final Operation operation)
    {
        return tables.effectiveScopes(keyIndex, operation);
    }

    /** Whether a key is in its time. */
    boolean isKeyValid(final int keyIndex, final long utcNs, final long latestNs)
    {
        return tables.keyFromNs()[keyIndex] <= utcNs && latestNs < tables.keyUntilNs()[keyIndex];
    }

    /** How far a request gets with a rule. */
    int reach(final int ruleIndex, final int keyIndex, final Order order, final Decision decision)
    {
        final int symbolIndex = tables.symbols().indexOf(order.symbol());
        return rules[ruleIndex].reach(
            keyIndex, symbolIndex, tables.isInBand(symbolIndex, order), order, decision.notional(order));
    }

    private void findRule(final Principal principal, final int keyIndex, final Order order, final Decision decision)
    {
        final int symbolIndex = tables.symbols().indexOf(order.symbol());
        final Notional notional = decision.notional(order);
        final boolean isInBand = tables.isInBand(symbolIndex, order);
        int nearest = Decision.NO_RULE;
        int furthest = 0;
        for (int i = principal.firstRule; i < principal.endRule; i++)
        {
            final int reach = rules[i].reach(keyIndex, symbolIndex, isInBand, order, notional);
            if (Decision.NO_RULE == nearest || reach > furthest)
            {
                nearest = i;
                furthest = reach;
            }
            if (Rule.ALLOWED == reach)
            {
                break;
            }
        }
        decision.reason = Rule.reasonAt(furthest);
        decision.ruleIndex = nearest;
    }
}
