package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.AddressRange;
import io.countersign.gateway.policy.PolicyFixture;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.PublicationId;
import io.countersign.gateway.transport.Source;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

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
          - {name: nobody-yet, rules: [{name: r, keys: [key], operations: [query-account]}]}
        """;
    private static final int MAX_PUBLICATIONS = 8;

    private final ControlProxy proxy = new ControlProxy();
    private final ApiKeyDerivations derivations = new ApiKeyDerivations();
    private final Queue<GatewayCommand> commands = new ArrayDeque<>();
    private final Queue<Long> gone = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final byte[] apiKey = new byte[32];
    private long nowNs = 1;
    private boolean listens = true;
    private int openEgresses;
    private Source source = Source.ipc("ipc:bots");
    private AddressRange range;
    private ControlAgent agent;

    @BeforeEach
    void before()
    {
        apiKey[0] = 1;
        agent = new ControlAgent(new ControlContext()
            .proxy(proxy)
            .accessTokenProxy(new AccessTokenProxy())
            .egressFactory(new Factory())
            .gonePublications(gone)
            .sourceGrants(this::isGranted)
            .commands(commands)
            .derivations(derivations)
            .histories(new RequestHistories())
            .policySource(new PolicySource(null, null, PolicyFixture.policy(POLICY)))
            .gatewayClock(new SystemGatewayClock())
            .nanoClock(() -> nowNs)
            .maxPublications(MAX_PUBLICATIONS)
            .errorHandler((error) ->
            {
                throw new AssertionError(error);
            })
            .conclude());
    }

    @Test
    void shouldChallengeAndOpenWhenTheProofFits()
    {
        final GatewayCommand.ChallengeBot challenge = challenged("maker", 1);
        final HandshakeTranscript transcript = transcript("maker", 1, challenge);
        assertArrayEquals(transcript.gatewayProof(secret()), challenge.gatewayProof());
        assertArrayEquals(new byte[32], apiKey, "the API key is kept no longer than the challenge needs it");
        prove(transcript.botProof(secret()));
        final GatewayCommand.OpenSession open = assertInstanceOf(GatewayCommand.OpenSession.class, commands.poll());
        assertEquals(1, open.session().apiKeyVersion());
        assertTrue(commands.isEmpty());
    }

    @Test
    void shouldRefuseWhatIsNotValidOnlyAfterProve()
    {
        for (final Object[] claim : new Object[][]{{"maker", 2}, {"nobody-yet", 1}, {"stranger", 1}})
        {
            apiKey[0] = 1;
            final String principal = (String) claim[0];
            final int version = (int) claim[1];
            final GatewayCommand.ChallengeBot challenge = challenged(principal, version);
            prove(transcript(principal, version, challenge).botProof(secret()));
            assertRefused(Reason.AUTHENTICATION_FAILED);
        }
    }

    @Test
    void shouldAskForTheSourceOnlyAfterTheProof()
    {
        range = AddressRange.parse("10.1.0.0/16");
        source = Source.udp("udp:lan", IpEndpoint.parse("10.2.0.1:4711"));
        prove(transcript("maker", 1, challenged("maker", 1)).gatewayProof(secret()));
        assertRefused(Reason.AUTHENTICATION_FAILED);
        assertEquals(List.of(), asked);

        apiKey[0] = 1;
        prove(transcript("maker", 1, challenged("maker", 1)).botProof(secret()));
        assertRefused(Reason.SOURCE_NOT_GRANTED);
        assertEquals(List.of("0 udp:lan"), asked);
    }

    @Test
    void shouldOpenForASourceThatIsGranted()
    {
        range = AddressRange.parse("10.1.0.0/16");
        source = Source.udp("udp:lan", IpEndpoint.parse("10.1.255.255:4711"));
        prove(transcript("maker", 1, challenged("maker", 1)).botProof(secret()));
        final GatewayCommand.OpenSession open = assertInstanceOf(GatewayCommand.OpenSession.class, commands.poll());
        assertSame(source, open.session().source());
        assertEquals("10.1.255.255:4711", new String(open.session().source().text(), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldForgetWhereAPublicationCameFromThatHasGone()
    {
        range = AddressRange.parse("10.1.0.0/16");
        source = Source.udp("udp:lan", IpEndpoint.parse("10.1.0.1:1"));
        challenged("maker", 1);
        assertEquals(1, openEgresses);

        gone.add(7L);
        source = Source.udp("udp:lan", IpEndpoint.parse("10.2.0.1:1"));
        connect(7, "maker", 1);
        agent.doWork();
        assertEquals(new GatewayCommand.LoseSession(7), commands.poll());
        final ApiKeyDerivation derivation = derivations.queue().poll();
        apiKey[0] = 1;
        derivation.answer(apiKey);
        agent.doWork();
        final GatewayCommand.ChallengeBot again =
            assertInstanceOf(GatewayCommand.ChallengeBot.class, commands.poll());
        prove(transcript("maker", 1, again).botProof(secret()));
        assertRefused(Reason.SOURCE_NOT_GRANTED);
        assertEquals(1, openEgresses);
    }

    @Test
    void shouldTellPublicationsOfTwoIngressesApart()
    {
        connect(PublicationId.of(0, 7), "maker", 1);
        connect(PublicationId.of(1, 7), "maker", 1);
        agent.doWork();
        assertEquals(2, openEgresses);
        assertTrue(commands.isEmpty());
        gone.add(PublicationId.of(1, 7));
        agent.doWork();
        assertEquals(new GatewayCommand.LoseSession(PublicationId.of(1, 7)), commands.poll());
        assertEquals(1, openEgresses);
    }

    @Test
    void shouldDropAConnectWhoseSourceCannotBeAnswered()
    {
        source = null;
        connect(7, "maker", 1);
        agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), commands.poll());
        assertEquals(0, openEgresses);
    }

    @Test
    void shouldEndAHandshakeThatTakesTooLong()
    {
        final GatewayCommand.ChallengeBot challenge = challenged("maker", 1);
        nowNs += TimeUnit.SECONDS.toNanos(5) - 1;
        agent.doWork();
        assertTrue(commands.isEmpty());
        nowNs++;
        agent.doWork();
        assertRefused(Reason.AUTHENTICATION_FAILED);

        prove(transcript("maker", 1, challenge).botProof(secret()));
        assertEquals(new GatewayCommand.CountNoise(Reason.UNKNOWN_SESSION.value()), commands.poll());
    }

    @Test
    void shouldSayThatTheTokenIsUnavailable()
    {
        connect(7, "maker", 1);
        agent.doWork();
        derivations.queue().poll().answer(null);
        agent.doWork();
        assertRefused(Reason.TOKEN_UNAVAILABLE);

        connect(7, "maker", 1);
        agent.doWork();
        final ApiKeyDerivation late = derivations.queue().poll();
        nowNs += TimeUnit.SECONDS.toNanos(2);
        agent.doWork();
        assertRefused(Reason.TOKEN_UNAVAILABLE);
        late.answer(apiKey);
        assertArrayEquals(new byte[32], apiKey, "an API key that nobody waits for is zeroed");
    }

    @Test
    void shouldTakeNoMoreHandshakesThanItsLimit()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            connect(100 + i, "maker", 1);
        }
        agent.doWork();
        agent.doWork();
        int taken = 0;
        while (null != derivations.queue().poll())
        {
            taken++;
        }
        assertEquals(MAX_PUBLICATIONS / 2, taken);
        assertEquals(MAX_PUBLICATIONS / 2, openEgresses);
        for (int i = MAX_PUBLICATIONS / 2; i < MAX_PUBLICATIONS; i++)
        {
            assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), commands.poll());
        }
        assertNull(commands.poll());
    }

    @Test
    void shouldForgetABotThatDoesNotListen()
    {
        listens = false;
        connect(7, "maker", 1);
        agent.doWork();
        final ApiKeyDerivation derivation = derivations.queue().poll();
        derivation.answer(apiKey);
        nowNs += TimeUnit.SECONDS.toNanos(5);
        agent.doWork();
        assertTrue(commands.isEmpty());
        assertEquals(0, openEgresses);
        assertArrayEquals(new byte[32], apiKey);
    }

    /** The session was closed by the gateway, and its bot's publication is still there. */
    @Test
    void shouldLetGoOfAPublicationWhoseSessionWasClosed()
    {
        final GatewayCommand.ChallengeBot challenge = challenged("maker", 1);
        prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, commands.poll());
        assertEquals(1, openEgresses);
        assertTrue(proxy.release(7));
        assertTrue(proxy.release(8));
        agent.doWork();
        assertEquals(0, openEgresses);
        assertTrue(commands.isEmpty());
        apiKey[0] = 1;
        challenged("maker", 1);
        assertEquals(1, openEgresses, "the bot may ask again");
    }

    /** Publications without a session take places, too. */
    @Test
    void shouldCountConnectsBeyondThePublicationsThatItAnswers()
    {
        for (int i = 0; i < MAX_PUBLICATIONS; i++)
        {
            connect(100 + i, "maker", 1);
            agent.doWork();
            derivations.queue().poll().answer(null);
            agent.doWork();
            assertRefused(Reason.TOKEN_UNAVAILABLE);
        }
        connect(200, "maker", 1);
        agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()), commands.poll());
        assertEquals(MAX_PUBLICATIONS, openEgresses);
    }

    @Test
    void shouldLeaveAHandshakeAloneWhenAnotherConnectComes()
    {
        final GatewayCommand.ChallengeBot challenge = challenged("maker", 1);
        connect(7, "stranger", 9);
        agent.doWork();
        assertEquals(new GatewayCommand.CountNoise(Reason.SESSION_ALREADY_OPEN.value()), commands.poll());
        prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, commands.poll());
    }

    private boolean isGranted(final int principalIndex, final String ingress, final byte[] address)
    {
        asked.add(principalIndex + " " + ingress);
        return null == range || range.contains(address);
    }

    private GatewayCommand.ChallengeBot challenged(final String principal, final int version)
    {
        connect(7, principal, version);
        agent.doWork();
        assertTrue(commands.isEmpty());
        final ApiKeyDerivation derivation = derivations.queue().poll();
        assertEquals(version, derivation.apiKeyVersion());
        assertArrayEquals(principal.getBytes(StandardCharsets.UTF_8), derivation.principal());
        derivation.answer(apiKey);
        agent.doWork();
        return assertInstanceOf(GatewayCommand.ChallengeBot.class, commands.poll());
    }

    private void connect(final long publicationId, final String principal, final int version)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[128]);
        final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        frame.putBytes(32, name);
        assertTrue(proxy.connect(publicationId, 5, Reason.NONE.value(), version, frame, 0, 32, name.length));
    }

    private void prove(final byte[] clientProof)
    {
        assertTrue(proxy.prove(7, 5, new UnsafeBuffer(clientProof), 0));
        agent.doWork();
    }

    private static HandshakeTranscript transcript(
        final String principal, final int version, final GatewayCommand.ChallengeBot challenge)
    {
        return new HandshakeTranscript(
            version, principal.getBytes(StandardCharsets.UTF_8), 7, new byte[32], challenge.gatewayNonce());
    }

    private static byte[] secret()
    {
        final byte[] secret = new byte[32];
        secret[0] = 1;
        return secret;
    }

    private void assertRefused(final Reason reason)
    {
        final GatewayCommand.RefuseSession refusal =
            assertInstanceOf(GatewayCommand.RefuseSession.class, commands.poll());
        assertEquals(reason.value(), refusal.reason());
        assertTrue(commands.isEmpty());
    }

    /** Egresses that go nowhere. */
    private final class Factory implements EgressFactory, Egress
    {
        @Override
        public long add(final long publicationId, final Source source)
        {
            openEgresses++;
            return openEgresses;
        }

        @Override
        public Egress connected(final long publicationId, final long registrationId)
        {
            return listens ? this : null;
        }

        @Override
        public void abandon(final long publicationId, final long registrationId)
        {
            openEgresses--;
        }

        @Override
        public Source source(final long publicationId)
        {
            return source;
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length)
        {
            return 1;
        }

        @Override
        public void close()
        {
            openEgresses--;
        }
    }
}
