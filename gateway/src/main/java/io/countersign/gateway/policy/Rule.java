package io.countersign.gateway.policy;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

/**
 * One compiled rule: answers how far a request gets with it.
 */
final class Rule
{
    /** How many questions a request must pass; reaching this is being allowed. */
    static final int ALLOWED = 4;

    private static final int[] REASON_AT =
    {
        Reason.KEY_NOT_GRANTED.value(),
        Reason.OPERATION_NOT_GRANTED.value(),
        Reason.SYMBOL_NOT_GRANTED.value(),
        Reason.QUANTITY_ABOVE_LIMIT.value(),
        Reason.NONE.value(),
    };

    private final boolean[] keys;
    private final boolean[] operations;
    private final boolean[] symbols;
    private final boolean anySymbol;
    private final long maxQuantityMantissa;
    private final int maxQuantityExponent;

    Rule(
        final boolean[] keys,
        final boolean[] operations,
        final boolean[] symbols,
        final boolean anySymbol,
        final long maxQuantityMantissa,
        final int maxQuantityExponent)
    {
        this.keys = keys;
        this.operations = operations;
        this.symbols = symbols;
        this.anySymbol = anySymbol;
        this.maxQuantityMantissa = maxQuantityMantissa;
        this.maxQuantityExponent = maxQuantityExponent;
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
        return quantityWithin(order) ? ALLOWED : 3;
    }

    static int reasonAt(final int reach)
    {
        return REASON_AT[reach];
    }

    private boolean symbolGranted(final int symbolIndex, final Order order)
    {
        return anySymbol ||
            Operation.QUERY_ACCOUNT == order.operation() ||
            TextTable.ABSENT != symbolIndex && symbols[symbolIndex];
    }

    private boolean quantityWithin(final Order order)
    {
        if (DecimalDecoder.mantissaNullValue() == maxQuantityMantissa || Operation.NEW_ORDER != order.operation())
        {
            return true;
        }
        // An amount in the quote asset buys a quantity that nobody here knows: it cannot be held to a limit.
        final MutableDecimal quantity = order.quantity();
        return !quantity.isNull() &&
            order.quoteQuantity().isNull() &&
            0 >= DecimalText.compare(
                quantity.mantissa(), quantity.exponent(), maxQuantityMantissa, maxQuantityExponent);
    }
}
