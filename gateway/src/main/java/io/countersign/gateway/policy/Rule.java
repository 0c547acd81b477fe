package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

/**
 * One compiled rule: answers how far a request gets with it.
 */
final class Rule
{
    /** {@link Places#throttle} of a rule without one. */
    static final int NO_ACCOUNT = -1;

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

    /** Where the ledger keeps what counts against the rule. */
    final Places places;

    /** Most new orders in the throttle's window. */
    final long maxExecutions;

    /** Most log-ons in their window. */
    final long maxLogins;

    /** Longest receive window in milliseconds, 0 for what the venue takes. */
    final int maxReceiveWindowMs;

    private final boolean[] keys;
    private final boolean[] operations;
    private final SymbolSet symbols;
    private final LimitCheck limits;

    Rule(
        final boolean[] keys,
        final boolean[] operations,
        final SymbolSet symbols,
        final RuleConfig config,
        final Places places)
    {
        this.keys = keys;
        this.operations = operations;
        this.symbols = symbols;
        this.places = places;
        limits = new LimitCheck(config.limits());
        maxExecutions = null == config.throttle() ? 0 : config.throttle().executions();
        maxLogins = null == config.terms().logins() ? 0 : config.terms().logins().logins();
        maxReceiveWindowMs = config.terms().maxReceiveWindowMs();
    }

    /**
     * Where the ledger keeps what counts against a rule.
     *
     * @param accounts     the rule's limits in a time, without throttle and log-ons.
     * @param firstAccount index of the first of them.
     * @param throttle     index of the throttle, or {@link #NO_ACCOUNT}.
     * @param logins       index of the log-ons, or {@link #NO_ACCOUNT}.
     */
    record Places(Account[] accounts, int firstAccount, int throttle, int logins)
    {
    }

    /** The number of questions passed: 0 at the key up to {@link #ALLOWED}. */
    int reach(
        final int keyIndex, final int symbolIndex, final boolean isInBand, final Order order, final Notional notional)
    {
        if (!keys[keyIndex])
        {
            return 0;
        }
        if (!operations[order.operation().ordinal()])
        {
            return 1;
        }
        if (order.operation().hasSymbol() && !symbols.has(symbolIndex))
        {
            return 2;
        }
        if (Operation.TRANSACT == order.operation())
        {
            return reachOfTransaction(order, notional);
        }
        return Operation.NEW_ORDER == order.operation() ? reachOfNewOrder(isInBand, order, notional) : ALLOWED;
    }

    static int reasonAt(final int reach)
    {
        return REASON_AT[reach];
    }

    private int reachOfNewOrder(final boolean isInBand, final Order order, final Notional notional)
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
        if (!isInBand || !limits.priceWithin(order))
        {
            return 6;
        }
        return limits.notionalWithin(notional) ? ALLOWED : 7;
    }

    /** A transaction has neither side nor type nor price. */
    private int reachOfTransaction(final Order order, final Notional notional)
    {
        if (!limits.valueWithin(order))
        {
            return 5;
        }
        return limits.notionalWithin(notional) ? ALLOWED : 7;
    }
}
