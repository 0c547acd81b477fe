package io.countersign.perf.process;

import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.LossCause;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.InterruptedEncoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.NonceMarkEncoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A venue that counts nonces sees none twice, however often the gateway's process is killed while requests are in
 * flight, and when its clock is set back between two lives.
 */
@Timeout(180)
class NonceOverKillNineTest
{
    private static final int ROUNDS = 3;
    private static final int AHEAD_AFTER_ROUND = 1;
    private static final int BOTS = 2;
    private static final int WINDOW = 8;
    private static final byte[] SECRET = "of a key at a venue that counts".getBytes(StandardCharsets.US_ASCII);

    private final List<NonceBot> bots = new ArrayList<>();
    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(NonceOverKillNineTest.class);
        final KeySpec kraken = fixture.token().importSecret("kraken", SigningAlgorithm.HMAC_SHA512, SECRET);
        fixture.write("gateway.yaml", fixture.configText().replace("policy: policy.yaml", """
              - alias: kraken
                id: "%s"
                algorithm: HMAC-SHA512
                check-value: %s
                venue: kraken-spot
                api-key: third
            policy: policy.yaml""".formatted(
            HexFormat.of().formatHex(kraken.id()), HexFormat.of().formatHex(kraken.pinned()))));
        fixture.write("policy.yaml", """
            principals:
              - name: maker-hmac
                api-key-versions: [1]
                rules: [{name: watch, keys: [kraken], operations: [query-account]}]
            """);
    }

    @AfterEach
    void after()
    {
        fixture.close();
        bots.forEach(NonceBot::awaitEnd);
    }

    @Test
    void shouldRiseInEverySignedRequest() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        long ahead = 0;
        for (int round = 0; round < ROUNDS; round++)
        {
            final GatewayJvm gateway = fixture.ready();
            final List<NonceBot> sending = new ArrayList<>();
            for (int i = 0; i < BOTS; i++)
            {
                sending.add(new NonceBot(fixture.clientContext(ProcessFixture.HMAC_MAKER)).start());
            }
            bots.addAll(sending);
            for (final NonceBot bot : sending)
            {
                bot.awaitSigned(1 + random.nextInt(1_000));
            }
            gateway.kill().awaitExit();
            if (AHEAD_AFTER_ROUND == round)
            {
                ahead = liveWithAClockAhead();
            }
        }
        final GatewayJvm last = fixture.ready();
        assertEquals(0, last.terminate().awaitExit(), last::describe);

        bots.forEach(NonceBot::awaitEnd);
        check("seed " + seed, ahead);
    }

    /** Recorded in order they rise, and each reply carries the one that was recorded for it. */
    private void check(final String when, final long ahead) throws Exception
    {
        final Map<Long, Long> nonceByIntent = new TreeMap<>();
        final Map<Long, Long> intentByOutcome = new HashMap<>();
        read(nonceByIntent, intentByOutcome);
        final List<Long> recorded = List.copyOf(nonceByIntent.values());
        for (int i = 1; i < recorded.size(); i++)
        {
            final int at = i;
            assertTrue(recorded.get(at - 1) < recorded.get(at), () ->
                when + ": " + recorded.get(at) + " follows " + recorded.get(at - 1));
        }
        assertTrue(recorded.contains(ahead + 1), when + ": it did not go on behind the life that was ahead");
        int received = 0;
        for (final NonceBot bot : bots)
        {
            assertNull(bot.failure, when);
            received += bot.nonceByOutcome.size();
            bot.nonceByOutcome.forEach((outcome, nonce) ->
                assertEquals(nonceByIntent.get(intentByOutcome.get(outcome)), nonce, when));
        }
        System.out.println("nonces over kill -9: " + recorded.size() + " recorded, " + received + " received, " + when);
    }

    private void read(final Map<Long, Long> nonceByIntent, final Map<Long, Long> intentByOutcome) throws IOException
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.RECORD == event)
            {
                if (IntentDecoder.TEMPLATE_ID == reader.templateId())
                {
                    nonceByIntent.put(reader.sequence(), new IntentDecoder().wrapAndApplyHeader(
                        reader.buffer(), reader.offset(), header).nonce());
                }
                else if (OutcomeDecoder.TEMPLATE_ID == reader.templateId())
                {
                    intentByOutcome.put(reader.sequence(), new OutcomeDecoder().wrapAndApplyHeader(
                        reader.buffer(), reader.offset(), header).intentSequence());
                }
                event = reader.poll();
            }
            assertEquals(JournalReader.Event.END, event, reader::description);
        }
    }

    /** Writes what a life with a clock an hour ahead would have left: for the next life, its own is set back. */
    private long liveWithAClockAhead()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final long utcMs = System.currentTimeMillis() + TimeUnit.HOURS.toMillis(1);
        final long utcNs = TimeUnit.MILLISECONDS.toNanos(utcMs);
        try (JournalLock lock = JournalLock.acquire(fixture.journal()))
        {
            final JournalRecovery recovery = JournalRecovery.run(lock);
            final ChronicleJournal journal = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(fixture.journal()).lock(lock).errorHandler((ex) ->
                {
                    throw new AssertionError(ex);
                }));
            long sequence = recovery.lastSequence() + 1;
            final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
            started.sequence(sequence).utcNs(utcNs).monotonicNs(1).processId(1).lastSequence(sequence - 1)
                .tornBytes(recovery.tornBytes()).interrupted(recovery.interruptedIntents().length).version("ahead");
            assertTrue(journal.append(buffer, 0, started.limit()));
            for (final long intent : recovery.interruptedIntents())
            {
                final InterruptedEncoder interrupted = new InterruptedEncoder().wrapAndApplyHeader(buffer, 0, header);
                interrupted.sequence(++sequence).utcNs(utcNs).monotonicNs(1).intentSequence(intent);
                assertTrue(journal.append(buffer, 0, interrupted.limit()));
            }
            final NonceMarkEncoder mark = new NonceMarkEncoder().wrapAndApplyHeader(buffer, 0, header);
            mark.sequence(++sequence).utcNs(utcNs).monotonicNs(1).nonce(NonceMarkEncoder.nonceNullValue())
                .keyVersion(7).key("by another name").venue("kraken-spot").apiKey("third");
            assertTrue(journal.append(buffer, 0, mark.limit()));
            final IntentEncoder intent = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
            intent.sequence(++sequence).utcNs(utcNs).monotonicNs(1).sessionId(1).requestId(1).policyVersion(1)
                .timestampMs(utcMs).keyVersion(7).tokenGeneration(1).decidedNs(1).builtNs(1).decisionUtcNs(utcNs)
                .accessScopes((short) 0).nonce(utcMs).binding(Binding.B)
                .principal("somebody").key("by another name").rule("")
                .putFrame(new byte[0], 0, 0).putPayload(new byte[0], 0, 0);
            assertTrue(journal.append(buffer, 0, intent.limit()));
            journal.close();
        }
        return utcMs;
    }

    /** Asks for its account as fast as it is answered, until its session is lost. */
    private static final class NonceBot implements ReplyListener
    {
        private final Map<Long, Long> nonceByOutcome = new TreeMap<>();
        private final CountersignClient.Context context;
        private final Thread thread = new Thread(this::run, "nonce bot");
        private volatile int signedCount;
        private volatile boolean isLost;
        private volatile Throwable failure;

        private NonceBot(final CountersignClient.Context context)
        {
            this.context = context.listener(this);
            thread.setDaemon(true);
        }

        NonceBot start()
        {
            thread.start();
            return this;
        }

        void awaitSigned(final int count)
        {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (signedCount < count)
            {
                assertTrue(thread.isAlive() && System.nanoTime() < deadlineNs, () -> "no signatures: " + failure);
                Thread.yield();
            }
        }

        void awaitEnd()
        {
            try
            {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            }
            catch (final InterruptedException ex)
            {
                throw new IllegalStateException(ex);
            }
            assertTrue(!thread.isAlive(), "a bot has not noticed the end of its session");
        }

        @Override
        public void onSigned(final long requestId, final SignedRequestView signed)
        {
            final String body = text(signed.body());
            final String nonce = body.substring("nonce=".length());
            assertEquals(signature(text(signed.path()), nonce, body), text(signed.signature()));
            nonceByOutcome.put(signed.outcomeSequence(), Long.parseLong(nonce));
            signedCount = nonceByOutcome.size();
        }

        @Override
        public void onRejected(
            final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
        {
            throw new AssertionError("refused: " + reason);
        }

        @Override
        public void onTimedOut(final long requestId)
        {
            isLost = true;
        }

        @Override
        public void onSessionLost(final LossCause cause)
        {
            isLost = true;
        }

        private void run()
        {
            try (CountersignClient client = CountersignClient.connect(context))
            {
                while (!isLost)
                {
                    if (client.inFlightCount() < WINDOW)
                    {
                        client.queryAccount().key("kraken").offer();
                    }
                    if (0 == client.poll())
                    {
                        Thread.yield();
                    }
                }
            }
            catch (final CountersignException ex)
            {
                isLost = true;
            }
            catch (final RuntimeException | Error ex)
            {
                failure = ex;
            }
        }

        /** By Kraken's page on authentication, without any part of the product. */
        private static String signature(final String path, final String nonce, final String body)
        {
            try
            {
                final ByteArrayOutputStream payload = new ByteArrayOutputStream();
                payload.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
                payload.writeBytes(MessageDigest.getInstance("SHA-256").digest(
                    (nonce + body).getBytes(StandardCharsets.US_ASCII)));
                final Mac mac = Mac.getInstance("HmacSHA512");
                mac.init(new SecretKeySpec(SECRET, "HmacSHA512"));
                return Base64.getEncoder().encodeToString(mac.doFinal(payload.toByteArray()));
            }
            catch (final GeneralSecurityException ex)
            {
                throw new IllegalStateException(ex);
            }
        }

        private static String text(final DirectBuffer buffer)
        {
            return buffer.getStringWithoutLengthAscii(0, buffer.capacity());
        }
    }
}
