package io.countersign.gateway.control;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.transport.PublicationId;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.gateway.control.ControlRig.MAX_PUBLICATIONS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Whoever has an ingress to himself uses up what is his, and nothing of what bots and operators need on another.
 */
class ControlFloodTest
{
    private static final GatewayCommand.CountNoise REFUSED =
        new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value());

    private final ControlRig rig = new ControlRig("""
        principals:
          - {name: maker, api-key-versions: [1], rules: [{name: r, keys: [key], operations: [query-account]}]}
        operators:
          - {name: boss, api-key-versions: [1], commands: [switch]}
        """);

    @AfterEach
    void after()
    {
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldTakeHandshakesOfAnotherIngressWhenOneHasAllItMay()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.connect(flooded(i), "maker", 1);
        }
        rig.agent.doWork();
        int derived = 0;
        while (null != rig.derivations.poll())
        {
            derived++;
        }
        assertEquals(MAX_PUBLICATIONS / 2, derived);
        rig.commands.clear();
        assertConnects();
    }

    @Test
    void shouldTakePublicationsOfAnotherIngressWhenOneHasAllItMay()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.nowNs += TimeUnit.SECONDS.toNanos(1);
            refusedByTheToken(flooded(i));
        }
        rig.nowNs += TimeUnit.SECONDS.toNanos(1);
        rig.connect(flooded(MAX_PUBLICATIONS), "maker", 1);
        rig.agent.doWork();
        assertEquals(REFUSED, rig.commands.poll());
        assertConnects();
    }

    @Test
    void shouldGiveBackTheShareOfPublicationsThatHaveGone()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.nowNs += TimeUnit.SECONDS.toNanos(1);
            refusedByTheToken(flooded(i));
        }
        for (int i = 0; i < MAX_PUBLICATIONS / 2; i++)
        {
            rig.gone.add(flooded(i));
        }
        rig.agent.doWork();
        rig.commands.clear();
        rig.nowNs += TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.connect(flooded(100 + i), "maker", 1);
        }
        rig.agent.doWork();
        assertEquals(MAX_PUBLICATIONS, rig.openEgresses);
        assertEquals(MAX_PUBLICATIONS / 2, rig.commands.size(), rig.commands::toString);
    }

    /** Each Connect that is taken up makes the token sign. */
    @Test
    void shouldHaveTheTokenDeriveNoFasterThanTheRateOfAnIngress()
    {
        final long intervalNs = TimeUnit.SECONDS.toNanos(1) / IngressShare.DERIVATIONS_PER_SECOND;
        for (int i = 0; i < MAX_PUBLICATIONS / 2; i++)
        {
            refusedByTheToken(flooded(0));
        }
        assertRefusedAtOnce();
        rig.nowNs += intervalNs - 1;
        assertRefusedAtOnce();
        rig.nowNs++;
        refusedByTheToken(flooded(0));
        assertRefusedAtOnce();
        assertConnects();

        rig.nowNs += TimeUnit.HOURS.toNanos(1);
        rig.agent.doWork();
        rig.commands.clear();
        for (int i = 0; i < MAX_PUBLICATIONS / 2; i++)
        {
            refusedByTheToken(flooded(0));
        }
        assertRefusedAtOnce();
    }

    @Test
    void shouldDeriveForEachIngressInTurn()
    {
        final ApiKeyDerivations derivations = new ApiKeyDerivations(2);
        final List<ApiKeyDerivation> offered = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            offered.add(new ApiKeyDerivation(new byte[]{(byte) i}, 1));
            assertTrue(derivations.offer(3 == i ? 1 : 0, offered.get(i)));
        }
        for (final int expected : new int[]{0, 3, 1, 2})
        {
            assertSame(offered.get(expected), derivations.poll());
        }
        assertNull(derivations.poll());
    }

    @Test
    void shouldPassOnWhatOthersSayWhenOneIngressHasFilledItsRing()
    {
        int flood = 0;
        while (rig.tryConnect(flooded(flood), "maker", 1))
        {
            flood++;
        }
        assertTrue(rig.tryConnect(PublicationId.of(1, 1), "maker", 1));
        assertTrue(rig.proxy.prove(PublicationId.of(1, 2), 5, new UnsafeBuffer(new byte[32]), 0));
        assertTrue(rig.proxy.release(flooded(0)));
        assertTrue(rig.proxy.reload(true, null));
        final List<String> polled = new ArrayList<>();
        rig.proxy.poll(new Recorder(polled));
        assertEquals(List.of("release", "reload"), polled.subList(0, 2), "before any handshake");
        assertTrue(polled.contains("connect by 1") && polled.contains("prove by 1"), polled::toString);
        assertTrue(polled.size() < 30, "a few frames of the flood at a time");

        polled.clear();
        assertTrue(rig.tryConnect(PublicationId.of(1, 1), "maker", 1));
        rig.proxy.poll(new Recorder(polled));
        assertEquals("connect by 1", polled.getFirst(), "in turn");
    }

    private void assertConnects()
    {
        for (final String principal : new String[]{"maker", "boss"})
        {
            final long publicationId = PublicationId.of(1, principal.length());
            assertNotNull(rig.challenged(publicationId, principal, 1), principal);
        }
    }

    private void assertRefusedAtOnce()
    {
        rig.connect(flooded(0), "maker", 1);
        rig.agent.doWork();
        assertNull(rig.derivations.poll());
        assertEquals(REFUSED, rig.commands.poll());
    }

    /** A handshake that ends at once. */
    private void refusedByTheToken(final long publicationId)
    {
        rig.connect(publicationId, "maker", 1);
        rig.agent.doWork();
        final ApiKeyDerivation derivation = rig.derivations.poll();
        assertNotNull(derivation);
        derivation.answer(null);
        rig.agent.doWork();
        rig.assertRefused(Reason.TOKEN_UNAVAILABLE);
    }

    private static long flooded(final int aeronSessionId)
    {
        return PublicationId.of(0, aeronSessionId);
    }

    /** Notes what comes, in order. */
    private record Recorder(List<String> polled) implements ControlProxy.HandshakeHandler
    {
        @Override
        public void onConnect(
            final long publicationId,
            final long correlationId,
            final int reason,
            final int apiKeyVersion,
            final byte[] clientNonce,
            final byte[] principal)
        {
            polled.add("connect by " + PublicationId.ingressIndex(publicationId));
        }

        @Override
        public void onProve(final long publicationId, final long correlationId, final byte[] clientProof)
        {
            polled.add("prove by " + PublicationId.ingressIndex(publicationId));
        }

        @Override
        public void onRelease(final long publicationId)
        {
            polled.add("release");
        }

        @Override
        public void onReload(final boolean isTrial, final byte[] sha256)
        {
            polled.add("reload");
        }
    }
}
