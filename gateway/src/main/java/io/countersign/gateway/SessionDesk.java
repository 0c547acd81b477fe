package io.countersign.gateway;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.KeepAliveDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionEnd;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.SessionControl;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Egress;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens and closes sessions, and answers frames that belong to none. For the gateway thread.
 */
final class SessionDesk implements SessionControl
{
    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
    /** The same sessions, to look at one after another. */
    private final ArrayList<Session> open = new ArrayList<>();
    /** Publications whose sessions were closed here, which the control agent does not know yet. */
    private final LongArrayList unreleased = new LongArrayList();
    private final ConnectDecoder connectDecoder = new ConnectDecoder();
    private final ProveDecoder proveDecoder = new ProveDecoder();
    private final ControlProxy controlProxy;
    private final GatewayClock clock;
    private final GatewayCounters counters;
    private final LifePublisher lifePublisher;
    private final Noise noise;
    private final ReplyDelivery replies;
    private final PolicyDesk policies;
    private final SessionLimits limits;
    private final long idleTimeoutNs;
    private long gatewayStartNs;
    private int nextToLookAt;

    SessionDesk(
        final GatewayContext context,
        final PolicyDesk policies,
        final LifePublisher lifePublisher,
        final Noise noise,
        final ReplyDelivery replies)
    {
        controlProxy = context.controlProxy();
        clock = context.clock();
        counters = context.counters();
        limits = context.sessionLimits();
        idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(limits.idleTimeoutMs());
        this.policies = policies;
        this.lifePublisher = lifePublisher;
        this.noise = noise;
        this.replies = replies;
    }

    void startedAt(final long gatewayStartNs)
    {
        this.gatewayStartNs = gatewayStartNs;
    }

    Session get(final long publicationId)
    {
        return sessions.get(publicationId);
    }

    boolean isOpen(final Session session)
    {
        return sessions.get(session.publicationId()) == session;
    }

    /** Another policy is in force: each session goes on under it, or ends. */
    void onPolicy(final long nowNs)
    {
        for (final Session session : List.copyOf(open))
        {
            if (Reason.NONE.value() != standing(session))
            {
                replies.sessionClosed(session, SessionEnd.NOT_GRANTED);
                close(session, CloseCause.NOT_GRANTED, nowNs);
                unreleased.addLong(session.publicationId());
            }
            else
            {
                session.access().keepOnlyOf(policies.policy().subject(session.principalIndex()));
            }
        }
    }

    /** Finds the principal of a session in the policy in force, and why it may not have this session there. */
    private int standing(final Session session)
    {
        final Policy policy = policies.policy();
        session.principalIndex(policy.principalIndex(session.principalName()));
        if (!policy.isApiKeyVersionValid(session.principalIndex(), session.apiKeyVersion()))
        {
            return Reason.AUTHENTICATION_FAILED.value();
        }
        return policy.isSourceGranted(
            session.principalIndex(), session.source().ingress(), session.source().address()) ?
            Reason.NONE.value() : Reason.SOURCE_NOT_GRANTED.value();
    }

    /** Why a session may not be opened: neither a crowd nor one principal takes every place. */
    private int admission(final Session session)
    {
        final int reason = standing(session);
        if (Reason.NONE.value() != reason)
        {
            return reason;
        }
        final boolean isOperator = policies.policy().isOperator(session.principalIndex());
        if (!isOperator && Reason.NONE.value() != lifePublisher.refusal())
        {
            return lifePublisher.refusal();
        }
        int ofPrincipal = 0;
        for (final Session other : open)
        {
            ofPrincipal += Arrays.equals(other.principalName(), session.principalName()) ? 1 : 0;
        }
        final int places = limits.maxSessions() + (isOperator ? SessionLimits.OPERATOR_PLACES : 0);
        return open.size() < places && ofPrincipal < limits.maxSessionsPerPrincipal() ?
            Reason.NONE.value() : Reason.TOO_MANY_SESSIONS.value();
    }

    /** The handshake is the control agent's, which hands the session over when the bot has proven itself. */
    boolean onConnect(final long publicationId, final PendingRequest request, final boolean isStopping)
    {
        connectDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final long correlationId = connectDecoder.correlationId();
        final Session session = request.session();
        if (null != session)
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            // A Connect has no tag: who can write to the publication must not make the gateway speak at his rate.
            if (session.mayAnswerForgery(request.receivedNs()))
            {
                replies.sessionRejected(session.egress(), correlationId, Reason.SESSION_ALREADY_OPEN.value());
            }
            return false;
        }
        // Its bot begins anew on the same publication: the way back is kept.
        unreleased.removeLong(publicationId);
        final int reason = isStopping ? Reason.GATEWAY_STOPPING.value() : Reason.NONE.value();
        final boolean isPassedOn = controlProxy.connect(
            publicationId,
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
    boolean onProve(final long publicationId, final PendingRequest request)
    {
        proveDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        if (null != request.session())
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            return false;
        }
        final int offset = proveDecoder.offset() + ProveDecoder.clientProofEncodingOffset();
        if (!controlProxy.prove(publicationId, proveDecoder.correlationId(), request.frame(), offset))
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

    /**
     * Whether a frame of a session is for this one, comes in order, and takes its place when it does. What else it may
     * lack is its kind's to answer.
     */
    int checkHead(final PendingRequest request)
    {
        final Session session = request.session();
        if (null == session || session.sessionId() != WireFrame.sessionId(request.frame(), 0))
        {
            return Reason.UNKNOWN_SESSION.value();
        }
        if (!session.advanceIngress(WireFrame.ingressSequence(request.frame(), 0)))
        {
            return Reason.FRAME_REPLAYED.value();
        }
        if (!request.isTooLate())
        {
            session.heard(request.receivedNs());
        }
        return hasRequestId(request.templateId()) && request.requestId() <= 0 ?
            Reason.FIELD_OUT_OF_RANGE.value() : Reason.NONE.value();
    }

    /** Whether one more request of a session may go to the token. */
    boolean isFull(final Session session)
    {
        return session.inHand() >= limits.maxInFlight();
    }

    boolean onDisconnect(final PendingRequest request, final long nowNs)
    {
        if (request.isTooLate())
        {
            noise.count(Reason.DEADLINE_PASSED.value());
        }
        else
        {
            close(request.session(), CloseCause.DISCONNECTED, nowNs);
        }
        return false;
    }

    /** That it came in time was noted with its head. */
    boolean onKeepAlive(final PendingRequest request)
    {
        if (request.isTooLate())
        {
            noise.count(Reason.DEADLINE_PASSED.value());
        }
        return false;
    }

    /** Looks at one session each time, so that the gateway's many sessions cost no request anything. */
    int closeIdle(final long nowNs)
    {
        final int last = unreleased.size() - 1;
        if (last >= 0 && controlProxy.release(unreleased.getLong(last)))
        {
            unreleased.removeAt(last);
        }
        if (open.isEmpty())
        {
            return 0;
        }
        nextToLookAt = nextToLookAt + 1 < open.size() ? nextToLookAt + 1 : 0;
        final Session session = open.get(nextToLookAt);
        if (!session.isIdle(nowNs, idleTimeoutNs))
        {
            return 0;
        }
        replies.sessionClosed(session, SessionEnd.IDLE);
        close(session, CloseCause.IDLE, nowNs);
        counters.sessionsIdle().incrementRelease();
        unreleased.addLong(session.publicationId());
        return 1;
    }

    private static boolean hasRequestId(final int templateId)
    {
        return DisconnectDecoder.TEMPLATE_ID != templateId && KeepAliveDecoder.TEMPLATE_ID != templateId;
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
            replies.rejected(session, Long.MAX_VALUE, RejectedEncoder.requestIdNullValue(), reason);
        }
        return false;
    }

    /** A frame that did not pass the checks. */
    boolean refuseFrame(final PendingRequest request, final int reason, final long nowNs)
    {
        final boolean isUnproven = Reason.FRAME_NOT_AUTHENTIC.value() == reason ||
            Reason.FRAME_REPLAYED.value() == reason ||
            Reason.FRAME_FRAGMENTED.value() == reason ||
            Reason.FRAME_TOO_LONG.value() == reason;
        if (isUnproven)
        {
            return refuseForgery(request.session(), reason, nowNs);
        }
        noise.count(reason);
        if (null != request.session())
        {
            final long requestId =
                WireFrame.requestId(request.frame(), 0, request.frameLength() - FrameAuthenticator.TAG_LENGTH);
            // The deadline stands before the request id: where one can be read, so can the other.
            final long deadlineNs = RejectedEncoder.requestIdNullValue() == requestId ?
                Long.MAX_VALUE : WireFrame.deadlineNs(request.frame(), 0);
            replies.rejected(request.session(), deadlineNs, requestId, reason);
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
        if (sessions.containsKey(session.publicationId()))
        {
            noise.count(Reason.SESSION_ALREADY_OPEN.value());
            replies.sessionRejected(
                session.egress(), session.correlationId(), Reason.SESSION_ALREADY_OPEN.value());
        }
        else
        {
            final int reason = admission(session);
            if (Reason.NONE.value() != reason)
            {
                onRefuseSession(session.applicant(), session.egress(), reason);
                return;
            }
            final long sessionId = lifePublisher.sessionOpened(session, nowNs);
            if (JournalPublisher.NOT_APPENDED == sessionId)
            {
                onRefuseSession(session.applicant(), session.egress(), Reason.JOURNAL_UNAVAILABLE.value());
                return;
            }
            session.open(sessionId, nowNs);
            sessions.put(session.publicationId(), session);
            open.add(session);
            counters.sessionsOpen().setRelease(sessions.size());
            replies.sessionOpened(session, gatewayStartNs, limits.maxInFlight(), limits.idleTimeoutMs());
        }
    }

    @Override
    public void onRefuseSession(final Applicant applicant, final Egress egress, final int reason)
    {
        noise.sessionRefused(applicant, reason, clock.monotonicNs());
        replies.sessionRejected(egress, applicant.correlationId(), reason);
    }

    @Override
    public void onLoseSession(final long publicationId)
    {
        final Session session = sessions.get(publicationId);
        if (null != session)
        {
            close(session, CloseCause.GONE, clock.monotonicNs());
        }
    }

    void closeAll(final long nowNs)
    {
        for (final Session session : open)
        {
            replies.sessionClosed(session, SessionEnd.GATEWAY_STOPPED);
            lifePublisher.sessionClosed(session, CloseCause.GATEWAY_STOPPED, nowNs);
            session.close();
            session.zero();
        }
        open.clear();
        sessions.clear();
        counters.sessionsOpen().setRelease(0);
    }

    private void close(final Session session, final CloseCause cause, final long nowNs)
    {
        sessions.remove(session.publicationId());
        open.remove(session);
        counters.sessionsOpen().setRelease(sessions.size());
        lifePublisher.sessionClosed(session, cause, nowNs);
        session.close();
    }
}
