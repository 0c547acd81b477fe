package io.countersign.gateway;

import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Opens and closes sessions, and answers frames that belong to none. For the gateway thread.
 */
final class SessionDesk
{
    private static final byte[] NO_RULE = new byte[0];

    private final Int2ObjectHashMap<Session> sessions = new Int2ObjectHashMap<>();
    private final ConnectDecoder connectDecoder = new ConnectDecoder();
    private final DisconnectDecoder disconnectDecoder = new DisconnectDecoder();
    private final ControlProxy controlProxy;
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

    /** The way back is opened by the control agent, which hands the session over when it is there. */
    boolean onConnect(final int aeronSessionId, final PendingRequest request, final boolean isStopping)
    {
        connectDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final long correlationId = connectDecoder.correlationId();
        final Session session = request.session();
        if (null != session)
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            replies.sessionRejected(session, correlationId, Reason.SESSION_ALREADY_OPEN.value());
            return false;
        }
        final int reason = isStopping ? Reason.GATEWAY_STOPPING.value() : Reason.NONE.value();
        final int offset = connectDecoder.limit() + ConnectDecoder.principalHeaderLength();
        final int length = connectDecoder.principalLength();
        if (!controlProxy.connect(aeronSessionId, correlationId, reason, request.frame(), offset, length))
        {
            noise.count(Reason.TOO_MANY_SESSIONS.value());
        }
        return false;
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

    void open(final Session session, final long nowNs)
    {
        if (sessions.containsKey(session.aeronSessionId()))
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            replies.sessionRejected(session, session.correlationId(), Reason.SESSION_ALREADY_OPEN.value());
        }
        else if (sessions.size() >= maxSessions)
        {
            refuse(session, Reason.TOO_MANY_SESSIONS.value(), nowNs);
        }
        else
        {
            final long sessionId = lifePublisher.sessionOpened(session, nowNs);
            if (JournalPublisher.NOT_APPENDED == sessionId)
            {
                refuse(session, Reason.JOURNAL_UNAVAILABLE.value(), nowNs);
                return;
            }
            session.open(sessionId);
            sessions.put(session.aeronSessionId(), session);
            counters.sessionsOpen().setRelease(sessions.size());
            replies.sessionOpened(session, gatewayStartNs);
        }
    }

    void refuse(final Session session, final int reason, final long nowNs)
    {
        noise.sessionRefused(session, reason, nowNs);
        replies.sessionRejected(session, session.correlationId(), reason);
    }

    void lose(final int aeronSessionId, final long nowNs)
    {
        final Session session = sessions.get(aeronSessionId);
        if (null != session)
        {
            close(session, CloseCause.GONE, nowNs);
        }
    }

    void closeAll(final long nowNs)
    {
        sessions.forEachInt(
            (aeronSessionId, session) -> lifePublisher.sessionClosed(session, CloseCause.GATEWAY_STOPPED, nowNs));
        sessions.clear();
        counters.sessionsOpen().setRelease(0);
    }

    private void close(final Session session, final CloseCause cause, final long nowNs)
    {
        sessions.remove(session.aeronSessionId());
        counters.sessionsOpen().setRelease(sessions.size());
        lifePublisher.sessionClosed(session, cause, nowNs);
    }
}
