package io.countersign.ops.verify;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.UndeliveredDecoder;
import org.agrona.collections.Long2ObjectHashMap;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether each intent has what became of it, and each outcome its intent; hands the signatures on.
 */
final class RequestCheck
{
    /** Far more than a gateway has in flight. */
    private static final int MAX_OPEN = 1 << 18;

    private record OpenIntent(
        Place place, long sessionId, long requestId, String alias, int keyVersion, byte[] payload)
    {
    }

    private final IntentDecoder intent = new IntentDecoder();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final InterruptedDecoder interrupted = new InterruptedDecoder();
    private final UndeliveredDecoder undelivered = new UndeliveredDecoder();
    private final RedeliveredDecoder redelivered = new RedeliveredDecoder();
    private final RecentTemplates templates = new RecentTemplates();
    private final Long2ObjectHashMap<OpenIntent> open = new Long2ObjectHashMap<>();
    private final PolicyCheck policies;
    private final SignatureCheck signatures;
    private final Report report;
    private long lifeChecked;
    private long intents;
    private long failed;
    private long signed;
    private long interruptions;
    private long denials;
    private long beyond;

    /** Null for signatures leaves them unchecked. */
    RequestCheck(final PolicyCheck policies, final SignatureCheck signatures, final Report report)
    {
        this.policies = policies;
        this.signatures = signatures;
        this.report = report;
    }

    void noteTemplate(final JournalRecord record)
    {
        templates.add(record.sequence(), record.templateId());
    }

    void onStarted(final JournalRecord record, final LifeCheck life)
    {
        if (open.size() != life.interrupted() && 0 == beyond)
        {
            report.broken(record.place(), "the start found " + life.interrupted() +
                " intents without an outcome, and there are " + open.size());
        }
    }

    void onIntent(final JournalRecord record, final long lifeFirstSequence)
    {
        intents++;
        checkLeftOpen(lifeFirstSequence);
        intent.wrapAndApplyHeader(record.buffer(), 0, record.header());
        policies.onDecision(record, intent.policyVersion());
        if (open.size() >= MAX_OPEN)
        {
            beyond++;
            report.broken(record.place(), "more than " + MAX_OPEN + " intents are open at once");
            return;
        }
        String alias = null;
        byte[] payload = null;
        if (null != signatures)
        {
            intent.skipPrincipal();
            alias = intent.key();
            intent.skipRule();
            intent.skipFrame();
            payload = new byte[intent.payloadLength()];
            intent.getPayload(payload, 0, payload.length);
        }
        open.put(record.sequence(), new OpenIntent(
            record.place(), intent.sessionId(), intent.requestId(), alias, intent.keyVersion(), payload));
    }

    void onOutcome(final JournalRecord record)
    {
        outcome.wrapAndApplyHeader(record.buffer(), 0, record.header());
        final boolean isSigned = Result.SIGNED == outcome.result();
        signed += isSigned ? 1 : 0;
        failed += isSigned ? 0 : 1;
        final OpenIntent of = open.remove(outcome.intentSequence());
        if (null == of)
        {
            if (0 == beyond)
            {
                report.broken(record.place(), "is the outcome of record " + outcome.intentSequence() +
                    ", which is no intent that waits for one");
            }
            return;
        }
        if (of.sessionId != outcome.sessionId() || of.requestId != outcome.requestId())
        {
            report.broken(record.place(), "has another session or request id than its intent, record " +
                outcome.intentSequence());
        }
        if (null != signatures)
        {
            outcome.skipPrincipal();
            final String alias = outcome.key();
            if (!alias.equals(of.alias))
            {
                report.broken(record.place(), "names another key than its intent, record " + outcome.intentSequence());
            }
            final byte[] signature = new byte[outcome.signatureLength()];
            outcome.getSignature(signature, 0, signature.length);
            if (isSigned)
            {
                signatures.add(record.place(), of.alias, of.keyVersion, of.payload, signature);
            }
            else if (signature.length > 0)
            {
                report.broken(record.place(), "has a signature, though the token failed");
            }
        }
    }

    void onInterrupted(final JournalRecord record, final long lifeFirstSequence)
    {
        interruptions++;
        interrupted.wrapAndApplyHeader(record.buffer(), 0, record.header());
        final long sequence = interrupted.intentSequence();
        if ((null == open.remove(sequence) || sequence > lifeFirstSequence) && 0 == beyond)
        {
            report.broken(record.place(), "tells that record " + sequence +
                " was interrupted, which is no intent of an earlier life that waits for an outcome");
        }
    }

    void onDenial(final JournalRecord record)
    {
        denials++;
        denial.wrapAndApplyHeader(record.buffer(), 0, record.header());
        policies.onDecision(record, denial.policyVersion());
    }

    void onUndelivered(final JournalRecord record)
    {
        undelivered.wrapAndApplyHeader(record.buffer(), 0, record.header());
        final long sequence = undelivered.recordSequence();
        final int templateId = templates.of(sequence);
        if (0 != sequence && (sequence < 0 || sequence >= record.sequence() || IntentDecoder.TEMPLATE_ID == templateId))
        {
            report.broken(record.place(), "names record " + sequence + " as what was to be answered, which is none");
        }
    }

    void onRedelivered(final JournalRecord record)
    {
        redelivered.wrapAndApplyHeader(record.buffer(), 0, record.header());
        final long sequence = redelivered.recordSequence();
        final int templateId = templates.of(sequence);
        if (sequence <= 0 || sequence >= record.sequence() ||
            RecentTemplates.UNKNOWN != templateId && OutcomeDecoder.TEMPLATE_ID != templateId)
        {
            report.broken(record.place(), "names record " + sequence + " as the outcome whose reply it is, which it " +
                "is not");
        }
    }

    /** A life that goes on has told of all that the lives before it left open. */
    void checkLeftOpen(final long lifeFirstSequence)
    {
        if (lifeChecked == lifeFirstSequence)
        {
            return;
        }
        lifeChecked = lifeFirstSequence;
        final List<OpenIntent> left = new ArrayList<>();
        open.values().forEach((of) ->
        {
            if (of.place.sequence() < lifeFirstSequence)
            {
                left.add(of);
            }
        });
        for (final OpenIntent of : left)
        {
            report.broken(of.place, "is an intent with neither Outcome nor Interrupted, and the life that began at " +
                "record " + lifeFirstSequence + " went on without a word of it");
            open.remove(of.place.sequence());
        }
    }

    void conclude()
    {
        report.fact("requests: " + intents + " intents, " + signed + " signed, " + failed + " failed, " +
            interruptions + " interrupted, " + denials + " denied, " + open.size() + " without an outcome at the end");
    }
}
