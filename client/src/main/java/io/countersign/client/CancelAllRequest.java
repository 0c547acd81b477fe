package io.countersign.client;

import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for a signed cancel of the open orders, of one symbol or, where none is set, of all: only a rule for every
 * symbol grants that.
 */
public final class CancelAllRequest extends SymbolRequest<CancelAllRequest>
{
    CancelAllRequest(final RequestSender sender)
    {
        super(sender, blank(), 2);
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
