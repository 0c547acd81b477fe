package io.countersign.client;

import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.QueryOrderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed query of one order.
 */
public final class QueryOrderRequest extends SymbolRequest<QueryOrderRequest>
{
    private static final int ORIGINAL_CLIENT_ORDER_ID = SYMBOL + 1;
    private static final int VENUE_ORDER_ID = SYMBOL + 2;

    private final QueryOrderEncoder block = new QueryOrderEncoder();

    QueryOrderRequest(final RequestSender sender)
    {
        super(sender, blank(), 4);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * The venue's id of the order where it is a number.
     *
     * @param orderId any number but the least int64.
     * @return this.
     */
    public QueryOrderRequest orderId(final long orderId)
    {
        block.orderId(orderId);
        return this;
    }

    /**
     * The bot's id of the order.
     *
     * @param originalClientOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public QueryOrderRequest originalClientOrderId(final CharSequence originalClientOrderId)
    {
        return text(ORIGINAL_CLIENT_ORDER_ID, "originalClientOrderId", originalClientOrderId);
    }

    /**
     * The bot's id of the order.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public QueryOrderRequest originalClientOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(ORIGINAL_CLIENT_ORDER_ID, "originalClientOrderId", buffer, offset, length);
    }

    /**
     * The venue's id of the order where it is no number.
     *
     * @param venueOrderId at most 64 bytes of UTF-8.
     * @return this.
     */
    public QueryOrderRequest venueOrderId(final CharSequence venueOrderId)
    {
        return text(VENUE_ORDER_ID, "venueOrderId", venueOrderId);
    }

    /**
     * The venue's id of the order where it is no number.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public QueryOrderRequest venueOrderId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(VENUE_ORDER_ID, "venueOrderId", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + QueryOrderEncoder.BLOCK_LENGTH];
        final QueryOrderEncoder block = new QueryOrderEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder());
        block
            .sessionId(QueryOrderEncoder.sessionIdNullValue())
            .ingressSequence(QueryOrderEncoder.ingressSequenceNullValue())
            .requestId(QueryOrderEncoder.requestIdNullValue())
            .deadlineNs(QueryOrderEncoder.deadlineNsNullValue())
            .maxAgeMs(QueryOrderEncoder.maxAgeMsNullValue())
            .orderId(QueryOrderEncoder.orderIdNullValue());

        return blank;
    }
}
