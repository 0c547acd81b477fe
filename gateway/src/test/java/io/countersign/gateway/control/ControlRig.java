package io.countersign.gateway.control;

import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.PolicyFixture;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.Source;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A control agent that a test drives step by step, with egresses that go nowhere and a token that the test plays.
 */
final class ControlRig implements EgressFactory, Egress
{
    static final int MAX_PUBLICATIONS = 8;

    final ControlProxy proxy = new ControlProxy(2);
    final AccessTokenProxy accessTokenProxy = new AccessTokenProxy();
    final ApiKeyDerivations derivations = new ApiKeyDerivations(2);
    final Queue<GatewayCommand> commands = new ArrayDeque<>();
    final Queue<Long> gone = new ArrayDeque<>();
    final List<Throwable> errors = new ArrayList<>();
    /** What the token derives next; the agent zeroes it. */
    final byte[] apiKey = secret();
    final ControlAgent agent;
    long nowNs = 1;
    boolean listens = true;
    int openEgresses;
    Source source = Source.ipc("ipc:bots");

    ControlRig(final String policy)
    {
        this(new PolicySource(null, null, PolicyFixture.policy(policy)), null);
    }

    ControlRig(final PolicySource policySource, final AccessTokens accessTokens)
    {
        agent = new ControlAgent(new ControlContext()
            .proxy(proxy)
            .accessTokenProxy(accessTokenProxy)
            .accessTokens(accessTokens)
            .egressFactory(this)
            .gonePublications(gone)
            .commands(commands)
            .derivations(derivations)
            .histories(new RequestHistories())
            .policySource(policySource)
            .gatewayClock(new SystemGatewayClock())
            .nanoClock(() -> nowNs)
            .maxPublications(MAX_PUBLICATIONS)
            .errorHandler(errors::add)
            .conclude());
    }

    static byte[] secret()
    {
        final byte[] secret = new byte[32];
        secret[0] = 1;
        return secret;
    }

    GatewayCommand.ChallengeBot challenged(final String principal, final int version)
    {
        return challenged(7, principal, version);
    }

    GatewayCommand.ChallengeBot challenged(final long publicationId, final String principal, final int version)
    {
        connect(publicationId, principal, version);
        agent.doWork();
        return challengedAfterConnect(principal, version);
    }

    /** The token's part, and the challenge that comes of it. */
    GatewayCommand.ChallengeBot challengedAfterConnect(final String principal, final int version)
    {
        assertTrue(commands.isEmpty(), commands::toString);
        final ApiKeyDerivation derivation = derivations.poll();
        assertEquals(version, derivation.apiKeyVersion());
        assertArrayEquals(principal.getBytes(StandardCharsets.UTF_8), derivation.principal());
        apiKey[0] = 1;
        derivation.answer(apiKey);
        agent.doWork();
        return assertInstanceOf(GatewayCommand.ChallengeBot.class, commands.poll());
    }

    void connect(final long publicationId, final String principal, final int version)
    {
        assertTrue(tryConnect(publicationId, principal, version));
    }

    boolean tryConnect(final long publicationId, final String principal, final int version)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[128]);
        final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        frame.putBytes(32, name);
        return proxy.connect(publicationId, 5, Reason.NONE.value(), version, frame, 0, 32, name.length);
    }

    void prove(final byte[] clientProof)
    {
        prove(7, clientProof);
    }

    void prove(final long publicationId, final byte[] clientProof)
    {
        assertTrue(proxy.prove(publicationId, 5, new UnsafeBuffer(clientProof), 0));
        agent.doWork();
    }

    static HandshakeTranscript transcript(
        final String principal, final int version, final GatewayCommand.ChallengeBot challenge)
    {
        return transcript(principal, version, EgressChannel.IPC, challenge);
    }

    static HandshakeTranscript transcript(
        final String principal,
        final int version,
        final EgressChannel wayBack,
        final GatewayCommand.ChallengeBot challenge)
    {
        return new HandshakeTranscript(
            version, principal.getBytes(StandardCharsets.UTF_8), 7, wayBack, new byte[32], challenge.gatewayNonce());
    }

    void assertRefused(final Reason reason)
    {
        final GatewayCommand.RefuseSession refusal =
            assertInstanceOf(GatewayCommand.RefuseSession.class, commands.poll());
        assertEquals(reason.value(), refusal.reason());
        assertTrue(commands.isEmpty(), commands::toString);
    }

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
