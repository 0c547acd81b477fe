package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.wire.Reason;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenProvisioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(90)
class TokenLossTest
{
    private static final Set<Reason> TOKEN_REASONS = Set.of(Reason.TOKEN_ERROR, Reason.TOKEN_UNAVAILABLE);
    private static final long RECONNECT_LIMIT_MS = 20_000;

    private ProcessFixture fixture;
    private GatewayJvm gateway;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(TokenLossTest.class);
        gateway = fixture.ready();
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldSignAgainWhenADestroyedKeyIsBack() throws Exception
    {
        try (BlockingClient hmac = BlockingClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER));
            BlockingClient ed25519 = BlockingClient.connect(fixture.clientContext(ProcessFixture.ED25519_MAKER)))
        {
            assertSigned(hmac, "before");
            destroyHmac();

            assertTrue(TOKEN_REASONS.contains(refusal(hmac, "hmac", "destroyed")));
            assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(hmac, "hmac", "still-destroyed"));
            assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(ed25519, "ed25519", "other-principal"));
            assertEquals(List.of("READY 1", "LOST 1"), fixture.audit().tokenChanges());

            gateway.awaitComplaint();
            try (TokenProvisioner provisioner = fixture.token().provisioner())
            {
                assertArrayEquals(fixture.hmac().pinned(), provisioner.importSecret(
                    fixture.hmac().id(), "hmac", SigningAlgorithm.HMAC_SHA256, ProcessFixture.secret()));
            }
            awaitSigned(hmac);
            assertTrue(ed25519.newOrder((order) -> OrderBot.fill(order, "ed25519", "again")).signNs() > 0);
        }
        stop();
        assertEquals(List.of("READY 1", "LOST 1", "READY 2"), fixture.audit().tokenChanges());
        // What was wrong is said, in lines.
        gateway.err().forEach((line) -> assertTrue(
            line.startsWith("countersign gateway: ") && line.contains("hmac") && line.contains("not found"), line));
    }

    @Test
    void shouldNeverSignWithAnotherKeyUnderTheSameId() throws Exception
    {
        final byte[] other = ProcessFixture.secret();
        Arrays.fill(other, (byte) 7);
        try (BlockingClient hmac = BlockingClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER)))
        {
            assertSigned(hmac, "before");
            destroyHmac();
            try (RawToken token = new RawToken(fixture.token()))
            {
                token.createSecret(fixture.hmac().id(), SigningAlgorithm.HMAC_SHA256, other);
            }
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (int i = 0; System.nanoTime() < endNs; i++)
            {
                assertTrue(TOKEN_REASONS.contains(refusal(hmac, "hmac", "replaced-" + i)));
            }
        }
        stop();
        assertEquals(List.of("READY 1", "LOST 1"), fixture.audit().tokenChanges());
        gateway.err().forEach((line) -> assertTrue(line.contains("hmac") && line.contains("check value"), line));
    }

    private void destroyHmac() throws Exception
    {
        try (RawToken token = new RawToken(fixture.token()))
        {
            token.destroy(fixture.hmac());
        }
    }

    private void stop()
    {
        assertTrue(gateway.isAlive(), gateway::describe);
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        assertTrue(fixture.audit().assertSound("token loss").assertNoOpenIntent("token loss").isSealed());
    }

    private static void assertSigned(final BlockingClient client, final String clientOrderId)
    {
        final SignedRequest signed = client.newOrder((order) -> OrderBot.fill(order, "hmac", clientOrderId));
        assertEquals(JournalAudit.expectedHmac(signed.query()), signed.signature());
    }

    private static Reason refusal(final BlockingClient client, final String key, final String clientOrderId)
    {
        try
        {
            throw new AssertionError(
                "signed: " + client.newOrder((order) -> OrderBot.fill(order, key, clientOrderId)).query());
        }
        catch (final RejectedException ex)
        {
            assertTrue(ex.recordSequence() > 0, "a refusal that the journal does not hold");
            return ex.reason();
        }
    }

    private static void awaitSigned(final BlockingClient client)
    {
        final long startNs = System.nanoTime();
        boolean isSigned = false;
        while (!isSigned)
        {
            try
            {
                assertSigned(client, "is-it-back");
                isSigned = true;
            }
            catch (final RejectedException ex)
            {
                assertEquals(Reason.TOKEN_UNAVAILABLE, ex.reason());
                assertTrue(System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(RECONNECT_LIMIT_MS),
                    "the gateway does not reconnect");
            }
        }
        System.out.println("signs again " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) +
            " ms after the key was back");
    }
}
