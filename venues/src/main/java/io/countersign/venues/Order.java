package io.countersign.venues;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.QueryOrderDecoder;

/**
 * The fields of one request, whatever its operation, as the wire schema types them. Reusable and free of allocation;
 * not thread-safe.
 * <p>
 * A field that the operation does not have, or that the bot left out, holds its null: {@link #NULL_CODE} for enumerated
 * fields, {@link #NULL_LONG} and {@link #NULL_INT} for numbers, a null decimal, an empty text. Texts lie in the frame
 * that the order was read from, or in the order, and are good for as long as both. {@link OrderAdapter} fills it.
 */
public final class Order
{
    /** The null of every enumerated field. */
    public static final short NULL_CODE = CancelRestriction.NULL_VAL.value();

    /** The null of every 64-bit number. */
    public static final long NULL_LONG = QueryOrderDecoder.orderIdNullValue();

    /** The null of every 32-bit number. */
    public static final int NULL_INT = NewOrderDecoder.maxAgeMsNullValue();

    private final MutableDecimal quantity = new MutableDecimal();
    private final MutableDecimal quoteQuantity = new MutableDecimal();
    private final MutableDecimal price = new MutableDecimal();
    private final MutableDecimal stopPrice = new MutableDecimal();
    private final MutableDecimal icebergQuantity = new MutableDecimal();
    private final Region key = new Region();
    private final Region symbol = new Region();
    private final Region clientOrderId = new Region();
    private final Region originalClientOrderId = new Region();
    private final Region venueOrderId = new Region();
    private final LoginFields login = new LoginFields();
    private final TransactionFields transaction = new TransactionFields();

    // Written by OrderAdapter alone.
    Operation operation;
    long requestId;
    long deadlineNs;
    long orderId;
    long trailingDelta;
    long strategyId;
    int strategyType;
    int maxAgeMs;
    int goodTilBlock;
    short side;
    short orderType;
    short timeInForce;
    short responseType;
    short selfTradePrevention;
    short cancelRestriction;
    short omitZeroBalances;
    short reduceOnly;

    /** An order without fields. */
    public Order()
    {
        reset();
    }

    /**
     * Set every field to its null.
     *
     * @return this.
     */
    public Order reset()
    {
        operation = null;
        requestId = NULL_LONG;
        deadlineNs = NULL_LONG;
        orderId = NULL_LONG;
        trailingDelta = NULL_LONG;
        strategyId = NULL_LONG;
        strategyType = NULL_INT;
        maxAgeMs = NULL_INT;
        goodTilBlock = NULL_INT;
        side = NULL_CODE;
        orderType = NULL_CODE;
        timeInForce = NULL_CODE;
        responseType = NULL_CODE;
        selfTradePrevention = NULL_CODE;
        cancelRestriction = NULL_CODE;
        omitZeroBalances = NULL_CODE;
        reduceOnly = NULL_CODE;
        quantity.reset();
        quoteQuantity.reset();
        price.reset();
        stopPrice.reset();
        icebergQuantity.reset();
        key.reset();
        symbol.reset();
        clientOrderId.reset();
        originalClientOrderId.reset();
        venueOrderId.reset();
        login.reset();
        transaction.reset();
        return this;
    }

    /**
     * What is asked of the venue.
     *
     * @return the operation, null when there is no request.
     */
    public Operation operation()
    {
        return operation;
    }

    /**
     * The bot's name of the request.
     *
     * @return the id.
     */
    public long requestId()
    {
        return requestId;
    }

    /**
     * UTC nanoseconds since 1970 at which the request must not be taken up any more.
     *
     * @return the field, or {@link #NULL_LONG}.
     */
    public long deadlineNs()
    {
        return deadlineNs;
    }

    /**
     * Life of the request at the venue, in milliseconds.
     *
     * @return the field, or {@link #NULL_INT}.
     */
    public int maxAgeMs()
    {
        return maxAgeMs;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.Side}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short side()
    {
        return side;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.OrderType}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short orderType()
    {
        return orderType;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.TimeInForce}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short timeInForce()
    {
        return timeInForce;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.ResponseType}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short responseType()
    {
        return responseType;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.SelfTradePrevention}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short selfTradePrevention()
    {
        return selfTradePrevention;
    }

    /**
     * A code of {@link CancelRestriction}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short cancelRestriction()
    {
        return cancelRestriction;
    }

    /**
     * A code of {@link io.countersign.codecs.wire.Flag}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short omitZeroBalances()
    {
        return omitZeroBalances;
    }

    /**
     * Whether the order may only make a position smaller: a code of {@link io.countersign.codecs.wire.Flag}.
     *
     * @return the field, or {@link #NULL_CODE}.
     */
    public short reduceOnly()
    {
        return reduceOnly;
    }

    /**
     * The venue's id of the order where it is a number.
     *
     * @return the field, or {@link #NULL_LONG}.
     */
    public long orderId()
    {
        return orderId;
    }

    /**
     * Trailing delta in basis points.
     *
     * @return the field, or {@link #NULL_LONG}.
     */
    public long trailingDelta()
    {
        return trailingDelta;
    }

    /**
     * The bot's id of its strategy.
     *
     * @return the field, or {@link #NULL_LONG}.
     */
    public long strategyId()
    {
        return strategyId;
    }

    /**
     * The bot's type of its strategy.
     *
     * @return the field, or {@link #NULL_INT}.
     */
    public int strategyType()
    {
        return strategyType;
    }

    /**
     * Last block of a chain in which the order stands, or up to which the cancel holds.
     *
     * @return the field, or {@link #NULL_INT}.
     */
    public int goodTilBlock()
    {
        return goodTilBlock;
    }

    /**
     * Quantity in the base asset.
     *
     * @return the decimal.
     */
    public MutableDecimal quantity()
    {
        return quantity;
    }

    /**
     * Quantity in the quote asset.
     *
     * @return the decimal.
     */
    public MutableDecimal quoteQuantity()
    {
        return quoteQuantity;
    }

    /**
     * Limit price.
     *
     * @return the decimal.
     */
    public MutableDecimal price()
    {
        return price;
    }

    /**
     * Price that triggers the order.
     *
     * @return the decimal.
     */
    public MutableDecimal stopPrice()
    {
        return stopPrice;
    }

    /**
     * Visible part of the quantity.
     *
     * @return the decimal.
     */
    public MutableDecimal icebergQuantity()
    {
        return icebergQuantity;
    }

    /**
     * Alias of the key to sign with.
     *
     * @return the text.
     */
    public Region key()
    {
        return key;
    }

    /**
     * The venue's name of the instrument.
     *
     * @return the text.
     */
    public Region symbol()
    {
        return symbol;
    }

    /**
     * The bot's id of the order or, in a cancel, of the cancel itself.
     *
     * @return the text.
     */
    public Region clientOrderId()
    {
        return clientOrderId;
    }

    /**
     * The bot's id of the order to cancel or query.
     *
     * @return the text.
     */
    public Region originalClientOrderId()
    {
        return originalClientOrderId;
    }

    /**
     * The venue's id of the order where it is no number.
     *
     * @return the text.
     */
    public Region venueOrderId()
    {
        return venueOrderId;
    }

    /**
     * What only a log-on has.
     *
     * @return its fields.
     */
    public LoginFields login()
    {
        return login;
    }

    /**
     * What only a transaction of a chain has.
     *
     * @return its fields.
     */
    public TransactionFields transaction()
    {
        return transaction;
    }
}
