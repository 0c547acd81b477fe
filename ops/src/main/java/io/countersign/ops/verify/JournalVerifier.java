package io.countersign.ops.verify;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.gateway.journal.JournalReader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One pass over a journal, in which everything is checked.
 */
final class JournalVerifier
{
    private final VerifyContext context;
    private final Report report = new Report();
    private final JournalRecord record = new JournalRecord();
    private final SignaturePool pool = new SignaturePool();
    private final CheckpointCheck checkpoints;
    private final AuditKeys auditKeys;
    private final TreeCheck tree;
    private final LifeCheck life = new LifeCheck(report);
    private final PolicyCheck policies;
    private final RequestCheck requests;
    private final SignatureCheck signatures;
    private final SealCheck seals;
    private final ContainerFindings container = new ContainerFindings(report);
    private final UnknownRecords unknownRecords = new UnknownRecords();
    private final Progress progress;
    private final RemovedCheck removed;
    private long records;
    private long firstSequence;
    private String torn;
    private Place tornPlace;

    JournalVerifier(final VerifyContext context)
    {
        this.context = context;
        report.fact("countersign audit verify, report version 1");
        progress = new Progress(context.progress());
        policies = new PolicyCheck(context.keys(), context.areSignaturesChecked(), report);
        auditKeys = new AuditKeys(context.keys(), policies);
        final List<CheckpointFile> files = new ArrayList<>();
        context.checkpoints().forEach((path) -> files.add(new CheckpointFile(path)));
        checkpoints = new CheckpointCheck(files, context.witnesses(), context.noteVerifier(), pool, report);
        checkpoints.keys(auditKeys);
        removed = new RemovedCheck(context.directory(), checkpoints, report);
        tree = new TreeCheck(removed);
        signatures =
            context.areSignaturesChecked() ? new SignatureCheck(policies, pool, context.macs(), report) : null;
        requests = new RequestCheck(policies, signatures, report);
        seals = new SealCheck(tree, auditKeys, context.noteVerifier(), pool, report);
    }

    /** Reads the journal and tells what it found. Throws what the operating system or a file of keys refuses. */
    Report run() throws IOException
    {
        try (JournalReader reader = new JournalReader(context.directory(), container))
        {
            container.follow(reader);
            drain(reader);
            container.checkLast(reader, () -> drain(reader));
            tree.advanceTo(tree.size());
        }
        finally
        {
            pool.close();
            progress.end();
        }
        conclude();
        return report;
    }

    /** Size of the largest tree that a seal fits. */
    long sealedSize()
    {
        return seals.sealedSize();
    }

    /** Reads what there is; true when there was a record. */
    private boolean drain(final JournalReader reader) throws IOException
    {
        final long before = records;
        long tornOffset = -1;
        while (true)
        {
            final JournalReader.Event event = reader.poll();
            switch (event)
            {
                case RECORD:
                    onRecord(reader);
                    break;

                case GAP:
                    report.broken(place(reader, reader.expectedSequence()), reader.description() +
                        (reader.sequence() > reader.expectedSequence() ? "" : ": a record was put in again or moved"));
                    break;

                case CORRUPT:
                    report.broken(place(reader, reader.lastSequence() + 1), reader.faultLength() +
                        " bytes cannot be read: " + reader.description());
                    break;

                case TORN:
                    if (tornOffset == reader.fileOffset())
                    {
                        return records > before;
                    }
                    tornOffset = reader.fileOffset();
                    torn = torn(reader);
                    tornPlace = place(reader, reader.lastSequence() + 1);
                    break;

                case INCOMPLETE:
                    torn = torn(reader);
                    return records > before;

                default:
                    return records > before;
            }
        }
    }

    private void onRecord(final JournalReader reader)
    {
        record.wrap(reader);
        container.noteFile(reader.file());
        if (null != torn)
        {
            passTear();
        }
        if (0 == records++)
        {
            firstSequence = record.sequence();
        }
        removed.onRecord(record, tree);
        progress.onRecord();
        tree.add(record.sequence(), record.buffer(), 0, record.length());
        if (unknownRecords.isKnown(record))
        {
            try
            {
                dispatch();
            }
            catch (final IndexOutOfBoundsException ex)
            {
                report.broken(record.place(), "the record is shorter than its fields");
            }
        }
    }

    private void dispatch()
    {
        life.onRecord(record);
        requests.noteTemplate(record);
        switch (record.templateId())
        {
            case IntentDecoder.TEMPLATE_ID -> requests.onIntent(record, life.firstSequence());
            case OutcomeDecoder.TEMPLATE_ID -> requests.onOutcome(record);
            case DenialDecoder.TEMPLATE_ID -> requests.onDenial(record);
            case SealDecoder.TEMPLATE_ID -> seals.onSeal(record);
            case InterruptedDecoder.TEMPLATE_ID -> requests.onInterrupted(record, life.firstSequence());
            case UndeliveredDecoder.TEMPLATE_ID -> requests.onUndelivered(record);
            case RedeliveredDecoder.TEMPLATE_ID -> requests.onRedelivered(record);
            case PolicyInForceDecoder.TEMPLATE_ID -> policies.onPolicyInForce(record);
            case KeyChangedDecoder.TEMPLATE_ID -> policies.onKeyChanged(record);
            case GatewayStartedDecoder.TEMPLATE_ID ->
            {
                policies.onStarted();
                requests.onStarted(record, life);
            }
            default ->
            {
                // Nothing but the tree depends on it.
            }
        }
        if (life.isEndedInOrder())
        {
            requests.checkLeftOpen(life.firstSequence());
        }
    }

    /** A start follows that found the end torn; does it say so? */
    private void passTear()
    {
        if (GatewayStartedDecoder.TEMPLATE_ID != record.templateId() || 0 == life.tornBytes(record))
        {
            report.broken(tornPlace, "bytes cannot be read, and the start behind them does not tell of any");
        }
        torn = null;
    }

    private String torn(final JournalReader reader)
    {
        return "torn: " + reader.file().getFileName() + " offset " + reader.fileOffset() + ", " +
            reader.faultLength() + " bytes behind record " + reader.lastSequence() + ": " + reader.description() +
            "; the machine stopped in the middle of a record that was not sealed";
    }

    private void conclude()
    {
        report.fact("journal: " + container.files() + (1 == container.files() ? " file, " : " files, ") + records +
            " records" + (0 == records ? "" : ", sequences " + firstSequence + " to " + tree.size()));
        removed.conclude();
        life.conclude();
        policies.conclude();
        requests.conclude();
        if (tree.isWhole())
        {
            report.fact("tree: size " + tree.size() + ", root " +
                Base64.getEncoder().encodeToString(tree.frontier().root()));
        }
        report.fact(auditKeys.description());
        seals.conclude();
        checkpoints.conclude(tree.size(), seals.origin());
        checkpoints.close();
        if (null == signatures)
        {
            report.fact("signatures: not checked, as asked for");
        }
        else
        {
            signatures.conclude();
        }
        if (tree.size() > seals.sealedSize())
        {
            final long behind = tree.size() - Math.max(seals.sealedSize(), firstSequence - 1);
            report.fact("after the last seal: " + behind + (1 == behind ? " record" : " records") +
                ", from sequence " + (tree.size() - behind + 1) + ", protected by their checksums only");
        }
        if (null != torn)
        {
            report.fact(torn);
        }
        unknownRecords.conclude(report);
        if (0 == records)
        {
            report.doubt("the journal holds no record");
        }
    }

    private static Place place(final JournalReader reader, final long sequence)
    {
        return new Place(sequence, reader.file().getFileName().toString(), reader.fileOffset());
    }
}
