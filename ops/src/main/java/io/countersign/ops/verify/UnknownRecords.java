package io.countersign.ops.verify;

import io.countersign.codecs.journal.GatewayStartedDecoder;

/**
 * Counts records of a newer version of the schema: what they mean, this version does not know.
 */
final class UnknownRecords
{
    private long newer;
    private long first;
    private int highestVersion;

    /** Whether the record's version is known here. */
    boolean isKnown(final JournalRecord record)
    {
        if (record.version() <= GatewayStartedDecoder.SCHEMA_VERSION)
        {
            return true;
        }
        first = 0 == newer++ ? record.sequence() : first;
        highestVersion = Math.max(highestVersion, record.version());
        return false;
    }

    void conclude(final Report report)
    {
        if (newer > 0)
        {
            report.doubt(newer + (1 == newer ? " record is" : " records are") + " of a schema up to version " +
                highestVersion + ", and this command knows version " + GatewayStartedDecoder.SCHEMA_VERSION +
                ": take a newer one; the first is record " + first);
        }
    }
}
