package io.countersign.perf.process;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.gateway.journal.JournalReader;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads a journal as an auditor does and holds it against the rules in journal.xml and against what bots received.
 */
final class JournalAudit
{
    private static final String SIGNATURE_FIELD = "&signature=";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<Long, byte[]> signatures = new HashMap<>();
    private final Map<Long, Long> failures = new HashMap<>();
    private final Set<Long> openIntents = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();
    private final List<String> tokenChanges = new ArrayList<>();
    private final List<String> closeCauses = new ArrayList<>();
    private final Map<Long, Long> undelivered = new HashMap<>();
    private long lastSequence;
    private int lastTemplateId;
    private int interruptedLeft;
    private int intents;
    private int denials;

    /**
     * A life of a gateway.
     *
     * @param sequence    of its first record.
     * @param processId   of the gateway.
     * @param interrupted intents that it found open.
     */
    record Life(long sequence, long processId, int interrupted)
    {
    }

    private JournalAudit()
    {
    }

    static JournalAudit read(final Path directory)
    {
        final JournalAudit audit = new JournalAudit();
        try (JournalReader reader = new JournalReader(directory))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.END != event && JournalReader.Event.INCOMPLETE != event)
            {
                if (JournalReader.Event.RECORD == event)
                {
                    audit.onRecord(reader);
                }
                else
                {
                    audit.faults.add(event + " " + reader.description() + " at " + reader.fileOffset());
                    if (JournalReader.Event.TORN == event)
                    {
                        break;
                    }
                }
                event = reader.poll();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return audit;
    }

    /** No rule of the journal is broken; at most one intent of a life that did not end well is open. */
    JournalAudit assertSound(final String when)
    {
        assertEquals(List.of(), faults, when);
        assertEquals(0, interruptedLeft, () -> when + ": GatewayStarted announced more Interrupted than there are");
        assertTrue(openIntents.size() <= 1, () -> when + ": open intents " + openIntents);
        return this;
    }

    JournalAudit assertNoOpenIntent(final String when)
    {
        assertEquals(Set.of(), openIntents, when);
        return this;
    }

    /** Everything that the bot was told stands in the journal. */
    JournalAudit assertHolds(final OrderBot bot, final String when)
    {
        for (final OrderBot.Signed signed : bot.signed())
        {
            final byte[] signature = signatures.get(signed.outcomeSequence());
            assertTrue(null != signature,
                () -> when + ": a signature was delivered without its outcome " + signed.outcomeSequence());
            if (64 == signed.signature().length())
            {
                assertEquals(signed.signature(), HexFormat.of().formatHex(signature), when);
                assertEquals(expectedHmac(signed.query()), signed.signature(), when);
            }
            else
            {
                assertEquals(
                    signed.signature(), java.util.Base64.getEncoder().encodeToString(signature), when);
            }
        }
        return this;
    }

    List<Life> lives()
    {
        return lives;
    }

    long lastSequence()
    {
        return lastSequence;
    }

    boolean isSealed()
    {
        return GatewayStoppedDecoder.TEMPLATE_ID == lastTemplateId;
    }

    int intents()
    {
        return intents;
    }

    int denials()
    {
        return denials;
    }

    int signedCount()
    {
        return signatures.size();
    }

    /** {@code READY 1}, {@code LOST 1}, in order. */
    List<String> tokenChanges()
    {
        return tokenChanges;
    }

    /** Causes of ended sessions, in order. */
    List<String> closeCauses()
    {
        return closeCauses;
    }

    /** Return value of the token by the sequence of the outcome. */
    Map<Long, Long> failures()
    {
        return failures;
    }

    /** Undelivered records by session. */
    Map<Long, Long> undelivered()
    {
        return undelivered;
    }

    /** The HMAC-SHA256 of a Binance query, computed without any part of the product. */
    static String expectedHmac(final String query)
    {
        final String payload = query.substring(0, query.indexOf(SIGNATURE_FIELD));
        try
        {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ProcessFixture.secret(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private void onRecord(final JournalReader reader)
    {
        final long sequence = reader.sequence();
        check(lastSequence + 1 == sequence, "sequence " + sequence + " follows " + lastSequence);
        check(0 != lastSequence || GatewayStartedDecoder.TEMPLATE_ID == reader.templateId(), "begins with no start");
        check(!isSealed() || GatewayStartedDecoder.TEMPLATE_ID == reader.templateId() ||
            SealDecoder.TEMPLATE_ID == reader.templateId(), "goes on behind GatewayStopped");
        // A life ends with GatewayStopped, and with the seals that cover it.
        lastTemplateId = SealDecoder.TEMPLATE_ID == reader.templateId() ? lastTemplateId : reader.templateId();
        switch (reader.templateId())
        {
            case GatewayStartedDecoder.TEMPLATE_ID -> onStarted(reader);
            case IntentDecoder.TEMPLATE_ID ->
            {
                intents++;
                openIntents.add(sequence);
            }
            case DenialDecoder.TEMPLATE_ID -> denials++;
            case OutcomeDecoder.TEMPLATE_ID -> onOutcome(reader);
            case InterruptedDecoder.TEMPLATE_ID ->
            {
                final long intent = new InterruptedDecoder().wrapAndApplyHeader(
                    reader.buffer(), reader.offset(), header).intentSequence();
                interruptedLeft--;
                check(openIntents.remove(intent), "interrupted intent " + intent + " was not open");
            }
            case TokenChangedDecoder.TEMPLATE_ID ->
            {
                final TokenChangedDecoder changed = new TokenChangedDecoder().wrapAndApplyHeader(
                    reader.buffer(), reader.offset(), header);
                tokenChanges.add(changed.state() + " " + changed.generation());
            }
            case SessionClosedDecoder.TEMPLATE_ID -> closeCauses.add(new SessionClosedDecoder().wrapAndApplyHeader(
                reader.buffer(), reader.offset(), header).cause().name());
            case UndeliveredDecoder.TEMPLATE_ID -> undelivered.merge(
                new UndeliveredDecoder().wrapAndApplyHeader(
                    reader.buffer(), reader.offset(), header).sessionId(), 1L, Long::sum);
            default ->
            {
                // Nothing to hold against anything.
            }
        }
        lastSequence = sequence;
    }

    private void onStarted(final JournalReader reader)
    {
        final GatewayStartedDecoder started = new GatewayStartedDecoder().wrapAndApplyHeader(
            reader.buffer(), reader.offset(), header);
        check(lastSequence == started.lastSequence(),
            "a life begins behind " + started.lastSequence() + ", not " + lastSequence);
        check(0 == interruptedLeft, "the life before announced more Interrupted than it wrote");
        check(openIntents.size() == started.interrupted(),
            started.interrupted() + " interrupted announced, open are " + openIntents);
        interruptedLeft = started.interrupted();
        lives.add(new Life(started.sequence(), started.processId(), started.interrupted()));
    }

    private void onOutcome(final JournalReader reader)
    {
        final OutcomeDecoder outcome = new OutcomeDecoder().wrapAndApplyHeader(
            reader.buffer(), reader.offset(), header);
        check(openIntents.remove(outcome.intentSequence()),
            "outcome of intent " + outcome.intentSequence() + ", which is not open");
        final boolean isSigned = Result.SIGNED == outcome.result();
        final long returnValue = outcome.returnValue();
        outcome.skipPrincipal();
        outcome.skipKey();
        final byte[] signature = new byte[outcome.signatureLength()];
        outcome.getSignature(signature, 0, signature.length);
        check(isSigned == signature.length > 0, "result and signature do not agree");
        if (isSigned)
        {
            signatures.put(reader.sequence(), signature);
        }
        else
        {
            failures.put(reader.sequence(), returnValue);
        }
    }

    private void check(final boolean isRight, final String fault)
    {
        if (!isRight)
        {
            faults.add(fault);
        }
    }
}
