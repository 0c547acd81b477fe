package io.countersign.gateway.policy;

import java.util.BitSet;

/**
 * Which symbols of a policy a rule has, one bit each. Immutable; rules with the same symbols share one.
 */
final class SymbolSet
{
    private final boolean isEvery;
    private final long[] bits;

    private SymbolSet(final boolean isEvery, final long[] bits)
    {
        this.isEvery = isEvery;
        this.bits = bits;
    }

    static SymbolSet every()
    {
        return new SymbolSet(true, new long[0]);
    }

    static SymbolSet of(final BitSet indexes)
    {
        return new SymbolSet(false, indexes.toLongArray());
    }

    boolean has(final int symbolIndex)
    {
        final int word = symbolIndex >> 6;
        return isEvery ||
            TextTable.ABSENT != symbolIndex && word < bits.length && 0 != (bits[word] & 1L << symbolIndex);
    }
}
