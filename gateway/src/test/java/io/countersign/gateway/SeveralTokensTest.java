package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenProvisioner;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway with two real tokens: {@code left} has the keys of the fixture and the master key, {@code right} has one
 * with another secret under the same CKA_ID and one with the published secret. In one module, and in two.
 */
@Timeout(120)
class SeveralTokensTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int ORDERS_MEANWHILE = 300;
    private static final Set<Reason> LOST = Set.of(Reason.TOKEN_ERROR, Reason.TOKEN_UNAVAILABLE);

    private final Queue<String> unsigned = new ConcurrentLinkedQueue<>();
    private final AtomicInteger signed = new AtomicInteger();
    private final SoftHsmFixture right = SoftHsmFixture.create();
    private volatile boolean isDone;

    SeveralTokensTest() throws Exception
    {
        secret("stranger", "another secret, under the id of the first key in the other token");
        secret("published", GatewayFixture.DOCUMENTED_SECRET);
    }

    @ParameterizedTest(name = "two modules: {0}")
    @ValueSource(booleans = {false, true})
    void shouldSignOnWithOneTokenWhileTheOtherIsLost(final boolean isTwoModules) throws Exception
    {
        try (GatewayFixture fixture = fixture(isTwoModules).launch())
        {
            final BlockingClient client = fixture.connect();
            assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, "hmac"));
            assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, "published"));
            assertTrue(!GatewayFixture.DOCUMENTED_SIGNATURE.equals(sign(client, "stranger")));

            final Thread others = Thread.ofPlatform().start(() -> signAllTheTime(fixture));
            try
            {
                awaitOthers(1);
                final KeySpec hmac = fixture.token().keys().getFirst();
                try (RawToken raw = new RawToken(fixture.token()))
                {
                    raw.destroy(hmac);
                }
                assertTrue(LOST.contains(refusal(client, "hmac")));
                assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(client, "hmac"));
                assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(client, "ed25519"));
                awaitOthers(signed.get() + ORDERS_MEANWHILE);
                assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(client, "hmac"));

                try (TokenProvisioner provisioner = fixture.token().provisioner())
                {
                    provisioner.importSecret(
                        hmac.id(), "hmac", SigningAlgorithm.HMAC_SHA256, bytes(GatewayFixture.DOCUMENTED_SECRET));
                }
                awaitSigned(client, "hmac");
                awaitOthers(signed.get() + 1);
            }
            finally
            {
                isDone = true;
                others.join();
            }
            assertEquals(List.of(), List.copyOf(unsigned));
            client.close();
            fixture.stop();
            assertEquals(
                List.of("left READY 1", "right READY 1", "left LOST 1", "left READY 2"), tokenChanges(fixture));
            assertSoundAndReplayable(fixture);
        }
    }

    /** The one that nobody asks for a signature does not notice by itself, and would keep the library from starting. */
    @Test
    void shouldTakeBothTokensOfALostLibraryAndBringThemBack() throws Exception
    {
        try (GatewayFixture fixture = fixture(false).launch())
        {
            final BlockingClient client = fixture.connect();
            assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, "published"));
            loseLibrary(fixture);
            assertEquals(Reason.TOKEN_ERROR, refusal(client, "hmac"));
            awaitSigned(client, "hmac");
            awaitSigned(client, "published");
            client.close();
            fixture.stop();
            assertEquals(
                List.of("left LOST 1", "left READY 1", "left READY 2", "right LOST 1", "right READY 1",
                    "right READY 2"),
                tokenChanges(fixture).stream().sorted().toList());
            assertSoundAndReplayable(fixture);
        }
    }

    @Test
    void shouldLoseNoTokenOfAnotherLibrary() throws Exception
    {
        try (GatewayFixture fixture = fixture(true).launch())
        {
            final BlockingClient client = fixture.connect();
            assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, "hmac"));
            final Thread others = Thread.ofPlatform().start(() -> signAllTheTime(fixture));
            try
            {
                awaitOthers(1);
                loseLibrary(fixture);
                assertEquals(Reason.TOKEN_ERROR, refusal(client, "hmac"));
                awaitSigned(client, "hmac");
                awaitOthers(signed.get() + ORDERS_MEANWHILE);
            }
            finally
            {
                isDone = true;
                others.join();
            }
            assertEquals(List.of(), List.copyOf(unsigned));
            client.close();
            fixture.stop();
            assertEquals(
                List.of("left READY 1", "right READY 1", "left LOST 1", "left READY 2"), tokenChanges(fixture));
        }
    }

    private GatewayFixture fixture(final boolean isTwoModules) throws Exception
    {
        final GatewayFixture fixture = new GatewayFixture().withSecondToken(
            right, isTwoModules ? SoftHsmFixture.otherModulePath() : SoftHsmFixture.modulePath());
        final Path policy = fixture.directory().resolve("policy.yaml");
        fixture.write("policy.yaml", Files.readString(policy)
            .replace("[hmac, ed25519]", "[hmac, ed25519, stranger, published]"));
        return fixture;
    }

    private void secret(final String alias, final String text) throws Exception
    {
        right.importSecret(alias, SigningAlgorithm.HMAC_SHA256, bytes(text));
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** No thread is inside the library: one order at a time goes to its tokens, and all are answered. */
    private static void loseLibrary(final GatewayFixture fixture) throws Exception
    {
        try (RawToken raw = new RawToken(fixture.token()))
        {
            raw.finaliseLibrary();
        }
    }

    private void signAllTheTime(final GatewayFixture fixture)
    {
        try (BlockingClient client = fixture.connect())
        {
            while (!isDone)
            {
                assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, "published"));
                signed.incrementAndGet();
            }
        }
        catch (final RuntimeException | AssertionError ex)
        {
            unsigned.add(ex.toString());
        }
    }

    private void awaitOthers(final int count)
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (signed.get() < count && unsigned.isEmpty())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the other token does not sign on");
            Thread.onSpinWait();
        }
        assertEquals(List.of(), List.copyOf(unsigned));
    }

    private static String sign(final BlockingClient client, final String key)
    {
        return client.newOrder((order) ->
        {
            GatewayFixture.documentedOrder(order);
            order.key(key);
        }).signature();
    }

    private static Reason refusal(final BlockingClient client, final String key)
    {
        try
        {
            throw new AssertionError("signed: " + sign(client, key));
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    private static void awaitSigned(final BlockingClient client, final String key)
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        boolean isSigned = false;
        while (!isSigned)
        {
            try
            {
                assertEquals(GatewayFixture.DOCUMENTED_SIGNATURE, sign(client, key));
                isSigned = true;
            }
            catch (final RejectedException ex)
            {
                assertTrue(LOST.contains(ex.reason()), ex.toString());
                assertTrue(System.nanoTime() - deadlineNs < 0, "the token does not come back");
            }
        }
    }

    private static List<String> tokenChanges(final GatewayFixture fixture) throws Exception
    {
        return records(fixture).stream().filter((record) -> record.is(TokenChangedDecoder.TEMPLATE_ID))
            .map((changed) -> changed.token + " " + changed.state + " " + changed.generation).toList();
    }

    private static List<JournalRecord> records(final GatewayFixture fixture) throws Exception
    {
        final List<JournalRecord> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                records.add(new JournalRecord(new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length())));
            }
        }
        return records;
    }

    /** Each Intent has its Outcome and the generation of its own token, and each decision can be taken again. */
    private static void assertSoundAndReplayable(final GatewayFixture fixture) throws Exception
    {
        final List<JournalRecord> records = records(fixture);
        final List<JournalRecord> intents =
            records.stream().filter((record) -> record.is(IntentDecoder.TEMPLATE_ID)).toList();
        assertEquals(
            intents.stream().map((intent) -> intent.sequence).toList(),
            records.stream().filter((record) -> record.is(OutcomeDecoder.TEMPLATE_ID))
                .map((outcome) -> outcome.intentSequence).toList());
        final int[] generations = new int[2];
        for (final JournalRecord record : records)
        {
            if (record.is(TokenChangedDecoder.TEMPLATE_ID))
            {
                generations["left".equals(record.token) ? 0 : 1] = record.generation;
            }
            else if (record.is(IntentDecoder.TEMPLATE_ID))
            {
                assertEquals(
                    generations[Set.of("hmac", "ed25519").contains(record.key) ? 0 : 1], record.generation);
            }
        }

        final Redecision redecision = new Redecision(fixture.journal());
        int decisions = 0;
        try (JournalReader reader = new JournalReader(fixture.journal()))
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
        assertTrue(decisions > intents.size(), "and the denials");
    }
}
