package io.countersign.gateway.policy;

import io.countersign.venues.Operation;
import io.countersign.venues.Order;

/**
 * What a policy is compiled to.
 *
 * @param version         of the policy.
 * @param principals      names of principals and operators.
 * @param keys            aliases.
 * @param symbols         that any rule or price band names.
 * @param subjects        principals and operators, compiled.
 * @param rules           of all principals, one after another.
 * @param ruleNames       UTF-8, shifted by one: the first is empty.
 * @param accounts        of all limits in a time.
 * @param bands           by symbol; null where there is none.
 * @param keyFromNs       UTC nanoseconds from which a key may sign, by key.
 * @param keyUntilNs      UTC nanoseconds at which it may no more, by key.
 * @param venues          name of the venue, by key.
 * @param effectiveScopes scopes that what a key signs for an operation serves, by key and then by operation.
 * @param receiveWindows  longest receive window in milliseconds, 0 for none, by key and then by operation.
 */
record PolicyTables(
    long version,
    TextTable principals,
    TextTable keys,
    TextTable symbols,
    Principal[] subjects,
    Rule[] rules,
    byte[][] ruleNames,
    Account[] accounts,
    Band[] bands,
    long[] keyFromNs,
    long[] keyUntilNs,
    String[] venues,
    int[] effectiveScopes,
    int[] receiveWindows)
{
    private static final int OPERATIONS = Operation.values().length;

    int effectiveScopes(final int keyIndex, final Operation operation)
    {
        return effectiveScopes[keyIndex * OPERATIONS + operation.ordinal()];
    }

    boolean isInBand(final int symbolIndex, final Order order)
    {
        final Band band = TextTable.ABSENT == symbolIndex ? null : bands[symbolIndex];
        return null == band || band.holds(order);
    }

    boolean hasReceiveWindow(final int keyIndex, final Operation operation)
    {
        return 0 != receiveWindows[keyIndex * OPERATIONS + operation.ordinal()];
    }
}
