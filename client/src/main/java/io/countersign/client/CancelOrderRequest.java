package io.countersign.client;

import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed cancel of one order.
 */
public final class CancelOrderRequest extends SymbolRequest<CancelOrderRequest>
{
    private static final int ORIGINAL_CLIENT_ORDER_ID = SYMBOL + 1;
    private static final int CLIENT_ORDER_ID = SYMBOL + 2;
    private static final int VENUE_ORDER_ID = SYMBOL + 3;

    private final CancelOrderEncoder block = new CancelOrderEncoder();

    CancelOrderRequest(final RequestSender sender)
    {
        super(sender, blank(), 5);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * The venue's id of the order to cancel where it is a number.
     *
     * @param orderId any number but the least int64.
     * @return this.
     */
    public CancelOrderRequest orderId(final long orderId)
    {
        block.orderId(orderId);
        return this;
    }

    /**
     * Cancels only an order in this state.
     *
     * @param cancelRestriction as the venue supports it.
     * @return this.
     */
    public CancelOrderRequest cancelRestriction(final CancelRestriction cancelRestriction)
    {
        block.cancelRestriction(cancelRestriction);
        return this;
    }

    /**
     * Last block of the chain up to which the cancel holds, at venues that are chains: not before that of the order.
     *
     * @param goodTilBlock above 0.
     * @return this.
     */
    public CancelOrderRequest goodTilBlock(final int goodTilBlock)
    {
        block.goodTilBlock(goodTilBlock);
        return this;
    }

    /**
     * The bot's id of the order to cancel.
     *
     * @param originalClientOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public CancelOrderRequest originalClientOrderId(final CharSequence originalClientOrderId)
    {
        return text(ORIGINAL_CLIENT_ORDER_ID, "originalClientOrderId", originalClientOrderId);
    }

    /**
     * The bot's id of the order to cancel.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public CancelOrderRequest originalClientOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(ORIGINAL_CLIENT_ORDER_ID, "originalClientOrderId", buffer, offset, length);
    }

    /**
     * The bot's id of the cancel itself.
     *
     * @param clientOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public CancelOrderRequest clientOrderId(final CharSequence clientOrderId)
    {
        return text(CLIENT_ORDER_ID, "clientOrderId", clientOrderId);
    }

    /**
     * The bot's id of the cancel itself.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public CancelOrderRequest clientOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(CLIENT_ORDER_ID, "clientOrderId", buffer, offset, length);
    }

    /**
     * The venue's id of the order to cancel where it is no number.
     *
     * @param venueOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public CancelOrderRequest venueOrderId(final CharSequence venueOrderId)
    {
        return text(VENUE_ORDER_ID, "venueOrderId", venueOrderId);
    }

    /**
     * The venue's id of the order to cancel where it is no number.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public CancelOrderRequest venueOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(VENUE_ORDER_ID, "venueOrderId", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + CancelOrderEncoder.BLOCK_LENGTH];
        final CancelOrderEncoder block = new CancelOrderEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder());
        block
            .sessionId(CancelOrderEncoder.sessionIdNullValue())
            .ingressSequence(CancelOrderEncoder.ingressSequenceNullValue())
            .requestId(CancelOrderEncoder.requestIdNullValue())
            .deadlineNs(CancelOrderEncoder.deadlineNsNullValue())
            .maxAgeMs(CancelOrderEncoder.maxAgeMsNullValue())
            .orderId(CancelOrderEncoder.orderIdNullValue())
            .cancelRestriction(CancelRestriction.NULL_VAL)
            .goodTilBlock(CancelOrderEncoder.goodTilBlockNullValue());

        return blank;
    }
}
