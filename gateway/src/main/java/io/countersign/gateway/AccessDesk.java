package io.countersign.gateway;

import io.countersign.codecs.wire.PresentAccessTokenDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.control.AccessControl;
import io.countersign.gateway.control.AccessTokenProxy;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;

/**
 * Passes access tokens on to the control agent, which checks them, and puts into force what comes back. For the gateway
 * thread, which never looks into an access token.
 */
final class AccessDesk implements AccessControl
{
    private static final AccessRefusal EXPIRED = new AccessRefusal("exp has passed");

    private final PresentAccessTokenDecoder decoder = new PresentAccessTokenDecoder();
    private final AccessTokenProxy proxy;
    private final GatewayClock clock;
    private final LifePublisher lifePublisher;
    private final SessionDesk sessions;
    private final Noise noise;
    private final ReplyDelivery replies;

    AccessDesk(
        final GatewayContext context,
        final LifePublisher lifePublisher,
        final SessionDesk sessions,
        final Noise noise,
        final ReplyDelivery replies)
    {
        proxy = context.accessTokenProxy();
        clock = context.clock();
        this.lifePublisher = lifePublisher;
        this.sessions = sessions;
        this.noise = noise;
        this.replies = replies;
    }

    /** Of a session's access tokens one is checked at a time, and a few a second: a check is dear. */
    boolean onPresent(final PendingRequest request, final boolean isStopping, final long nowNs)
    {
        decoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final Session session = request.session();
        if (isStopping)
        {
            return sessions.refuseFrame(request, Reason.GATEWAY_STOPPING.value(), nowNs);
        }
        if (request.receivedUtcNs() >= decoder.deadlineNs())
        {
            return sessions.refuseFrame(request, Reason.DEADLINE_PASSED.value(), nowNs);
        }
        if (Reason.NONE.value() != lifePublisher.refusal())
        {
            return sessions.refuseFrame(request, lifePublisher.refusal(), nowNs);
        }
        if (!session.access().mayPresent(nowNs))
        {
            return sessions.refuseFrame(request, Reason.TOO_MANY_IN_FLIGHT.value(), nowNs);
        }
        final boolean isPassedOn = proxy.present(
            session.sessionId(),
            decoder.requestId(),
            session.publicationId(),
            session.principalName(),
            request.frame(),
            decoder.limit() + PresentAccessTokenDecoder.accessTokenHeaderLength(),
            decoder.accessTokenLength());
        if (!isPassedOn)
        {
            return sessions.refuseFrame(request, Reason.TOO_MANY_IN_FLIGHT.value(), nowNs);
        }
        session.access().onPassedOn();
        return false;
    }

    @Override
    public void onAccessDecided(final Presentation presentation, final AccessDecision decision)
    {
        final Session session = sessions.get(presentation.publicationId());
        if (null == session || session.sessionId() != presentation.sessionId())
        {
            return;
        }
        session.access().onDecided();
        final long nowNs = clock.monotonicNs();
        switch (decision)
        {
            case final AccessGrant grant when clock.utcNs(nowNs) < grant.expiresNs() ->
                grant(session, presentation.requestId(), grant, nowNs);
            case final AccessGrant ignored -> refuse(session, presentation.requestId(), EXPIRED, nowNs);
            case final AccessRefusal refusal -> refuse(session, presentation.requestId(), refusal, nowNs);
        }
    }

    /** No scope is in force that the journal does not know of. */
    private void grant(final Session session, final long requestId, final AccessGrant grant, final long nowNs)
    {
        final long sequence = lifePublisher.accessTokenAccepted(session, grant, nowNs);
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            noise.count(Reason.JOURNAL_UNAVAILABLE.value());
            replies.rejected(session, Long.MAX_VALUE, requestId, Reason.JOURNAL_UNAVAILABLE.value());
            return;
        }
        session.access().grant(grant.scopes(), grant.expiresNs(), grant.subject());
        replies.accessTokenAccepted(session, requestId, sequence, grant);
    }

    /** What was granted before stays in force. Recorded once a second and session, beyond that only counted. */
    private void refuse(final Session session, final long requestId, final AccessRefusal refusal, final long nowNs)
    {
        noise.count(Reason.ACCESS_TOKEN_REFUSED.value());
        final long sequence = session.access().mayRecordRefusal(nowNs) ?
            lifePublisher.accessTokenRefused(session, refusal, nowNs) : JournalPublisher.NOT_APPENDED;
        replies.accessTokenRefused(session, requestId, sequence);
    }
}
