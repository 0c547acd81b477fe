package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.session.Handshake;
import io.countersign.gateway.time.SystemGatewayClock;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Shakes hands with bots: opens ways back to them, challenges them and checks their proofs. Notices when they go, and
 * keeps the clock's offset true.
 */
public final class ControlAgent implements Agent, ControlProxy.HandshakeHandler
{
    private static final long CLOCK_RENEWAL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ControlProxy proxy;
    private final EgressFactory egressFactory;
    private final Queue<Integer> gonePublications;
    private final Queue<GatewayCommand> commands;
    private final Policy policy;
    private final SystemGatewayClock gatewayClock;
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private final long connectTimeoutNs;
    private final int maxPublications;
    private final int maxHandshakes;
    private final Queue<ApiKeyDerivation> derivations;
    private final SecureRandom secureRandom = new SecureRandom();
    private final UnsafeBuffer principalText = new UnsafeBuffer(0, 0);
    private final Int2ObjectHashMap<Publication> publications = new Int2ObjectHashMap<>();
    private final ArrayDeque<GatewayCommand> backlog = new ArrayDeque<>();
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
        policy = context.policy();
        gatewayClock = context.gatewayClock();
        nanoClock = context.nanoClock();
        errorHandler = context.errorHandler();
        connectTimeoutNs = context.connectTimeoutNs();
        maxPublications = context.maxPublications();
        maxHandshakes = maxPublications / 2;
        derivations = context.derivations().queue();
        clockRenewalDeadlineNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork()
    {
        final long nowNs = nanoClock.nanoTime();
        // Handshakes that come faster than the gateway thread takes the answers wait in the ring, which is bounded.
        int workCount = backlog.isEmpty() ? proxy.poll(this) : 0;
        workCount += advanceHandshakes(nowNs);
        workCount += forgetGone();
        workCount += flushBacklog();
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
        final int aeronSessionId,
        final long correlationId,
        final int reason,
        final int apiKeyVersion,
        final byte[] clientNonce,
        final byte[] principal)
    {
        final Publication publication = publicationFor(aeronSessionId);
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
                new Handshake.Applicant(aeronSessionId, correlationId, principalIndex, principal, apiKeyVersion),
                clientNonce),
            policy.isApiKeyVersionValid(principalIndex, apiKeyVersion),
            Reason.NONE.value() == reason ? derivation(principal, apiKeyVersion) : null,
            reason,
            nanoClock.nanoTime());
    }

    @Override
    public void onProve(final int aeronSessionId, final long correlationId, final byte[] clientProof)
    {
        final Publication publication = publications.get(aeronSessionId);
        if (null == publication || !publication.isChallenged(correlationId))
        {
            backlog.add(new GatewayCommand.CountNoise(Reason.UNKNOWN_SESSION.value()));
            return;
        }
        backlog.add(publication.proveAnswer(clientProof));
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

    private Publication publicationFor(final int aeronSessionId)
    {
        Publication publication = publications.get(aeronSessionId);
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
            if (publications.size() >= maxPublications || !egressFactory.isPresent(aeronSessionId))
            {
                backlog.add(new GatewayCommand.CountNoise(Reason.TOO_MANY_SESSIONS.value()));
                return null;
            }
            publication = new Publication(aeronSessionId, egressFactory);
            publications.put(aeronSessionId, publication);
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
        Integer aeronSessionId = gonePublications.poll();
        while (null != aeronSessionId)
        {
            final Publication publication = publications.remove(aeronSessionId.intValue());
            if (null != publication)
            {
                backlog.add(new GatewayCommand.LoseSession(aeronSessionId));
                publication.close();
            }
            aeronSessionId = gonePublications.poll();
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
