package io.countersign.gateway.replay;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.policy.PolicyChange;
import io.countersign.gateway.policy.PolicyDifference;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The policy that the lives before had last, so that a start with another file tells what that changes, as a reload
 * does. In doubt it says that something may have become wider. For one thread.
 */
public final class PolicyBefore implements RecentRecords.Handler
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PolicyInForceDecoder inForce = new PolicyInForceDecoder();
    private boolean isNew = true;
    private boolean isFound;
    private int version;
    private byte[] sha256;
    private Path source;
    private String text;
    private String configuration;

    /**
     * With nothing read yet.
     */
    public PolicyBefore()
    {
    }

    /**
     * Read what the lives before have left: limits and switches, and the policy that they had.
     *
     * @param journalDirectory of the journal.
     * @param ledgerRecovery   is given the same records.
     * @return the policy before.
     * @throws JournalException when the journal cannot be read.
     */
    public static PolicyBefore recover(final Path journalDirectory, final LedgerRecovery ledgerRecovery)
    {
        final PolicyBefore before = new PolicyBefore();
        try
        {
            RecentRecords.read(journalDirectory, Long.MAX_VALUE, (buffer, offset, length, templateId, sequence) ->
            {
                ledgerRecovery.onRecord(buffer, offset, length, templateId, sequence);
                before.onRecord(buffer, offset, length, templateId, sequence);
            });
            return before;
        }
        catch (final IOException ex)
        {
            throw new JournalException("journal " + journalDirectory +
                " cannot be read: check the disk and the files' owner", ex);
        }
    }

    @Override
    public void onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        isNew = false;
        if (PolicyInForceDecoder.TEMPLATE_ID == templateId)
        {
            inForce.wrapAndApplyHeader(buffer, offset, header);
            isFound = true;
            version = header.version();
            if (isComparable())
            {
                sha256 = new byte[PolicyInForceDecoder.sha256Length()];
                inForce.getSha256(sha256, 0, sha256.length);
                source = Path.of(inForce.source());
                text = inForce.text();
                configuration = inForce.configuration();
            }
        }
    }

    /**
     * In what another policy differs from it.
     *
     * @param next that is to be in force.
     * @return sorted; empty when the texts are the same or there was no life before.
     */
    public List<PolicyDifference> changeTo(final PolicyConfig next)
    {
        if (isNew)
        {
            return List.of();
        }
        if (!isFound)
        {
            return unknown("the journal's newest two days do not hold it");
        }
        if (!isComparable())
        {
            return unknown("it was recorded in version " + version + " of the journal");
        }
        try
        {
            return Arrays.equals(sha256, next.sha256()) ? List.of() : PolicyChange.between(PolicyReader.of(
                source, text, ConfigReader.kept(source.resolveSibling("gateway.yaml"), configuration)), next);
        }
        catch (final ConfigException ex)
        {
            return unknown("its text cannot be used any more: " + ex.getMessage());
        }
    }

    private boolean isComparable()
    {
        return version >= PolicyInForceDecoder.sha256SinceVersion();
    }

    private static List<PolicyDifference> unknown(final String why)
    {
        return List.of(new PolicyDifference(
            true, "what differs from the policy before is not known: " + why.lines().findFirst().orElse("")));
    }
}
