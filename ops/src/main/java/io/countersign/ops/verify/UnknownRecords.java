package io.countersign.ops.verify;

import io.countersign.codecs.journal.AccessTokenAcceptedDecoder;
import io.countersign.codecs.journal.AccessTokenRefusedDecoder;
import io.countersign.codecs.journal.CommandGivenDecoder;
import io.countersign.codecs.journal.CommandRefusedDecoder;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.NonceMarkDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.RegisterSavedDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Counts records that this version does not understand: of a newer version of the schema, or of a kind that the schema
 * does not have.
 */
final class UnknownRecords
{
    private static final BitSet KINDS = IntStream.of(
        AccessTokenAcceptedDecoder.TEMPLATE_ID, AccessTokenRefusedDecoder.TEMPLATE_ID, CommandGivenDecoder.TEMPLATE_ID,
        CommandRefusedDecoder.TEMPLATE_ID, DenialDecoder.TEMPLATE_ID, ExecutionChangedDecoder.TEMPLATE_ID,
        GatewayStartedDecoder.TEMPLATE_ID, GatewayStoppedDecoder.TEMPLATE_ID, IntentDecoder.TEMPLATE_ID,
        InterruptedDecoder.TEMPLATE_ID, KeyChangedDecoder.TEMPLATE_ID, NoiseDecoder.TEMPLATE_ID,
        NonceMarkDecoder.TEMPLATE_ID, OutcomeDecoder.TEMPLATE_ID, PolicyDifferenceDecoder.TEMPLATE_ID,
        PolicyInForceDecoder.TEMPLATE_ID, RedeliveredDecoder.TEMPLATE_ID, RegisterSavedDecoder.TEMPLATE_ID,
        SealDecoder.TEMPLATE_ID, SessionClosedDecoder.TEMPLATE_ID, SessionOpenedDecoder.TEMPLATE_ID,
        SessionRefusedDecoder.TEMPLATE_ID, SwitchChangedDecoder.TEMPLATE_ID, TokenChangedDecoder.TEMPLATE_ID,
        UndeliveredDecoder.TEMPLATE_ID).collect(BitSet::new, BitSet::set, BitSet::or);

    private long newer;
    private long firstNewer;
    private int highestVersion;
    private long strange;
    private Place firstStrange;
    private int strangeKind;

    /** Whether the record's version and kind are known here. */
    boolean isKnown(final JournalRecord record)
    {
        if (record.version() > GatewayStartedDecoder.SCHEMA_VERSION)
        {
            firstNewer = 0 == newer++ ? record.sequence() : firstNewer;
            highestVersion = Math.max(highestVersion, record.version());
            return false;
        }
        if (!KINDS.get(record.templateId()))
        {
            if (0 == strange++)
            {
                firstStrange = record.place();
                strangeKind = record.templateId();
            }
            return false;
        }
        return true;
    }

    void conclude(final Report report)
    {
        if (newer > 0)
        {
            report.doubt(newer + (1 == newer ? " record is" : " records are") + " of a schema up to version " +
                highestVersion + ", and this command knows version " + GatewayStartedDecoder.SCHEMA_VERSION +
                ": take a newer one; the first is record " + firstNewer);
        }
        if (strange > 0)
        {
            report.doubt(strange + (1 == strange ? " record is" : " records are") + " of a kind that the schema of " +
                "version " + GatewayStartedDecoder.SCHEMA_VERSION + " does not have; the first is record " +
                firstStrange.sequence() + ", " + firstStrange.file() + " offset " + firstStrange.offset() +
                ", template " + strangeKind);
        }
    }
}
