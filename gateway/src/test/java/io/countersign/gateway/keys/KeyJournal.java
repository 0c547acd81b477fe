package io.countersign.gateway.keys;

import io.countersign.codecs.journal.CommandGivenDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.KeyState;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.RegisterSavedDecoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a journal says of keys and commands.
 */
final class KeyJournal
{
    final List<Command> commands = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Signed> signed = new ArrayList<>();

    /** Times of SwitchChanged. */
    final List<Long> switched = new ArrayList<>();

    /** Generations of RegisterSaved. */
    final List<Long> saved = new ArrayList<>();
    private final Map<Long, Signed> intents = new LinkedHashMap<>();

    record Command(
        long sequence, long monotonicNs, long acceptedNs, Reason reason, String operator, String text, String answer)
    {
    }

    record Change(long sequence, long monotonicNs, String alias, int version, KeyState state, String operator)
    {
    }

    record Signed(long sequence, String alias, int version, byte[] payload, byte[] signature)
    {
    }

    static KeyJournal read(final Path directory) throws Exception
    {
        final KeyJournal journal = new KeyJournal();
        try (JournalReader reader = new JournalReader(directory))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                journal.onRecord(new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length()));
            }
        }
        return journal;
    }

    /** Each decision can be taken again, from what the journal has before it. */
    static void assertReplayable(final Path directory) throws Exception
    {
        final Redecision redecision = new Redecision(directory);
        int decisions = 0;
        try (JournalReader reader = new JournalReader(directory))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (redecision.onRecord(reader.buffer(), reader.offset()))
                {
                    decisions++;
                    assertTrue(redecision.replay().isSameDecision(), "record " + reader.sequence());
                }
            }
        }
        assertTrue(decisions > 0);
    }

    private void onRecord(final UnsafeBuffer record)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
        switch (header.templateId())
        {
            case CommandGivenDecoder.TEMPLATE_ID ->
            {
                final CommandGivenDecoder given = new CommandGivenDecoder().wrapAndApplyHeader(record, 0, header);
                commands.add(new Command(given.sequence(), given.monotonicNs(), given.acceptedNs(),
                    Reason.get(given.reason()), given.operatorName(), given.command(), given.answer()));
            }
            case KeyChangedDecoder.TEMPLATE_ID ->
            {
                final KeyChangedDecoder changed = new KeyChangedDecoder().wrapAndApplyHeader(record, 0, header);
                changes.add(new Change(changed.sequence(), changed.monotonicNs(), changed.alias(),
                    changed.keyVersion(), changed.state(), changed.operatorName()));
            }
            case RegisterSavedDecoder.TEMPLATE_ID -> saved.add(
                new RegisterSavedDecoder().wrapAndApplyHeader(record, 0, header).generation());
            case SwitchChangedDecoder.TEMPLATE_ID -> switched.add(
                new SwitchChangedDecoder().wrapAndApplyHeader(record, 0, header).monotonicNs());
            case IntentDecoder.TEMPLATE_ID ->
            {
                final IntentDecoder intent = new IntentDecoder().wrapAndApplyHeader(record, 0, header);
                final long sequence = intent.sequence();
                final int version = intent.keyVersion();
                intent.skipPrincipal();
                final String alias = intent.key();
                intent.skipRule();
                intent.skipFrame();
                final byte[] payload = new byte[intent.payloadLength()];
                intent.getPayload(payload, 0, payload.length);
                intents.put(sequence, new Signed(sequence, alias, version, payload, null));
            }
            case OutcomeDecoder.TEMPLATE_ID -> onOutcome(new OutcomeDecoder().wrapAndApplyHeader(record, 0, header));
            default ->
            {
                // Says nothing of keys.
            }
        }
    }

    private void onOutcome(final OutcomeDecoder outcome)
    {
        final Signed intent = intents.get(outcome.intentSequence());
        if (Result.SIGNED == outcome.result())
        {
            outcome.skipPrincipal();
            outcome.skipKey();
            final byte[] signature = new byte[outcome.signatureLength()];
            outcome.getSignature(signature, 0, signature.length);
            signed.add(new Signed(intent.sequence, intent.alias, intent.version, intent.payload, signature));
        }
    }
}
