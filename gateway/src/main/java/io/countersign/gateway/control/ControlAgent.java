package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.session.Handshake;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Source;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Shakes hands with bots: opens ways back to them, challenges them and checks their proofs. Notices when they go, and
 * keeps the clock's offset true.
 */
public final class ControlAgent implements Agent, ControlProxy.HandshakeHandler, AccessTokenProxy.Handler
{
    private static final AccessRefusal NONE_TAKEN = new AccessRefusal("no access token is taken of this principal");
    private static final long CLOCK_RENEWAL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ControlProxy proxy;
    private final EgressFactory egressFactory;
    private final Queue<Long> gonePublications;
    private final Queue<GatewayCommand> commands;
    private final PolicySource policySource;
    private final SourceGrants sourceGrants;
    private final AccessTokens accessTokens;
    private final AccessTokenProxy accessTokenProxy;
    private final SystemGatewayClock gatewayClock;
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private final long connectTimeoutNs;
    private final int maxPublications;
    private final int maxHandshakes;
    private final Queue<ApiKeyDerivation> derivations;
    private final RequestHistories histories;
    private final SecureRandom secureRandom = new SecureRandom();
    private final UnsafeBuffer principalText = new UnsafeBuffer(0, 0);
    private final Long2ObjectHashMap<Publication> publications = new Long2ObjectHashMap<>();
    private final ArrayDeque<GatewayCommand> backlog = new ArrayDeque<>();
    private Policy policy;
    private long clockRenewalDeadlineNs;

    /**
     * Construct from its context.
     *
     * @param context concluded.
     */
    public ControlAgent(final ControlContext context)
    {
        proxy = context.proxy();
        egressFactory = context.egressFactory();
        gonePublications = context.gonePublications();
        commands = context.commands();
        policySource = context.policySource();
        policy = policySource.policy();
        sourceGrants = context.sourceGrants();
        accessTokens = context.accessTokens();
        accessTokenProxy = context.accessTokenProxy();
        gatewayClock = context.gatewayClock();
        nanoClock = context.nanoClock();
        errorHandler = context.errorHandler();
        connectTimeoutNs = context.connectTimeoutNs();
        maxPublications = context.maxPublications();
        maxHandshakes = maxPublications / 2;
        derivations = context.derivations().queue();
        histories = context.histories();
        clockRenewalDeadlineNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork()
    {
        final long nowNs = nanoClock.nanoTime();
        // Handshakes that come faster than the gateway thread takes the answers wait in the ring, which is bounded.
        int workCount = backlog.isEmpty() ? proxy.poll(this) : 0;
        workCount += backlog.isEmpty() ? accessTokenProxy.poll(this) : 0;
        workCount += advanceHandshakes(nowNs);
        workCount += forgetGone();
        workCount += flushBacklog();
        workCount += null == accessTokens ? 0 : accessTokens.poll(nowNs);
        if (nowNs - clockRenewalDeadlineNs >= 0)
        {
            clockRenewalDeadlineNs = nowNs + CLOCK_RENEWAL_INTERVAL_NS;
            gatewayClock.renew();
        }
        return workCount;
    }

    @Override
    public String roleName()
    {
        return "countersign-control";
    }

    @Override
    public void onConnect(
        final long publicationId,
        final long correlationId,
        final int reason,
        final int apiKeyVersion,
        final byte[] clientNonce,
        final byte[] principal)
    {
        // One that had gone before this Connect came, with the same id, may have come from somewhere else.
        forgetGone();
        final Publication publication = publicationFor(publicationId);
        if (null == publication)
        {
            return;
        }
        if (!publication.isIdle())
        {
            backlog.add(new GatewayCommand.CountNoise(Reason.SESSION_ALREADY_OPEN.value()));
            return;
        }
        principalText.wrap(principal);
        final int principalIndex = policy.principalIndex(principalText, 0, principal.length);
        publication.begin(
            new Handshake(
                new Handshake.Applicant(
                    publicationId, correlationId, principalIndex, principal, apiKeyVersion, publication.source()),
                clientNonce),
            policy.isApiKeyVersionValid(principalIndex, apiKeyVersion),
            Reason.NONE.value() == reason ? derivation(principal, apiKeyVersion) : null,
            reason,
            nanoClock.nanoTime());
    }

    @Override
    public void onProve(final long publicationId, final long correlationId, final byte[] clientProof)
    {
        final Publication publication = publications.get(publicationId);
        if (null == publication || !publication.isChallenged(correlationId))
        {
            backlog.add(new GatewayCommand.CountNoise(Reason.UNKNOWN_SESSION.value()));
            return;
        }
        backlog.add(publication.proveAnswer(clientProof, sourceGrants, histories));
    }

    @Override
    public void onRelease(final long publicationId)
    {
        final Publication publication = publications.remove(publicationId);
        if (null != publication)
        {
            publication.close();
        }
    }

    @Override
    public void onPresentAccessToken(final AccessTokenProxy.Presentation presentation, final byte[] accessToken)
    {
        final String subject = policy.subject(presentation.principalIndex());
        final AccessDecision decision = null == accessTokens || null == subject ?
            NONE_TAKEN : accessTokens.verify(accessToken, subject, gatewayClock.utcNs(gatewayClock.monotonicNs()));
        backlog.add(new GatewayCommand.DecideAccess(presentation, decision));
    }

    /** Handshakes from here on go by the new policy: what comes of them is behind it in the queue. */
    @Override
    public void onReload(final boolean isTrial)
    {
        backlog.add(new GatewayCommand.PolicyRead(readPolicy(isTrial)));
        policy = policySource.policy();
    }

    private PolicyReading readPolicy(final boolean isTrial)
    {
        try
        {
            return policySource.read(isTrial);
        }
        catch (final RuntimeException | StackOverflowError | OutOfMemoryError ex)
        {
            // Nobody foresaw it; the operator is still to be answered.
            errorHandler.onError(ex);
            return new PolicyReading.Unusable(List.of("the policy file could not be read again: " + ex));
        }
    }

    /** A random number that is used once. */
    byte[] newNonce()
    {
        final byte[] nonce = new byte[HandshakeTranscript.NONCE_LENGTH];
        secureRandom.nextBytes(nonce);
        return nonce;
    }

    void onError(final RuntimeException error)
    {
        errorHandler.onError(error);
    }

    private Publication publicationFor(final long publicationId)
    {
        Publication publication = publications.get(publicationId);
        if (null == publication || publication.isIdle())
        {
            if (handshakes() >= maxHandshakes)
            {
                backlog.add(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()));
                return null;
            }
        }
        if (null == publication)
        {
            final Source source =
                publications.size() < maxPublications ? egressFactory.source(publicationId) : null;
            if (null == source)
            {
                backlog.add(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()));
                return null;
            }
            publication = new Publication(publicationId, source, egressFactory);
            publications.put(publicationId, publication);
        }
        return publication;
    }

    private int handshakes()
    {
        int count = 0;
        for (final Publication publication : publications.values())
        {
            count += publication.isIdle() ? 0 : 1;
        }
        return count;
    }

    /** One that the token agent has no room for is answered at once: there is no API key. */
    private ApiKeyDerivation derivation(final byte[] principal, final int apiKeyVersion)
    {
        final ApiKeyDerivation derivation = new ApiKeyDerivation(principal, apiKeyVersion);
        if (!derivations.offer(derivation))
        {
            derivation.answer(null);
        }
        return derivation;
    }

    private int advanceHandshakes(final long nowNs)
    {
        int workCount = 0;
        final Iterator<Publication> iterator = publications.values().iterator();
        while (iterator.hasNext())
        {
            final Publication publication = iterator.next();
            publication.findEgress(this);
            workCount += answer(publication.connectAnswer(this, nowNs));
            workCount += answer(publication.timeOutAnswer(nowNs, connectTimeoutNs));
            if (publication.isUnreachable(nowNs, connectTimeoutNs))
            {
                publication.close();
                iterator.remove();
                workCount++;
            }
        }
        return workCount;
    }

    private int answer(final GatewayCommand command)
    {
        if (null == command)
        {
            return 0;
        }
        backlog.add(command);
        return 1;
    }

    private int forgetGone()
    {
        int workCount = 0;
        Long publicationId = gonePublications.poll();
        while (null != publicationId)
        {
            final Publication publication = publications.remove(publicationId.longValue());
            if (null != publication)
            {
                backlog.add(new GatewayCommand.LoseSession(publicationId));
                publication.close();
            }
            publicationId = gonePublications.poll();
            workCount++;
        }
        return workCount;
    }

    private int flushBacklog()
    {
        int workCount = 0;
        while (!backlog.isEmpty() && commands.offer(backlog.peek()))
        {
            backlog.poll();
            workCount++;
        }
        return workCount;
    }
}
