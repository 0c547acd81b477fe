package io.countersign.client;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.countersign.codecs.ReplyFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AccessTokenAcceptedDecoder;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.CommandLineDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SessionClosedDecoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes the gateway's frames. A frame is copied out of shared memory once and then checked: every client of the media
 * driver can write to that memory, so only a private copy is still what was checked when it is used. A frame with a tag
 * is believed only if the tag fits, and a reply only if its sequence rises.
 */
final class EgressAdapter implements FragmentHandler
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ChallengeDecoder challenge = new ChallengeDecoder();
    private final SessionOpenedDecoder sessionOpened = new SessionOpenedDecoder();
    private final SessionRejectedDecoder sessionRejected = new SessionRejectedDecoder();
    private final AccessTokenAcceptedDecoder accessTokenAccepted = new AccessTokenAcceptedDecoder();
    private final RejectedDecoder rejected = new RejectedDecoder();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final SessionClosedDecoder sessionClosed = new SessionClosedDecoder();
    private final SignedRequestView signed = new SignedRequestView();
    private final UnsafeBuffer rule = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer frame;
    private final EgressListener listener;
    private FrameAuthenticator authenticator;
    private long egressSequence;

    /**
     * Creates an adapter.
     *
     * @param listener       for what is decoded.
     * @param maxFrameLength longest reply in bytes that is read.
     */
    EgressAdapter(final EgressListener listener, final int maxFrameLength)
    {
        this.listener = listener;
        this.frame = new UnsafeBuffer(new byte[maxFrameLength]);
    }

    /**
     * Sets what checks tags; before, no frame with a tag is believed.
     *
     * @param newAuthenticator with the key of frames to the bot.
     * @return this.
     */
    EgressAdapter authenticator(final FrameAuthenticator newAuthenticator)
    {
        authenticator = newAuthenticator;
        return this;
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (FrameDescriptor.UNFRAGMENTED != (header.flags() & FrameDescriptor.UNFRAGMENTED))
        {
            listener.onStrangeReply(Reason.FRAME_FRAGMENTED);
        }
        else if (length > frame.capacity())
        {
            listener.onStrangeReply(Reason.FRAME_TOO_LONG);
        }
        else
        {
            frame.putBytes(0, buffer, offset, length);
            onFrame(length);
            if (null != authenticator)
            {
                authenticator.prime();
            }
        }
    }

    private void onFrame(final int length)
    {
        final Reason reason = Reason.get(ReplyFrame.check(frame, 0, length));
        if (Reason.NONE != reason)
        {
            listener.onStrangeReply(reason);
            return;
        }

        header.wrap(frame, 0);
        if (ReplyFrame.hasTag(header.templateId()) &&
            (null == authenticator || !authenticator.isAuthentic(frame, 0, length)))
        {
            listener.onStrangeReply(Reason.FRAME_NOT_AUTHENTIC);
            return;
        }

        switch (header.templateId())
        {
            case SignedRequestDecoder.TEMPLATE_ID ->
            {
                signed.wrap(frame, header);
                if (isRising(signed.egressSequence()))
                {
                    listener.onSigned(signed.sessionId(), signed.requestId(), signed);
                }
            }
            case RejectedDecoder.TEMPLATE_ID -> onRejected();
            case AccessTokenAcceptedDecoder.TEMPLATE_ID ->
            {
                accessTokenAccepted.wrapAndApplyHeader(frame, 0, header);
                if (isRising(accessTokenAccepted.egressSequence()))
                {
                    listener.onAccessTokenAccepted(
                        accessTokenAccepted.sessionId(),
                        accessTokenAccepted.requestId(),
                        accessTokenAccepted.scopes(),
                        accessTokenAccepted.expiresNs());
                }
            }
            case OutcomeDecoder.TEMPLATE_ID ->
            {
                outcome.wrapAndApplyHeader(frame, 0, header);
                if (isRising(outcome.egressSequence()))
                {
                    listener.onOutcome(outcome.sessionId(), outcome.requestId(), outcome.askedRequestId(),
                        outcome.fate(), outcome.reason(), outcome.recordSequence());
                }
            }
            case SessionClosedDecoder.TEMPLATE_ID ->
            {
                sessionClosed.wrapAndApplyHeader(frame, 0, header);
                if (isRising(sessionClosed.egressSequence()))
                {
                    listener.onSessionClosed(sessionClosed.sessionId(), sessionClosed.end());
                }
            }
            case CommandLineDecoder.TEMPLATE_ID, CommandDoneDecoder.TEMPLATE_ID -> onCommandAnswer();
            default -> onHandshakeFrame();
        }
    }

    private void onHandshakeFrame()
    {
        switch (header.templateId())
        {
            case ChallengeDecoder.TEMPLATE_ID ->
            {
                challenge.wrapAndApplyHeader(frame, 0, header);
                onChallenge();
            }
            case SessionOpenedDecoder.TEMPLATE_ID ->
            {
                sessionOpened.wrapAndApplyHeader(frame, 0, header);
                listener.onSessionOpened(
                    sessionOpened.correlationId(),
                    new SessionTerms(
                        sessionOpened.sessionId(),
                        sessionOpened.gatewayStartNs(),
                        sessionOpened.maxFrameLength(),
                        sessionOpened.maxInFlight(),
                        sessionOpened.idleTimeoutMs()));
            }
            case SessionRejectedDecoder.TEMPLATE_ID ->
            {
                sessionRejected.wrapAndApplyHeader(frame, 0, header);
                listener.onSessionRejected(sessionRejected.correlationId(), sessionRejected.reason());
            }
            default -> listener.onStrangeReply(Reason.UNKNOWN_TEMPLATE);
        }
    }

    /** Operators' tools only, so decoders are made as they are needed. */
    private void onCommandAnswer()
    {
        if (CommandLineDecoder.TEMPLATE_ID == header.templateId())
        {
            final CommandLineDecoder line = new CommandLineDecoder().wrapAndApplyHeader(frame, 0, header);
            if (isRising(line.egressSequence()))
            {
                listener.onCommandLine(line.sessionId(), line.requestId(), line.line());
            }
        }
        else
        {
            final CommandDoneDecoder done = new CommandDoneDecoder().wrapAndApplyHeader(frame, 0, header);
            if (isRising(done.egressSequence()))
            {
                listener.onCommandDone(done.sessionId(), done.requestId(), done.recordSequence());
            }
        }
    }

    private void onChallenge()
    {
        final byte[] gatewayNonce = new byte[ChallengeDecoder.gatewayNonceLength()];
        final byte[] gatewayProof = new byte[ChallengeDecoder.gatewayProofLength()];
        challenge.getGatewayNonce(gatewayNonce, 0, gatewayNonce.length);
        challenge.getGatewayProof(gatewayProof, 0, gatewayProof.length);
        listener.onChallenge(challenge.correlationId(), gatewayNonce, gatewayProof);
    }

    /** One that does not rise was sent before: somebody plays it again. */
    private void onRejected()
    {
        rejected.wrapAndApplyHeader(frame, 0, header);
        if (isRising(rejected.egressSequence()))
        {
            rejected.wrapRule(rule);
            listener.onRejected(
                rejected.sessionId(),
                rejected.requestId(),
                rejected.recordSequence(),
                rejected.reason(),
                rejected.field(),
                rule);
        }
    }

    private boolean isRising(final long newEgressSequence)
    {
        if (newEgressSequence <= egressSequence)
        {
            listener.onStrangeReply(Reason.FRAME_REPLAYED);
            return false;
        }

        egressSequence = newEgressSequence;
        return true;
    }
}
