package io.countersign.ops.audit;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.journal.SealEntry;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads seals as their records have them: nothing is verified.
 */
final class SealRecordDecoder
{
    private SealRecordDecoder()
    {
    }

    /** Adds the fields of a record; null when it is no Seal. */
    static OperatorRecordDecoder.Decoded decode(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        if (SealDecoder.TEMPLATE_ID != header.templateId())
        {
            return null;
        }
        final SealEntry seal = SealEntry.decode(record, 0);
        fields.number("treeSize", "size=", seal.treeSize())
            .symbol("root", "root=", HexFormat.of().formatHex(seal.root()))
            .number("sealedUtcNs", null, seal.sealedUtcNs());
        if (0 <= seal.clockErrorNs())
        {
            fields.number("clockErrorNs", "clock-error-ns=", seal.clockErrorNs())
                .text("clockSource", "clock=", seal.clockSource());
        }
        fields.symbol("frontier", null, HexFormat.of().formatHex(seal.frontier()))
            .text("checkpoint", null, new String(seal.checkpoint(), StandardCharsets.UTF_8));
        return new OperatorRecordDecoder.Decoded("Seal", null);
    }
}
