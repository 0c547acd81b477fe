package io.countersign.client;

import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.QueryAccountEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed query of the account.
 */
public final class QueryAccountRequest extends Request<QueryAccountRequest>
{
    private final QueryAccountEncoder block = new QueryAccountEncoder();

    QueryAccountRequest(final RequestSender sender)
    {
        super(sender, blank(), 1, NO_DATA);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * Whether the venue leaves out balances of zero.
     *
     * @param omitZeroBalances true to leave them out.
     * @return this.
     */
    public QueryAccountRequest omitZeroBalances(final boolean omitZeroBalances)
    {
        block.omitZeroBalances(omitZeroBalances ? Flag.TRUE : Flag.FALSE);
        return this;
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + QueryAccountEncoder.BLOCK_LENGTH];
        final QueryAccountEncoder block = new QueryAccountEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder());
        block
            .sessionId(QueryAccountEncoder.sessionIdNullValue())
            .ingressSequence(QueryAccountEncoder.ingressSequenceNullValue())
            .requestId(QueryAccountEncoder.requestIdNullValue())
            .deadlineNs(QueryAccountEncoder.deadlineNsNullValue())
            .maxAgeMs(QueryAccountEncoder.maxAgeMsNullValue())
            .omitZeroBalances(Flag.NULL_VAL);

        return blank;
    }
}
