package io.countersign.gateway;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A bot without the client library: sends whatever bytes it is given.
 */
final class RawBot implements AutoCloseable
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final ArrayDeque<Reply> replies = new ArrayDeque<>();
    private final FragmentAssembler assembler = new FragmentAssembler((buffer, offset, length, header) ->
        replies.add(Reply.of(buffer, offset, length)));
    private final ExclusivePublication ingress;
    private final Subscription egress;
    private final EgressChannel wayBack;
    private long sessionId;
    private byte[] keyToGateway;

    RawBot(final Aeron aeron)
    {
        this(aeron, "aeron:ipc?term-length=64k", "aeron:ipc?session-id=", EgressChannel.IPC);
    }

    /** The second channel is completed with the session id. */
    RawBot(
        final Aeron aeron, final String ingressChannel, final String egressChannel, final EgressChannel wayBack)
    {
        this.wayBack = wayBack;
        ingress = aeron.addExclusivePublication(ingressChannel, 1001);
        egress = aeron.addSubscription(egressChannel + ingress.sessionId(), 1002);
    }

    static void await(final BooleanSupplier condition, final String what)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.yield();
        }
    }

    /** The reason why not, NONE when the session is open. */
    Reason connect(final String principal)
    {
        keyToGateway = null;
        send(WireFrames.connect(77, principal));
        final Reply answer = reply();
        if (ChallengeDecoder.TEMPLATE_ID != answer.templateId())
        {
            return answer.reason();
        }
        final byte[] secret = GatewayFixture.apiKey(principal, 1).secret();
        final HandshakeTranscript transcript = new HandshakeTranscript(
            1, principal.getBytes(StandardCharsets.UTF_8), ingress.sessionId(), wayBack, new byte[32], answer.nonce());
        send(WireFrames.prove(77, transcript.botProof(secret)));
        final Reply reply = reply();
        sessionId = reply.sessionId();
        keyToGateway = Reason.NONE == reply.reason() ? transcript.keyToGateway(secret) : null;
        return reply.reason();
    }

    /** With the tag of the session in place of the one that is there. */
    byte[] retagged(final byte[] frame)
    {
        final boolean hasNone = null == keyToGateway || frame.length < FrameAuthenticator.TAG_LENGTH ||
            WireFrame.isOfHandshake(new UnsafeBuffer(frame), 0, frame.length);
        return hasNone ? frame : WireFrames.tagged(keyToGateway, WireFrames.body(frame));
    }

    long sessionId()
    {
        return sessionId;
    }

    /** The position behind the frame. */
    long send(final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(retagged(frame));
        final long[] position = new long[1];
        await(() ->
        {
            position[0] = ingress.offer(buffer, 0, frame.length);
            if (position[0] == Publication.CLOSED || position[0] == Publication.MAX_POSITION_EXCEEDED)
            {
                throw new AssertionError("offer " + position[0]);
            }
            return position[0] > 0;
        }, "the gateway takes a frame");
        return position[0];
    }

    /** Tries once. */
    boolean trySend(final byte[] frame)
    {
        return ingress.offer(new UnsafeBuffer(frame), 0, frame.length) > 0;
    }

    Reply reply()
    {
        await(this::hasReply, "a reply");
        return replies.poll();
    }

    boolean hasReply()
    {
        if (replies.isEmpty())
        {
            egress.poll(assembler, 16);
        }
        return !replies.isEmpty();
    }

    Reply order(final long requestId)
    {
        send(WireFrames.newOrder(sessionId, requestId));
        return reply();
    }

    ExclusivePublication ingress()
    {
        return ingress;
    }

    @Override
    public void close()
    {
        ingress.close();
        egress.close();
    }
}
