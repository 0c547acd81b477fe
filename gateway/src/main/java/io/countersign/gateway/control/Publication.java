package io.countersign.gateway.control;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.session.Handshake;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.Source;

import java.util.concurrent.TimeUnit;

/**
 * A bot's ingress publication, the way back to it, and the handshake that is under way on it, if any. For the control
 * agent; the states of a handshake are drawn in the package of sessions.
 */
final class Publication
{
    /** Within the time in which bots wait; the token may be making a key meanwhile. */
    private static final long TOKEN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(4);

    private final EgressFactory egressFactory;
    private final long publicationId;
    private final Source source;
    private final IngressShare share;
    private final long registrationId;
    private Egress egress;
    private boolean hasFailed;
    private State state = State.IDLE;
    private Handshake handshake;
    private ApiKeyDerivation derivation;
    private int reason;
    private long startNs;

    /** States of the handshake. */
    private enum State
    {
        IDLE, OPENING, CHALLENGED
    }

    Publication(
        final long publicationId, final Source source, final IngressShare share, final EgressFactory egressFactory)
    {
        this.publicationId = publicationId;
        this.source = source;
        this.share = share;
        this.egressFactory = egressFactory;
        registrationId = egressFactory.add(publicationId, source);
        share.onPublication(1);
    }

    /** Where it came from when its first Connect came; replies go there as long as it exists. */
    Source source()
    {
        return source;
    }

    boolean isIdle()
    {
        return State.IDLE == state;
    }

    boolean isChallenged(final long correlationId)
    {
        return State.CHALLENGED == state && handshake.applicant().correlationId() == correlationId;
    }

    /**
     * Begin a handshake.
     *
     * @param handshake  that Connect asks for.
     * @param derivation under way, or null when it is refused whoever it is.
     * @param reason     why, or NONE.
     * @param nowNs      monotonic time.
     */
    void begin(
        final Handshake handshake,
        final ApiKeyDerivation derivation,
        final int reason,
        final long nowNs)
    {
        state = State.OPENING;
        share.onHandshake(1);
        this.handshake = handshake;
        this.derivation = derivation;
        this.reason = reason;
        startNs = nowNs;
    }

    /** The answer to Connect, or null when there is none yet. */
    GatewayCommand connectAnswer(final ControlAgent agent, final long nowNs)
    {
        if (State.OPENING != state || null == egress)
        {
            return null;
        }
        if (null == derivation)
        {
            return refusal(reason);
        }
        if (derivation.isPending() && nowNs - startNs < TOKEN_TIMEOUT_NS)
        {
            return null;
        }
        final byte[] apiKey = derivation.take();
        if (null == apiKey)
        {
            return refusal(Reason.TOKEN_UNAVAILABLE.value());
        }
        state = State.CHALLENGED;
        final byte[] gatewayNonce = agent.newNonce();
        return new GatewayCommand.ChallengeBot(
            egress, handshake.applicant().correlationId(), gatewayNonce, handshake.challenge(apiKey, gatewayNonce));
    }

    /** The answer to Prove, with which the handshake ends: the policy is that of this moment, not that of Connect. */
    GatewayCommand proveAnswer(final byte[] clientProof, final Policy policy, final RequestHistories histories)
    {
        final int principalIndex = policy.principalIndex(handshake.applicant().principalName());
        final boolean isValid = policy.isApiKeyVersionValid(principalIndex, handshake.applicant().apiKeyVersion());
        // Not short-circuited: an invalid version must not be answered sooner than a wrong proof.
        if (handshake.isProvenBy(clientProof) & isValid)
        {
            if (!policy.isSourceGranted(principalIndex, source.ingress(), source.address()))
            {
                return refusal(Reason.SOURCE_NOT_GRANTED.value());
            }
            final GatewayCommand answer = new GatewayCommand.OpenSession(
                handshake.session(egress, histories.forSession(handshake.applicant().principalName())));
            end();
            return answer;
        }
        return refusal(Reason.AUTHENTICATION_FAILED.value());
    }

    /** The answer to a bot that takes too long, or null when it has time left or cannot be answered. */
    GatewayCommand timeOutAnswer(final long nowNs, final long timeoutNs)
    {
        return State.CHALLENGED == state && nowNs - startNs >= timeoutNs ?
            refusal(Reason.AUTHENTICATION_FAILED.value()) : null;
    }

    /** Whether the bot does not listen, so that this publication is to be let go. */
    boolean isUnreachable(final long nowNs, final long timeoutNs)
    {
        return State.OPENING == state && null == egress && (hasFailed || nowNs - startNs >= timeoutNs);
    }

    /** Looks whether the bot listens by now. */
    void findEgress(final ControlAgent agent)
    {
        if (null == egress && State.OPENING == state && !hasFailed)
        {
            try
            {
                egress = egressFactory.connected(publicationId, registrationId);
            }
            catch (final RuntimeException ex)
            {
                hasFailed = true;
                agent.onError(ex);
            }
        }
    }

    void close()
    {
        end();
        share.onPublication(-1);
        if (null != egress)
        {
            egress.close();
        }
        else if (!hasFailed)
        {
            egressFactory.abandon(publicationId, registrationId);
        }
    }

    private GatewayCommand refusal(final int why)
    {
        final GatewayCommand answer = new GatewayCommand.RefuseSession(handshake.applicant(), egress, why);
        end();
        return answer;
    }

    private void end()
    {
        if (State.IDLE != state)
        {
            state = State.IDLE;
            share.onHandshake(-1);
            handshake.end();
            if (null != derivation)
            {
                derivation.abandon();
            }
        }
    }
}
