package io.countersign.gateway;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.countersign.codecs.authentication.ApiKey;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A bot that speaks in frames of its own making, over a real driver: the protocol without the client library.
 */
final class HandmadeBot implements AutoCloseable
{
    final byte[] clientNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
    byte[] gatewayNonce;
    byte[] gatewayProof;
    byte[] keyToGateway;
    FrameAuthenticator fromGateway;
    long sessionId;
    private final Aeron aeron;
    private final ExclusivePublication ingress;
    private final Subscription egress;
    private final Queue<byte[]> received = new ArrayDeque<>();

    HandmadeBot(final Path aeronDirectory)
    {
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory.toString()));
        ingress = aeron.addExclusivePublication("aeron:ipc", 1001);
        egress = aeron.addSubscription("aeron:ipc?session-id=" + ingress.sessionId(), 1002);
        clientNonce[0] = 42;
    }

    int aeronSessionId()
    {
        return ingress.sessionId();
    }

    byte[] connectFrame(final long correlationId, final String principal, final int apiKeyVersion)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final ConnectEncoder connect = new ConnectEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .apiKeyVersion(apiKeyVersion)
            .putClientNonce(clientNonce, 0, clientNonce.length)
            .principal(principal);
        final byte[] frame = new byte[connect.limit()];
        buffer.getBytes(0, frame);
        return frame;
    }

    /** Says Connect and takes the challenge, which must be the next frame and the answer to this Connect. */
    HandmadeBot challenged(final long correlationId, final String principal, final int apiKeyVersion)
    {
        send(connectFrame(correlationId, principal, apiKeyVersion));
        final byte[] challenge = receive();
        final ChallengeDecoder decoder = new ChallengeDecoder()
            .wrapAndApplyHeader(new UnsafeBuffer(challenge), 0, new MessageHeaderDecoder());
        if (correlationId != decoder.correlationId())
        {
            throw new AssertionError("a challenge to " + decoder.correlationId());
        }
        gatewayNonce = new byte[ChallengeDecoder.gatewayNonceLength()];
        gatewayProof = new byte[ChallengeDecoder.gatewayProofLength()];
        decoder.getGatewayNonce(gatewayNonce, 0, gatewayNonce.length);
        decoder.getGatewayProof(gatewayProof, 0, gatewayProof.length);
        return this;
    }

    HandshakeTranscript transcript(final String principal, final int apiKeyVersion)
    {
        return new HandshakeTranscript(
            apiKeyVersion,
            principal.getBytes(StandardCharsets.UTF_8),
            ingress.sessionId(),
            EgressChannel.IPC,
            clientNonce,
            gatewayNonce);
    }

    /** The whole handshake. */
    HandmadeBot open(final String principal, final ApiKey apiKey)
    {
        challenged(1, principal, apiKey.version());
        send(WireFrames.prove(1, transcript(principal, apiKey.version()).botProof(apiKey.secret())));
        opened(principal, apiKey);
        return this;
    }

    /** Takes the answer to Prove. */
    Reply opened(final String principal, final ApiKey apiKey)
    {
        final HandshakeTranscript transcript = transcript(principal, apiKey.version());
        keyToGateway = transcript.keyToGateway(apiKey.secret());
        fromGateway = new FrameAuthenticator(transcript.keyToBot(apiKey.secret()));
        final Reply opened = reply();
        sessionId = opened.sessionId();
        return opened;
    }

    /** A new order with this session's tag. */
    byte[] order(final long requestId)
    {
        return order(sessionId, requestId);
    }

    byte[] order(final long ofSession, final long requestId)
    {
        return tagged(WireFrames.body(WireFrames.newOrder(ofSession, requestId, (order) ->
        {
            // As it is.
        }, "ed25519", "LTCBTC", "order-" + requestId)));
    }

    byte[] tagged(final byte[] body)
    {
        return WireFrames.tagged(keyToGateway, body);
    }

    void send(final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ingress.offer(buffer, 0, frame.length) < 0)
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("the gateway does not read");
            }
            Thread.yield();
        }
    }

    /** The next frame, believed or not. */
    byte[] receive()
    {
        final byte[] frame = receive(TimeUnit.SECONDS.toNanos(10));
        if (null == frame)
        {
            throw new AssertionError("no frame within 10 s");
        }
        return frame;
    }

    byte[] receive(final long timeoutNs)
    {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (received.isEmpty() && System.nanoTime() - deadlineNs < 0)
        {
            if (0 == egress.poll((buffer, offset, length, header) ->
            {
                final byte[] frame = new byte[length];
                buffer.getBytes(offset, frame);
                received.add(frame);
            }, 1))
            {
                Thread.yield();
            }
        }
        return received.poll();
    }

    /** The next reply of the session; its tag must fit. */
    Reply reply()
    {
        final byte[] frame = receive();
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final Reply reply = Reply.of(buffer, 0, frame.length);
        if (null == fromGateway || !fromGateway.isAuthentic(buffer, 0, frame.length))
        {
            throw new AssertionError("not authentic: " + reply);
        }
        return reply;
    }

    /** The next frame, which has no tag. */
    Reply rejection()
    {
        final byte[] frame = receive();
        return Reply.of(new UnsafeBuffer(frame), 0, frame.length);
    }

    @Override
    public void close()
    {
        aeron.close();
    }
}
