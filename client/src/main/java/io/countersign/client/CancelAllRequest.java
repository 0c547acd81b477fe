package io.countersign.client;

import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed cancel of the open orders, of one symbol or of all.
 */
public final class CancelAllRequest extends Request<CancelAllRequest>
{
    private static final int SYMBOL = KEY + 1;

    CancelAllRequest(final RequestSender sender)
    {
        super(sender, blank(), 2);
    }

    /**
     * Cancels the orders of this symbol only. Not set: of every symbol, which only a rule for every symbol grants.
     *
     * @param symbol at most 64 bytes of UTF-8, as the venue writes it.
     * @return this.
     */
    public CancelAllRequest symbol(final CharSequence symbol)
    {
        return text(SYMBOL, "symbol", symbol);
    }

    /**
     * Cancels the orders of this symbol only. Not set: of every symbol, which only a rule for every symbol grants.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public CancelAllRequest symbol(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(SYMBOL, "symbol", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + CancelAllEncoder.BLOCK_LENGTH];
        new CancelAllEncoder().wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder())
            .sessionId(CancelAllEncoder.sessionIdNullValue())
            .ingressSequence(CancelAllEncoder.ingressSequenceNullValue())
            .requestId(CancelAllEncoder.requestIdNullValue())
            .deadlineNs(CancelAllEncoder.deadlineNsNullValue())
            .maxAgeMs(CancelAllEncoder.maxAgeMsNullValue());

        return blank;
    }
}
