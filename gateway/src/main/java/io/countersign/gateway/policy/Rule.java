package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

/**
 * One compiled rule: answers how far a request gets with it.
 */
final class Rule
{
    private static final int[] REASON_AT =
    {
        Reason.KEY_NOT_GRANTED.value(),
        Reason.OPERATION_NOT_GRANTED.value(),
        Reason.SYMBOL_NOT_GRANTED.value(),
        Reason.SIDE_NOT_GRANTED.value(),
        Reason.ORDER_TYPE_NOT_GRANTED.value(),
        Reason.QUANTITY_ABOVE_LIMIT.value(),
        Reason.PRICE_OUTSIDE_BAND.value(),
        Reason.NOTIONAL_ABOVE_LIMIT.value(),
        Reason.NONE.value(),
    };

    /** How many questions a request must pass; reaching this is being allowed. */
    static final int ALLOWED = REASON_AT.length - 1;

    private final boolean[] keys;
    private final boolean[] operations;
    private final boolean[] symbols;
    private final boolean anySymbol;
    private final LimitCheck limits;

    Rule(
        final boolean[] keys,
        final boolean[] operations,
        final boolean[] symbols,
        final boolean anySymbol,
        final LimitCheck limits)
    {
        this.keys = keys;
        this.operations = operations;
        this.symbols = symbols;
        this.anySymbol = anySymbol;
        this.limits = limits;
    }

    /** The number of questions passed: 0 at the key up to {@link #ALLOWED}. */
    int reach(final int keyIndex, final int symbolIndex, final Order order)
    {
        if (!keys[keyIndex])
        {
            return 0;
        }
        if (!operations[order.operation().ordinal()])
        {
            return 1;
        }
        if (!symbolGranted(symbolIndex, order))
        {
            return 2;
        }
        return Operation.NEW_ORDER == order.operation() ? reachOfNewOrder(order) : ALLOWED;
    }

    static int reasonAt(final int reach)
    {
        return REASON_AT[reach];
    }

    private int reachOfNewOrder(final Order order)
    {
        if (!limits.sideGranted(order))
        {
            return 3;
        }
        if (!limits.orderTypeGranted(order))
        {
            return 4;
        }
        if (!limits.quantityWithin(order))
        {
            return 5;
        }
        if (!limits.priceWithin(order))
        {
            return 6;
        }
        return limits.notionalWithin(order) ? ALLOWED : 7;
    }

    private boolean symbolGranted(final int symbolIndex, final Order order)
    {
        return anySymbol ||
            Operation.QUERY_ACCOUNT == order.operation() ||
            TextTable.ABSENT != symbolIndex && symbols[symbolIndex];
    }
}
