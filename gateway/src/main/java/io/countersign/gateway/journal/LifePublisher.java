package io.countersign.gateway.journal;

import io.countersign.codecs.journal.AccessTokenAcceptedEncoder;
import io.countersign.codecs.journal.AccessTokenRefusedEncoder;
import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.InterruptedEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.NoiseEncoder;
import io.countersign.codecs.journal.NonceMarkEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.GatewayStoppedEncoder;
import io.countersign.codecs.journal.SessionClosedEncoder;
import io.countersign.codecs.journal.SessionOpenedEncoder;
import io.countersign.codecs.journal.SessionRefusedEncoder;
import io.countersign.codecs.journal.TokenChangedEncoder;
import io.countersign.codecs.journal.TokenState;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.policy.PolicyText;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes what happens to the gateway itself: its life, its sessions, its token, nonces, noise. Shares the sequence
 * with {@link JournalPublisher}. For the gateway thread; off the hot path.
 */
public final class LifePublisher
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final SessionOpenedEncoder sessionOpenedEncoder = new SessionOpenedEncoder();
    private final SessionRefusedEncoder sessionRefusedEncoder = new SessionRefusedEncoder();
    private final SessionClosedEncoder sessionClosedEncoder = new SessionClosedEncoder();
    private final NoiseEncoder noiseEncoder = new NoiseEncoder();
    private final TokenChangedEncoder tokenChangedEncoder = new TokenChangedEncoder();
    private final AccessTokenAcceptedEncoder accessTokenAcceptedEncoder = new AccessTokenAcceptedEncoder();
    private final AccessTokenRefusedEncoder accessTokenRefusedEncoder = new AccessTokenRefusedEncoder();
    private final JournalPublisher publisher;
    private long firstSequence;

    /**
     * Construct beside the publisher of requests.
     *
     * @param publisher whose journal and sequence are used.
     */
    public LifePublisher(final JournalPublisher publisher)
    {
        this.publisher = publisher;
    }

    /**
     * Why nothing may begin that bots can have as often as they like.
     *
     * @return a value of the wire's {@code Reason}, NONE when there is room.
     */
    public int refusal()
    {
        return publisher.refusal();
    }

    /**
     * Begin a life: what was found.
     *
     * @param recovery what was found in the journal.
     * @param version  of the gateway.
     * @param nowNs    monotonic time.
     */
    public void started(final JournalRecovery recovery, final String version, final long nowNs)
    {
        firstSequence = publisher.nextSequence();
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
        started.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .processId(ProcessHandle.current().pid())
            .lastSequence(recovery.lastSequence())
            .tornBytes(recovery.tornBytes())
            .interrupted(recovery.interruptedIntents().length)
            .version(version);
        publisher.append(buffer, started.limit());
    }

    /**
     * Tell of what the lives before have left open.
     *
     * @param recovery what was found in the journal.
     * @param nowNs    monotonic time.
     */
    public void interrupted(final JournalRecovery recovery, final long nowNs)
    {
        for (final long intentSequence : recovery.interruptedIntents())
        {
            final InterruptedEncoder interrupted =
                new InterruptedEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
            interrupted.sequence(publisher.nextSequence())
                .utcNs(publisher.utcNs(nowNs))
                .monotonicNs(nowNs)
                .intentSequence(intentSequence);
            publisher.append(buffer, interrupted.limit());
        }
    }

    /**
     * Decisions are taken by this policy from here on.
     *
     * @param policy       its version.
     * @param policyText   the texts behind it.
     * @param operatorName who had it read; empty at a start and a change of day.
     * @param comment      why.
     * @param nowNs        monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long policyInForce(
        final long policy,
        final PolicyText policyText,
        final String operatorName,
        final String comment,
        final long nowNs)
    {
        final PolicyInForceEncoder inForce = new PolicyInForceEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
        inForce.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .policyVersion(policy)
            .putSha256(policyText.sha256(), 0, policyText.sha256().length)
            .source(policyText.source())
            .putText(policyText.text(), 0, policyText.text().length)
            .putConfiguration(policyText.configuration(), 0, policyText.configuration().length)
            .operatorName(operatorName)
            .comment(comment);
        return publisher.append(buffer, inForce.limit());
    }

    /**
     * Nonces up to this one are used up.
     *
     * @param entry what a later life must know of an API key.
     * @param nowNs monotonic time.
     */
    public void nonceMark(final NonceEntry entry, final long nowNs)
    {
        final NonceMarkEncoder mark = new NonceMarkEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
        mark.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .nonce(entry.nonce())
            .keyVersion(entry.keyVersion())
            .key(entry.alias())
            .venue(entry.venue())
            .apiKey(entry.apiKey());
        publisher.append(buffer, mark.limit());
    }

    /**
     * A session opens.
     *
     * @param session that opens.
     * @param nowNs   monotonic time.
     * @return its sequence, which is its id, or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long sessionOpened(final Session session, final long nowNs)
    {
        sessionOpenedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .aeronSessionId(session.aeronSessionId())
            .apiKeyVersion(session.apiKeyVersion())
            .putIngress(session.source().ingressName(), 0, session.source().ingressName().length)
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .putSource(session.source().text(), 0, session.source().text().length);
        return publisher.append(buffer, sessionOpenedEncoder.limit());
    }

    /**
     * A Connect was refused.
     *
     * @param applicant with the name that it gave itself.
     * @param reason    a value of the wire's {@code Reason}.
     * @param nowNs     monotonic time.
     */
    public void sessionRefused(final Applicant applicant, final int reason, final long nowNs)
    {
        sessionRefusedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .aeronSessionId(applicant.aeronSessionId())
            .reason(reason)
            .apiKeyVersion(applicant.apiKeyVersion())
            .putIngress(applicant.source().ingressName(), 0, applicant.source().ingressName().length)
            .putPrincipal(applicant.principalName(), 0, applicant.principalName().length)
            .putSource(applicant.source().text(), 0, applicant.source().text().length);
        publisher.append(buffer, sessionRefusedEncoder.limit());
    }

    /**
     * A session ends.
     *
     * @param session that ends.
     * @param cause   of it.
     * @param nowNs   monotonic time.
     */
    public void sessionClosed(final Session session, final CloseCause cause, final long nowNs)
    {
        sessionClosedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .cause(cause)
            .putPrincipal(session.principalName(), 0, session.principalName().length);
        publisher.append(buffer, sessionClosedEncoder.limit());
    }

    /**
     * A session has the scopes of an access token.
     *
     * @param session that presented it.
     * @param grant   what it grants.
     * @param nowNs   monotonic time.
     * @return its sequence, or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long accessTokenAccepted(final Session session, final AccessGrant grant, final long nowNs)
    {
        accessTokenAcceptedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .expiresNs(grant.expiresNs())
            .scopes((short) grant.scopes())
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .issuer(grant.issuer())
            .subject(grant.subject())
            .accessTokenId(grant.accessTokenId());
        return publisher.append(buffer, accessTokenAcceptedEncoder.limit());
    }

    /**
     * An access token was refused.
     *
     * @param session that presented it.
     * @param refusal why.
     * @param nowNs   monotonic time.
     * @return its sequence, or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long accessTokenRefused(final Session session, final AccessRefusal refusal, final long nowNs)
    {
        accessTokenRefusedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .why(refusal.why());
        return publisher.append(buffer, accessTokenRefusedEncoder.limit());
    }

    /**
     * Frames were refused that belong to no request.
     *
     * @param countByReason indexed by the wire's {@code Reason}; counts above 0 are recorded.
     * @param nowNs         monotonic time.
     */
    public void noise(final long[] countByReason, final long nowNs)
    {
        int reasons = 0;
        for (final long count : countByReason)
        {
            reasons += count > 0 ? 1 : 0;
        }
        final NoiseEncoder.FramesEncoder frames = noiseEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .framesCount(reasons);
        for (int reason = 0; reason < countByReason.length; reason++)
        {
            if (countByReason[reason] > 0)
            {
                frames.next().reason(reason).occurrences(countByReason[reason]);
            }
        }
        publisher.append(buffer, noiseEncoder.limit());
    }

    /**
     * The connection to the token was made or lost.
     *
     * @param state       it is in now.
     * @param generation  of the connection.
     * @param returnValue the CKR_ value that ended it, 0 otherwise.
     * @param label       of the token, UTF-8.
     * @param nowNs       monotonic time.
     */
    public void tokenChanged(
        final TokenState state, final int generation, final long returnValue, final byte[] label, final long nowNs)
    {
        tokenChangedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .generation(generation)
            .returnValue(returnValue)
            .state(state)
            .putToken(label, 0, label.length);
        publisher.append(buffer, tokenChangedEncoder.limit());
    }

    /**
     * End this life in good order. Nothing but seals may follow.
     *
     * @param nowNs monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long stopped(final long nowNs)
    {
        final GatewayStoppedEncoder stopped = new GatewayStoppedEncoder().wrapAndApplyHeader(buffer, 0, headerEncoder);
        stopped.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .firstSequence(firstSequence);
        return publisher.append(buffer, stopped.limit());
    }

    /**
     * Wait until the storage device has all that was recorded.
     */
    public void sync()
    {
        publisher.sync();
    }
}
