package io.countersign.gateway.control;

import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.transport.PublicationId;
import io.countersign.gateway.transport.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.gateway.control.ControlRig.MAX_PUBLICATIONS;
import static io.countersign.gateway.control.ControlRig.secret;
import static io.countersign.gateway.control.ControlRig.transcript;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ControlAgentTest
{
    private static final String POLICY = """
        principals:
          - {name: maker, api-key-versions: [1], rules: [{name: r, keys: [key], operations: [query-account]}]}
          - {name: lan, api-key-versions: [1], sources: [{ingress: "udp:desk", addresses: [10.1.0.0/16]}],
             rules: [{name: r, keys: [key], operations: [query-account]}]}
          - {name: nobody-yet, rules: [{name: r, keys: [key], operations: [query-account]}]}
        """;

    private final ControlRig rig = new ControlRig(POLICY);

    @AfterEach
    void after()
    {
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldChallengeAndOpenWhenTheProofFits()
    {
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        final HandshakeTranscript transcript = transcript("maker", 1, challenge);
        assertArrayEquals(transcript.gatewayProof(secret()), challenge.gatewayProof());
        assertArrayEquals(new byte[32], rig.apiKey, "the API key is kept no longer than the challenge needs it");
        rig.prove(transcript.botProof(secret()));
        final GatewayCommand.OpenSession open = assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
        assertEquals(1, open.session().apiKeyVersion());
        assertTrue(rig.commands.isEmpty());
    }

    @Test
    void shouldRefuseWhatIsNotValidOnlyAfterProve()
    {
        for (final Object[] claim : new Object[][]{{"maker", 2}, {"nobody-yet", 1}, {"stranger", 1}})
        {
            final String principal = (String) claim[0];
            final int version = (int) claim[1];
            final GatewayCommand.ChallengeBot challenge = rig.challenged(principal, version);
            rig.prove(transcript(principal, version, challenge).botProof(secret()));
            rig.assertRefused(Reason.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void shouldTellOfTheSourceOnlyAfterTheProof()
    {
        rig.source = Source.udp("udp:desk", IpEndpoint.parse("10.2.0.1:4711"), 40_124);
        rig.prove(transcript("lan", 1, EgressChannel.udp(40_124), rig.challenged("lan", 1)).gatewayProof(secret()));
        rig.assertRefused(Reason.AUTHENTICATION_FAILED);

        rig.prove(transcript("lan", 1, EgressChannel.udp(40_124), rig.challenged("lan", 1)).botProof(secret()));
        rig.assertRefused(Reason.SOURCE_NOT_GRANTED);
    }

    @Test
    void shouldOpenForASourceThatIsGranted()
    {
        rig.source = Source.udp("udp:desk", IpEndpoint.parse("10.1.255.255:4711"), 40_124);
        rig.prove(transcript("lan", 1, EgressChannel.udp(40_124), rig.challenged("lan", 1)).botProof(secret()));
        final GatewayCommand.OpenSession open = assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
        assertSame(rig.source, open.session().source());
        assertEquals("10.1.255.255:4711", new String(open.session().source().text(), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldRefuseAProofOfAnotherWayBack()
    {
        rig.source = Source.udp("udp:desk", IpEndpoint.parse("10.1.0.1:1"), 40_124);
        for (final EgressChannel another : List.of(EgressChannel.IPC, EgressChannel.udp(40_125)))
        {
            rig.prove(transcript("lan", 1, another, rig.challenged("lan", 1)).botProof(secret()));
            rig.assertRefused(Reason.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void shouldForgetWhereAPublicationCameFromThatHasGone()
    {
        rig.source = Source.udp("udp:desk", IpEndpoint.parse("10.1.0.1:1"), 40_124);
        rig.challenged("lan", 1);
        assertEquals(1, rig.openEgresses);

        rig.gone.add(7L);
        rig.source = Source.udp("udp:desk", IpEndpoint.parse("10.2.0.1:1"), 40_124);
        rig.connect(7, "lan", 1);
        rig.agent.doWork();
        assertEquals(new GatewayCommand.LoseSession(7), rig.commands.poll());
        final GatewayCommand.ChallengeBot again = rig.challengedAfterConnect("lan", 1);
        rig.prove(transcript("lan", 1, EgressChannel.udp(40_124), again).botProof(secret()));
        rig.assertRefused(Reason.SOURCE_NOT_GRANTED);
        assertEquals(1, rig.openEgresses);
    }

    @Test
    void shouldTellPublicationsOfTwoIngressesApart()
    {
        rig.connect(PublicationId.of(0, 7), "maker", 1);
        rig.connect(PublicationId.of(1, 7), "maker", 1);
        rig.agent.doWork();
        assertEquals(2, rig.openEgresses);
        assertTrue(rig.commands.isEmpty());
        rig.gone.add(PublicationId.of(1, 7));
        rig.agent.doWork();
        assertEquals(new GatewayCommand.LoseSession(PublicationId.of(1, 7)), rig.commands.poll());
        assertEquals(1, rig.openEgresses);
    }

    @Test
    void shouldDropAConnectWhoseSourceCannotBeAnswered()
    {
        rig.source = null;
        rig.connect(7, "maker", 1);
        rig.agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), rig.commands.poll());
        assertEquals(0, rig.openEgresses);
    }

    @Test
    void shouldEndAHandshakeThatTakesTooLong()
    {
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        rig.nowNs += TimeUnit.SECONDS.toNanos(5) - 1;
        rig.agent.doWork();
        assertTrue(rig.commands.isEmpty());
        rig.nowNs++;
        rig.agent.doWork();
        rig.assertRefused(Reason.AUTHENTICATION_FAILED);

        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        assertEquals(new GatewayCommand.CountNoise(Reason.UNKNOWN_SESSION.value()), rig.commands.poll());
    }

    @Test
    void shouldSayThatTheTokenIsUnavailable()
    {
        rig.connect(7, "maker", 1);
        rig.agent.doWork();
        rig.derivations.poll().answer(null);
        rig.agent.doWork();
        rig.assertRefused(Reason.TOKEN_UNAVAILABLE);

        rig.connect(7, "maker", 1);
        rig.agent.doWork();
        final ApiKeyDerivation late = rig.derivations.poll();
        rig.nowNs += TimeUnit.SECONDS.toNanos(4);
        rig.agent.doWork();
        rig.assertRefused(Reason.TOKEN_UNAVAILABLE);
        late.answer(rig.apiKey);
        assertArrayEquals(new byte[32], rig.apiKey, "an API key that nobody waits for is zeroed");
    }

    @Test
    void shouldTakeNoMoreHandshakesThanItsLimit()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.connect(100 + i, "maker", 1);
        }
        rig.agent.doWork();
        rig.agent.doWork();
        int taken = 0;
        while (null != rig.derivations.poll())
        {
            taken++;
        }
        assertEquals(MAX_PUBLICATIONS / 2, taken);
        assertEquals(MAX_PUBLICATIONS / 2, rig.openEgresses);
        for (int i = MAX_PUBLICATIONS / 2; i < MAX_PUBLICATIONS; i++)
        {
            assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), rig.commands.poll());
        }
        assertNull(rig.commands.poll());
    }

    @Test
    void shouldForgetABotThatDoesNotListen()
    {
        rig.listens = false;
        rig.connect(7, "maker", 1);
        rig.agent.doWork();
        final ApiKeyDerivation derivation = rig.derivations.poll();
        derivation.answer(rig.apiKey);
        rig.nowNs += TimeUnit.SECONDS.toNanos(5);
        rig.agent.doWork();
        assertTrue(rig.commands.isEmpty());
        assertEquals(0, rig.openEgresses);
        assertArrayEquals(new byte[32], rig.apiKey);
    }

    /** The session was closed by the gateway, and its bot's publication is still there. */
    @Test
    void shouldLetGoOfAPublicationWhoseSessionWasClosed()
    {
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
        assertEquals(1, rig.openEgresses);
        assertTrue(rig.proxy.release(7));
        assertTrue(rig.proxy.release(8));
        rig.agent.doWork();
        assertEquals(0, rig.openEgresses);
        assertTrue(rig.commands.isEmpty());
        rig.challenged("maker", 1);
        assertEquals(1, rig.openEgresses, "the bot may ask again");
    }

    @Test
    void shouldNotLetGoOfAPublicationWithAHandshakeUnderWay()
    {
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        assertTrue(rig.proxy.release(7));
        rig.agent.doWork();
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
        assertEquals(1, rig.openEgresses);
    }

    /** Publications without a session take places, too. */
    @Test
    void shouldCountConnectsBeyondThePublicationsThatItAnswers()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            rig.nowNs += TimeUnit.SECONDS.toNanos(1);
            rig.connect(100 + i, "maker", 1);
            rig.agent.doWork();
            rig.derivations.poll().answer(null);
            rig.agent.doWork();
            rig.assertRefused(Reason.TOKEN_UNAVAILABLE);
        }
        rig.nowNs += TimeUnit.SECONDS.toNanos(1);
        rig.connect(200, "maker", 1);
        rig.agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), rig.commands.poll());
        assertEquals(MAX_PUBLICATIONS, rig.openEgresses);
    }

    @Test
    void shouldLeaveAHandshakeAloneWhenAnotherConnectComes()
    {
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        rig.connect(7, "stranger", 9);
        rig.agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.SESSION_ALREADY_OPEN.value()), rig.commands.poll());
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
    }
}
