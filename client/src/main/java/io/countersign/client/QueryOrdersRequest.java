package io.countersign.client;

import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed query of the open orders, of one symbol or, where none is set, of all: only a rule for every symbol
 * grants that.
 */
public final class QueryOrdersRequest extends SymbolRequest<QueryOrdersRequest>
{
    QueryOrdersRequest(final RequestSender sender)
    {
        super(sender, blank(), 2);
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
