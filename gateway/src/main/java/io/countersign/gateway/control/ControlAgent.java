package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import io.countersign.gateway.session.Handshake;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.PublicationId;
import io.countersign.gateway.transport.Source;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
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
    private static final AccessRefusal NOT_CHECKED = new AccessRefusal("it could not be checked");
    private static final long CLOCK_RENEWAL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ControlProxy proxy;
    private final EgressFactory egressFactory;
    private final Queue<Long> gonePublications;
    private final Queue<GatewayCommand> commands;
    private final PolicySource policySource;
    private final AccessTokens accessTokens;
    private final AccessTokenProxy accessTokenProxy;
    private final SystemGatewayClock gatewayClock;
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private final long connectTimeoutNs;
    private final IngressShare[] shares;
    private final ApiKeyDerivations derivations;
    private final RequestHistories histories;
    private final SecureRandom secureRandom = new SecureRandom();
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
        accessTokens = context.accessTokens();
        accessTokenProxy = context.accessTokenProxy();
        gatewayClock = context.gatewayClock();
        nanoClock = context.nanoClock();
        errorHandler = context.errorHandler();
        connectTimeoutNs = context.connectTimeoutNs();
        derivations = context.derivations();
        histories = context.histories();
        clockRenewalDeadlineNs = nanoClock.nanoTime();
        shares = new IngressShare[proxy.ingressCount()];
        Arrays.setAll(shares, (i) -> new IngressShare(context.maxPublications(), clockRenewalDeadlineNs));
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
        final boolean isDerived = Reason.NONE.value() == reason;
        final Publication publication = publicationFor(publicationId, isDerived);
        if (null == publication)
        {
            return;
        }
        publication.begin(
            new Handshake(
                new Handshake.Applicant(
                    publicationId, correlationId, principal, apiKeyVersion, publication.source()),
                clientNonce),
            isDerived ? derivation(publicationId, principal, apiKeyVersion) : null,
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
        backlog.add(publication.proveAnswer(clientProof, policy, histories));
    }

    @Override
    public void onRelease(final long publicationId)
    {
        final Publication publication = publications.get(publicationId);
        // Its bot may have begun anew meanwhile.
        if (null != publication && publication.isIdle())
        {
            publications.remove(publicationId);
            publication.close();
        }
    }

    @Override
    public void onPresentAccessToken(final AccessTokenProxy.Presentation presentation, final byte[] accessToken)
    {
        backlog.add(new GatewayCommand.DecideAccess(presentation, decide(presentation.principal(), accessToken)));
    }

    private AccessDecision decide(final byte[] principal, final byte[] accessToken)
    {
        try
        {
            final int principalIndex = policy.principalIndex(principal);
            final String subject = TextTable.ABSENT == principalIndex ? null : policy.subject(principalIndex);
            return null == accessTokens || null == subject ?
                NONE_TAKEN : accessTokens.verify(accessToken, subject, gatewayClock.utcNs(gatewayClock.monotonicNs()));
        }
        catch (final RuntimeException | StackOverflowError ex)
        {
            // Nobody foresaw it; the session has this one in hand until it is answered.
            errorHandler.onError(ex);
            return NOT_CHECKED;
        }
    }

    /** Handshakes from here on go by the new policy: what comes of them is behind it in the queue. */
    @Override
    public void onReload(final boolean isTrial, final byte[] sha256)
    {
        backlog.add(new GatewayCommand.PolicyRead(readPolicy(isTrial, sha256)));
        policy = policySource.policy();
    }

    private PolicyReading readPolicy(final boolean isTrial, final byte[] sha256)
    {
        try
        {
            return policySource.read(isTrial, sha256);
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

    /** The publication to begin a handshake on; null when there is to be none, which is then counted. */
    private Publication publicationFor(final long publicationId, final boolean isDerived)
    {
        final Publication publication = publications.get(publicationId);
        if (null != publication && !publication.isIdle())
        {
            backlog.add(new GatewayCommand.CountNoise(Reason.SESSION_ALREADY_OPEN.value()));
            return null;
        }
        final IngressShare share = shares[PublicationId.ingressIndex(publicationId)];
        final boolean hasRoom = share.hasHandshake() && (null != publication || share.hasPublication());
        final Source source = !hasRoom || null != publication ? null : egressFactory.source(publicationId);
        if (!hasRoom || null == publication && null == source || isDerived && !share.mayDerive(nanoClock.nanoTime()))
        {
            backlog.add(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()));
            return null;
        }
        return null == publication ? newPublication(publicationId, source, share) : publication;
    }

    private Publication newPublication(final long publicationId, final Source source, final IngressShare share)
    {
        final Publication publication = new Publication(publicationId, source, share, egressFactory);
        publications.put(publicationId, publication);
        return publication;
    }

    /** One that the token agent has no room for is answered at once: there is no API key. */
    private ApiKeyDerivation derivation(
        final long publicationId, final byte[] principal, final int apiKeyVersion)
    {
        final ApiKeyDerivation derivation = new ApiKeyDerivation(principal, apiKeyVersion);
        if (!derivations.offer(PublicationId.ingressIndex(publicationId), derivation))
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
