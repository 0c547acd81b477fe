package io.countersign.client;

import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;

/**
 * Asks for a signed new order.
 */
public final class NewOrderRequest extends SymbolRequest<NewOrderRequest>
{
    private static final int CLIENT_ORDER_ID = SYMBOL + 1;

    private final NewOrderEncoder block = new NewOrderEncoder();

    NewOrderRequest(final RequestSender sender)
    {
        super(sender, blank(), 3);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * Side of the order; required.
     *
     * @param side buy or sell.
     * @return this.
     */
    public NewOrderRequest side(final Side side)
    {
        block.side(side);
        return this;
    }

    /**
     * Type of the order; required.
     *
     * @param orderType as the venue supports it.
     * @return this.
     */
    public NewOrderRequest orderType(final OrderType orderType)
    {
        block.orderType(orderType);
        return this;
    }

    /**
     * How long the order stays.
     *
     * @param timeInForce as the venue supports it.
     * @return this.
     */
    public NewOrderRequest timeInForce(final TimeInForce timeInForce)
    {
        block.timeInForce(timeInForce);
        return this;
    }

    /**
     * How much the venue is to answer.
     *
     * @param responseType as the venue supports it.
     * @return this.
     */
    public NewOrderRequest responseType(final ResponseType responseType)
    {
        block.responseType(responseType);
        return this;
    }

    /**
     * What happens where the order meets one of its own account.
     *
     * @param selfTradePrevention as the venue supports it.
     * @return this.
     */
    public NewOrderRequest selfTradePrevention(final SelfTradePrevention selfTradePrevention)
    {
        block.selfTradePrevention(selfTradePrevention);
        return this;
    }

    /**
     * Quantity in the base asset.
     *
     * @param mantissa of mantissa x 10^exponent; trailing zeros are kept.
     * @param exponent -18 to 18.
     * @return this.
     */
    public NewOrderRequest quantity(final long mantissa, final int exponent)
    {
        return decimal("quantity", block.quantity(), mantissa, exponent);
    }

    /**
     * Quantity in the base asset.
     *
     * @param quantity as a decimal number, such as {@code 10.00}; trailing zeros are kept.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    public NewOrderRequest quantity(final CharSequence quantity)
    {
        return decimal("quantity", block.quantity(), quantity);
    }

    /**
     * Quantity in the base asset.
     *
     * @param quantity whose scale is kept; allocates.
     * @return this.
     * @throws IllegalArgumentException where it does not fit an int64 mantissa and the exponent's range.
     */
    public NewOrderRequest quantity(final BigDecimal quantity)
    {
        return decimal("quantity", block.quantity(), quantity);
    }

    /**
     * Quantity in the quote asset.
     *
     * @param mantissa of mantissa x 10^exponent; trailing zeros are kept.
     * @param exponent -18 to 18.
     * @return this.
     */
    public NewOrderRequest quoteQuantity(final long mantissa, final int exponent)
    {
        return decimal("quoteQuantity", block.quoteQuantity(), mantissa, exponent);
    }

    /**
     * Quantity in the quote asset.
     *
     * @param quoteQuantity as a decimal number, such as {@code 10.00}; trailing zeros are kept.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    public NewOrderRequest quoteQuantity(final CharSequence quoteQuantity)
    {
        return decimal("quoteQuantity", block.quoteQuantity(), quoteQuantity);
    }

    /**
     * Quantity in the quote asset.
     *
     * @param quoteQuantity whose scale is kept; allocates.
     * @return this.
     * @throws IllegalArgumentException where it does not fit an int64 mantissa and the exponent's range.
     */
    public NewOrderRequest quoteQuantity(final BigDecimal quoteQuantity)
    {
        return decimal("quoteQuantity", block.quoteQuantity(), quoteQuantity);
    }

    /**
     * Limit price.
     *
     * @param mantissa of mantissa x 10^exponent; trailing zeros are kept.
     * @param exponent -18 to 18.
     * @return this.
     */
    public NewOrderRequest price(final long mantissa, final int exponent)
    {
        return decimal("price", block.price(), mantissa, exponent);
    }

    /**
     * Limit price.
     *
     * @param price as a decimal number, such as {@code 10.00}; trailing zeros are kept.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    public NewOrderRequest price(final CharSequence price)
    {
        return decimal("price", block.price(), price);
    }

    /**
     * Limit price.
     *
     * @param price whose scale is kept; allocates.
     * @return this.
     * @throws IllegalArgumentException where it does not fit an int64 mantissa and the exponent's range.
     */
    public NewOrderRequest price(final BigDecimal price)
    {
        return decimal("price", block.price(), price);
    }

    /**
     * Price that triggers a stop order.
     *
     * @param mantissa of mantissa x 10^exponent; trailing zeros are kept.
     * @param exponent -18 to 18.
     * @return this.
     */
    public NewOrderRequest stopPrice(final long mantissa, final int exponent)
    {
        return decimal("stopPrice", block.stopPrice(), mantissa, exponent);
    }

    /**
     * Price that triggers a stop order.
     *
     * @param stopPrice as a decimal number, such as {@code 10.00}; trailing zeros are kept.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    public NewOrderRequest stopPrice(final CharSequence stopPrice)
    {
        return decimal("stopPrice", block.stopPrice(), stopPrice);
    }

    /**
     * Price that triggers a stop order.
     *
     * @param stopPrice whose scale is kept; allocates.
     * @return this.
     * @throws IllegalArgumentException where it does not fit an int64 mantissa and the exponent's range.
     */
    public NewOrderRequest stopPrice(final BigDecimal stopPrice)
    {
        return decimal("stopPrice", block.stopPrice(), stopPrice);
    }

    /**
     * Quantity that is shown.
     *
     * @param mantissa of mantissa x 10^exponent; trailing zeros are kept.
     * @param exponent -18 to 18.
     * @return this.
     */
    public NewOrderRequest icebergQuantity(final long mantissa, final int exponent)
    {
        return decimal("icebergQuantity", block.icebergQuantity(), mantissa, exponent);
    }

    /**
     * Quantity that is shown.
     *
     * @param icebergQuantity as a decimal number, such as {@code 10.00}; trailing zeros are kept.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    public NewOrderRequest icebergQuantity(final CharSequence icebergQuantity)
    {
        return decimal("icebergQuantity", block.icebergQuantity(), icebergQuantity);
    }

    /**
     * Quantity that is shown.
     *
     * @param icebergQuantity whose scale is kept; allocates.
     * @return this.
     * @throws IllegalArgumentException where it does not fit an int64 mantissa and the exponent's range.
     */
    public NewOrderRequest icebergQuantity(final BigDecimal icebergQuantity)
    {
        return decimal("icebergQuantity", block.icebergQuantity(), icebergQuantity);
    }

    /**
     * Trailing delta of a stop order.
     *
     * @param trailingDelta basis points.
     * @return this.
     */
    public NewOrderRequest trailingDelta(final long trailingDelta)
    {
        block.trailingDelta(trailingDelta);
        return this;
    }

    /**
     * The bot's id of the strategy.
     *
     * @param strategyId any number but the least int64.
     * @return this.
     */
    public NewOrderRequest strategyId(final long strategyId)
    {
        block.strategyId(strategyId);
        return this;
    }

    /**
     * The bot's type of the strategy.
     *
     * @param strategyType any number but the least int32.
     * @return this.
     */
    public NewOrderRequest strategyType(final int strategyType)
    {
        block.strategyType(strategyType);
        return this;
    }

    /**
     * Whether the order may only make an open position smaller.
     *
     * @param reduceOnly true for an order that may not open or turn a position.
     * @return this.
     */
    public NewOrderRequest reduceOnly(final boolean reduceOnly)
    {
        block.reduceOnly(reduceOnly ? Flag.TRUE : Flag.FALSE);
        return this;
    }

    /**
     * Last block of the chain in which the order stands, at venues that are chains.
     *
     * @param goodTilBlock above 0.
     * @return this.
     */
    public NewOrderRequest goodTilBlock(final int goodTilBlock)
    {
        block.goodTilBlock(goodTilBlock);
        return this;
    }

    /**
     * The bot's id of the order.
     *
     * @param clientOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public NewOrderRequest clientOrderId(final CharSequence clientOrderId)
    {
        return text(CLIENT_ORDER_ID, "clientOrderId", clientOrderId);
    }

    /**
     * The bot's id of the order.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public NewOrderRequest clientOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(CLIENT_ORDER_ID, "clientOrderId", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + NewOrderEncoder.BLOCK_LENGTH];
        final NewOrderEncoder block = new NewOrderEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder());
        block
            .sessionId(NewOrderEncoder.sessionIdNullValue())
            .ingressSequence(NewOrderEncoder.ingressSequenceNullValue())
            .requestId(NewOrderEncoder.requestIdNullValue())
            .deadlineNs(NewOrderEncoder.deadlineNsNullValue())
            .maxAgeMs(NewOrderEncoder.maxAgeMsNullValue())
            .side(Side.NULL_VAL)
            .orderType(OrderType.NULL_VAL)
            .timeInForce(TimeInForce.NULL_VAL)
            .responseType(ResponseType.NULL_VAL)
            .selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL)
            .goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        block.quantity().mantissa(DecimalEncoder.mantissaNullValue());
        block.quoteQuantity().mantissa(DecimalEncoder.mantissaNullValue());
        block.price().mantissa(DecimalEncoder.mantissaNullValue());
        block.stopPrice().mantissa(DecimalEncoder.mantissaNullValue());
        block.icebergQuantity().mantissa(DecimalEncoder.mantissaNullValue());

        return blank;
    }
}
