package io.countersign.client;

import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed query of the open orders, of one symbol or of all.
 */
public final class QueryOrdersRequest extends Request<QueryOrdersRequest>
{
    private static final int SYMBOL = KEY + 1;

    QueryOrdersRequest(final RequestSender sender)
    {
        super(sender, blank(), 2);
    }

    /**
     * Asks for the orders of this symbol only. Not set: of every symbol, which only a rule for every symbol grants.
     *
     * @param symbol at most 64 bytes of UTF-8, as the venue writes it.
     * @return this.
     */
    public QueryOrdersRequest symbol(final CharSequence symbol)
    {
        return text(SYMBOL, "symbol", symbol);
    }

    /**
     * Asks for the orders of this symbol only. Not set: of every symbol, which only a rule for every symbol grants.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public QueryOrdersRequest symbol(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(SYMBOL, "symbol", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + QueryOrdersEncoder.BLOCK_LENGTH];
        new QueryOrdersEncoder().wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder())
            .sessionId(QueryOrdersEncoder.sessionIdNullValue())
            .ingressSequence(QueryOrdersEncoder.ingressSequenceNullValue())
            .requestId(QueryOrdersEncoder.requestIdNullValue())
            .deadlineNs(QueryOrdersEncoder.deadlineNsNullValue())
            .maxAgeMs(QueryOrdersEncoder.maxAgeMsNullValue());

        return blank;
    }
}
