package io.countersign.gateway;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.SessionControl;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Egress;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Opens and closes sessions, and answers frames that belong to none. For the gateway thread.
 */
final class SessionDesk implements SessionControl
{
    private static final byte[] NO_RULE = new byte[0];

    private final Int2ObjectHashMap<Session> sessions = new Int2ObjectHashMap<>();
    private final ConnectDecoder connectDecoder = new ConnectDecoder();
    private final ProveDecoder proveDecoder = new ProveDecoder();
    private final DisconnectDecoder disconnectDecoder = new DisconnectDecoder();
    private final ControlProxy controlProxy;
    private final GatewayClock clock;
    private final GatewayCounters counters;
    private final LifePublisher lifePublisher;
    private final Noise noise;
    private final ReplyDelivery replies;
    private final int maxSessions;
    private long gatewayStartNs;

    SessionDesk(
        final GatewayContext context,
        final LifePublisher lifePublisher,
        final Noise noise,
        final ReplyDelivery replies)
    {
        controlProxy = context.controlProxy();
        clock = context.clock();
        counters = context.counters();
        maxSessions = context.maxSessions();
        this.lifePublisher = lifePublisher;
        this.noise = noise;
        this.replies = replies;
    }

    void startedAt(final long gatewayStartNs)
    {
        this.gatewayStartNs = gatewayStartNs;
    }

    Session get(final int aeronSessionId)
    {
        return sessions.get(aeronSessionId);
    }

    /** The handshake is the control agent's, which hands the session over when the bot has proven itself. */
    boolean onConnect(final int aeronSessionId, final PendingRequest request, final boolean isStopping)
    {
        connectDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final long correlationId = connectDecoder.correlationId();
        final Session session = request.session();
        if (null != session)
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            replies.sessionRejected(session.egress(), correlationId, Reason.SESSION_ALREADY_OPEN.value());
            return false;
        }
        final int reason = isStopping ? Reason.GATEWAY_STOPPING.value() : Reason.NONE.value();
        final boolean isPassedOn = controlProxy.connect(
            aeronSessionId,
            correlationId,
            reason,
            connectDecoder.apiKeyVersion(),
            request.frame(),
            connectDecoder.offset() + ConnectDecoder.clientNonceEncodingOffset(),
            connectDecoder.limit() + ConnectDecoder.principalHeaderLength(),
            connectDecoder.principalLength());
        if (!isPassedOn)
        {
            noise.count(Reason.TOO_MANY_SESSIONS.value());
        }
        return false;
    }

    /** Not answered where it is out of place: a bot that follows the protocol sends one at the right time. */
    boolean onProve(final int aeronSessionId, final PendingRequest request)
    {
        proveDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        if (null != request.session())
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            return false;
        }
        final int offset = proveDecoder.offset() + ProveDecoder.clientProofEncodingOffset();
        if (!controlProxy.prove(aeronSessionId, proveDecoder.correlationId(), request.frame(), offset))
        {
            noise.count(Reason.TOO_MANY_SESSIONS.value());
        }
        return false;
    }

    @Override
    public void onChallengeBot(
        final Egress egress, final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        replies.challenge(egress, correlationId, gatewayNonce, gatewayProof);
    }

    boolean onDisconnect(final PendingRequest request, final long nowNs)
    {
        disconnectDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final Session session = request.session();
        if (null == session || session.sessionId() != disconnectDecoder.sessionId())
        {
            return refuseFrame(session, RejectedEncoder.requestIdNullValue(), Reason.UNKNOWN_SESSION.value());
        }
        close(session, CloseCause.DISCONNECTED, nowNs);
        return false;
    }

    /**
     * Counts a frame that is not the bot's word: its tag does not fit, or it could not be taken whole to see whether it
     * does. The answer is rare and names no request.
     */
    private boolean refuseForgery(final Session session, final int reason, final long nowNs)
    {
        noise.count(reason);
        if (null != session && session.mayAnswerForgery(nowNs))
        {
            replies.rejected(
                session, RejectedEncoder.requestIdNullValue(), JournalPublisher.NOT_APPENDED, reason, NO_RULE);
        }
        return false;
    }

    /** A frame that did not pass the checks. */
    boolean refuseFrame(final PendingRequest request, final int reason, final long nowNs)
    {
        final boolean isUnproven = Reason.FRAME_NOT_AUTHENTIC.value() == reason ||
            Reason.FRAME_FRAGMENTED.value() == reason ||
            Reason.FRAME_TOO_LONG.value() == reason;
        return isUnproven ?
            refuseForgery(request.session(), reason, nowNs) :
            refuseFrame(
                request.session(),
                WireFrame.requestId(request.frame(), 0, request.frameLength() - FrameAuthenticator.TAG_LENGTH),
                reason);
    }

    /** Counts a frame that is no request, and answers it where its publication has a session. */
    boolean refuseFrame(final Session session, final long requestId, final int reason)
    {
        noise.count(reason);
        if (null != session)
        {
            replies.rejected(session, requestId, JournalPublisher.NOT_APPENDED, reason, NO_RULE);
        }
        return false;
    }

    @Override
    public void onNoise(final int reason)
    {
        noise.count(reason);
    }

    @Override
    public void onOpenSession(final Session session)
    {
        final long nowNs = clock.monotonicNs();
        if (sessions.containsKey(session.aeronSessionId()))
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            replies.sessionRejected(
                session.egress(), session.correlationId(), Reason.SESSION_ALREADY_OPEN.value());
        }
        else if (sessions.size() >= maxSessions)
        {
            onRefuseSession(session.applicant(), session.egress(), Reason.TOO_MANY_SESSIONS.value());
        }
        else
        {
            final long sessionId = lifePublisher.sessionOpened(session, nowNs);
            if (JournalPublisher.NOT_APPENDED == sessionId)
            {
                onRefuseSession(session.applicant(), session.egress(), Reason.JOURNAL_UNAVAILABLE.value());
                return;
            }
            session.open(sessionId);
            sessions.put(session.aeronSessionId(), session);
            counters.sessionsOpen().setRelease(sessions.size());
            replies.sessionOpened(session, gatewayStartNs);
        }
    }

    @Override
    public void onRefuseSession(final Applicant applicant, final Egress egress, final int reason)
    {
        noise.sessionRefused(applicant, reason, clock.monotonicNs());
        replies.sessionRejected(egress, applicant.correlationId(), reason);
    }

    @Override
    public void onLoseSession(final int aeronSessionId)
    {
        final Session session = sessions.get(aeronSessionId);
        if (null != session)
        {
            close(session, CloseCause.GONE, clock.monotonicNs());
        }
    }

    void closeAll(final long nowNs)
    {
        sessions.forEachInt(
            (aeronSessionId, session) ->
            {
                lifePublisher.sessionClosed(session, CloseCause.GATEWAY_STOPPED, nowNs);
                session.zero();
            });
        sessions.clear();
        counters.sessionsOpen().setRelease(0);
    }

    private void close(final Session session, final CloseCause cause, final long nowNs)
    {
        sessions.remove(session.aeronSessionId());
        counters.sessionsOpen().setRelease(sessions.size());
        lifePublisher.sessionClosed(session, cause, nowNs);
        session.zero();
    }
}
