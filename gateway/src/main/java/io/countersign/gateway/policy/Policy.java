package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Order;
import io.countersign.venues.Region;
import org.agrona.DirectBuffer;

/**
 * A compiled policy: immutable arrays, decided over without allocation. Safe to share between threads.
 */
public final class Policy
{
    private final long version;
    private final TextTable principals;
    private final TextTable keys;
    private final TextTable symbols;
    private final Rule[] rules;
    private final byte[][] ruleNames;
    private final int[] firstRuleOfPrincipal;
    private final int[][] apiKeyVersions;

    Policy(
        final long version,
        final TextTable principals,
        final TextTable keys,
        final TextTable symbols,
        final Rule[] rules,
        final byte[][] ruleNames,
        final int[] firstRuleOfPrincipal,
        final int[][] apiKeyVersions)
    {
        this.version = version;
        this.principals = principals;
        this.keys = keys;
        this.symbols = symbols;
        this.rules = rules;
        this.ruleNames = ruleNames;
        this.firstRuleOfPrincipal = firstRuleOfPrincipal;
        this.apiKeyVersions = apiKeyVersions;
    }

    /**
     * The version of the configuration that this policy was compiled from.
     *
     * @return first 8 bytes of the SHA-256 of its text.
     */
    public long version()
    {
        return version;
    }

    /**
     * Find a principal by name.
     *
     * @param buffer holding the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return its index, or {@link TextTable#ABSENT}.
     */
    public int principalIndex(final DirectBuffer buffer, final int offset, final int length)
    {
        return principals.indexOf(buffer, offset, length);
    }

    /**
     * Whether a principal may authenticate with a version of its API key.
     *
     * @param principalIndex from {@link #principalIndex}; {@link TextTable#ABSENT} has no valid version.
     * @param apiKeyVersion  that a bot names.
     * @return true when the configuration lists it.
     */
    public boolean isApiKeyVersionValid(final int principalIndex, final int apiKeyVersion)
    {
        boolean isValid = false;
        if (TextTable.ABSENT != principalIndex)
        {
            for (final int version : apiKeyVersions[principalIndex])
            {
                isValid |= version == apiKeyVersion;
            }
        }
        return isValid;
    }

    /**
     * Find a key by alias.
     *
     * @param alias of the key.
     * @return its position in the configuration, or {@link TextTable#ABSENT}.
     */
    public int keyIndex(final Region alias)
    {
        return indexOf(keys, alias);
    }

    /**
     * The name of a principal.
     *
     * @param principalIndex from {@link #principalIndex}.
     * @return UTF-8 bytes, not to be written to.
     */
    public byte[] principalName(final int principalIndex)
    {
        return principals.text(principalIndex);
    }

    /**
     * The name of a rule.
     *
     * @param ruleIndex from {@link Decision#ruleIndex}.
     * @return UTF-8 bytes, not to be written to; empty for {@link Decision#NO_RULE}.
     */
    public byte[] ruleName(final int ruleIndex)
    {
        return ruleNames[ruleIndex + 1];
    }

    /**
     * Decide on a request.
     *
     * @param principalIndex who asks.
     * @param keyIndex       from {@link #keyIndex}; {@link TextTable#ABSENT} is refused.
     * @param order          the request's fields.
     * @param decision       receives reason and rule.
     */
    public void decide(final int principalIndex, final int keyIndex, final Order order, final Decision decision)
    {
        if (TextTable.ABSENT == keyIndex)
        {
            decision.reset(Reason.UNKNOWN_KEY.value());
            return;
        }
        final int symbolIndex = indexOf(symbols, order.symbol());
        int nearest = Decision.NO_RULE;
        int furthest = 0;
        for (int i = firstRuleOfPrincipal[principalIndex], end = firstRuleOfPrincipal[principalIndex + 1]; i < end; i++)
        {
            final int reach = rules[i].reach(keyIndex, symbolIndex, order);
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

    private static int indexOf(final TextTable table, final Region text)
    {
        return table.indexOf(text.buffer(), text.offset(), text.length());
    }
}
