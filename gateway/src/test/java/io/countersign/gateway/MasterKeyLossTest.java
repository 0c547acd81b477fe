package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SessionRejectedException;
import io.countersign.codecs.wire.Reason;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenProvisioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MasterKeyLossTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    @Test
    @Timeout(90)
    void shouldRefuseConnectsWhileTheMasterKeyIsAwayAndKeepSessionsThroughIt() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture().launch(); BlockingClient before = fixture.connect())
        {
            assertSigned(before);
            try (RawToken token = new RawToken(fixture.token()))
            {
                token.destroy(fixture.masterKey());
            }
            assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(fixture));
            assertEquals(Reason.TOKEN_UNAVAILABLE, refusal(fixture));

            try (TokenProvisioner provisioner = fixture.token().provisioner())
            {
                provisioner.importSecret(
                    fixture.masterKey().id(), "master", SigningAlgorithm.HMAC_SHA256, GatewayFixture.masterSecret());
            }
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (!isOpened(fixture))
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "no session within 30 s");
            }
            assertSigned(before);
        }
    }

    private static boolean isOpened(final GatewayFixture fixture)
    {
        try (BlockingClient client = fixture.connect())
        {
            return isSigned(client);
        }
        catch (final SessionRejectedException ex)
        {
            assertEquals(Reason.TOKEN_UNAVAILABLE, ex.reason());
            return false;
        }
    }

    private static boolean isSigned(final BlockingClient client)
    {
        try
        {
            assertSigned(client);
            return true;
        }
        catch (final RejectedException ex)
        {
            // The session was opened by one connection to the token, and the lane of the next is on its way.
            assertEquals(Reason.TOKEN_UNAVAILABLE, ex.reason());
            return false;
        }
    }

    private static void assertSigned(final BlockingClient client)
    {
        assertEquals(
            GatewayFixture.DOCUMENTED_SIGNATURE, client.newOrder(GatewayFixture::documentedOrder).signature());
    }

    private static Reason refusal(final GatewayFixture fixture)
    {
        return assertThrows(SessionRejectedException.class, fixture::connect).reason();
    }
}
