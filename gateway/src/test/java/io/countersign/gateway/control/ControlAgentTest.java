package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Egress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ControlAgentTest
{
    private static final String CONFIG = """
        gateway: {aeron-directory: aeron, journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: key, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        principals:
          - {name: maker, api-key-versions: [1], rules: [{name: r, keys: [key], operations: [query-account]}]}
          - {name: nobody-yet, rules: [{name: r, keys: [key], operations: [query-account]}]}
        """;
    private static final int MAX_PUBLICATIONS = 8;

    private final ControlProxy proxy = new ControlProxy();
    private final ApiKeyDerivations derivations = new ApiKeyDerivations();
    private final Queue<GatewayCommand> commands = new ArrayDeque<>();
    private final byte[] apiKey = new byte[32];
    private long nowNs = 1;
    private boolean listens = true;
    private int openEgresses;
    private ControlAgent agent;

    @BeforeEach
    void before() throws ConfigException
    {
        apiKey[0] = 1;
        agent = new ControlAgent(new ControlContext()
            .proxy(proxy)
            .egressFactory(new Factory())
            .gonePublications(new ArrayDeque<>())
            .commands(commands)
            .derivations(derivations)
            .policy(PolicyCompiler.compile(ConfigReader.of(Path.of("target", "control.yaml"), CONFIG)))
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

    private void connect(final int aeronSessionId, final String principal, final int version)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[128]);
        final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        frame.putBytes(32, name);
        assertTrue(proxy.connect(aeronSessionId, 5, Reason.NONE.value(), version, frame, 0, 32, name.length));
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
        public long add(final int aeronSessionId)
        {
            openEgresses++;
            return openEgresses;
        }

        @Override
        public Egress connected(final long registrationId)
        {
            return listens ? this : null;
        }

        @Override
        public void abandon(final long registrationId)
        {
            openEgresses--;
        }

        @Override
        public boolean isPresent(final int aeronSessionId)
        {
            return true;
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
