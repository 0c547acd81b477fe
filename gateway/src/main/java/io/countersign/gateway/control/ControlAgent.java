package io.countersign.gateway.control;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Egress;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Opens ways back to bots, notices when they go, and keeps the clock's offset true.
 */
public final class ControlAgent implements Agent, ControlProxy.ConnectHandler
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
        clockRenewalDeadlineNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork()
    {
        final long nowNs = nanoClock.nanoTime();
        int workCount = proxy.poll(this);
        workCount += answerConnected(nowNs);
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
        final DirectBuffer principal,
        final int offset,
        final int length)
    {
        Publication publication = publications.get(aeronSessionId);
        if (null == publication)
        {
            if (publications.size() >= maxPublications || !egressFactory.isPresent(aeronSessionId))
            {
                return;
            }
            publication = new Publication(aeronSessionId, egressFactory.add(aeronSessionId));
            publications.put(aeronSessionId, publication);
        }
        publication.correlationId = correlationId;
        publication.reason = reason;
        publication.principalName = new byte[length];
        principal.getBytes(offset, publication.principalName);
        publication.principalIndex = policy.principalIndex(principal, offset, length);
        publication.isWaiting = true;
        publication.deadlineNs = nanoClock.nanoTime() + connectTimeoutNs;
    }

    private int answerConnected(final long nowNs)
    {
        int workCount = 0;
        final Iterator<Publication> iterator = publications.values().iterator();
        while (iterator.hasNext())
        {
            final Publication publication = iterator.next();
            if (!publication.isWaiting)
            {
                continue;
            }
            if (findEgress(publication))
            {
                publication.isWaiting = false;
                backlog.add(publication.answer());
                workCount++;
            }
            else if (publication.hasFailed || nowNs - publication.deadlineNs >= 0)
            {
                publication.close(egressFactory);
                iterator.remove();
                workCount++;
            }
        }
        return workCount;
    }

    private boolean findEgress(final Publication publication)
    {
        if (null == publication.egress)
        {
            try
            {
                publication.egress = egressFactory.connected(publication.registrationId);
            }
            catch (final RuntimeException ex)
            {
                publication.hasFailed = true;
                errorHandler.onError(ex);
            }
        }
        return null != publication.egress;
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
                publication.close(egressFactory);
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

    /** A bot's ingress publication and the way back to it. */
    private static final class Publication
    {
        private final int aeronSessionId;
        private final long registrationId;
        private Egress egress;
        private boolean isWaiting;
        private boolean hasFailed;
        private long correlationId;
        private int reason;
        private int principalIndex;
        private byte[] principalName;
        private long deadlineNs;

        Publication(final int aeronSessionId, final long registrationId)
        {
            this.aeronSessionId = aeronSessionId;
            this.registrationId = registrationId;
        }

        GatewayCommand answer()
        {
            final Session session =
                new Session(aeronSessionId, correlationId, principalIndex, principalName, egress);
            if (Reason.NONE.value() != reason)
            {
                return new GatewayCommand.RefuseSession(session, reason);
            }
            return TextTable.ABSENT == principalIndex ?
                new GatewayCommand.RefuseSession(session, Reason.UNKNOWN_PRINCIPAL.value()) :
                new GatewayCommand.OpenSession(session);
        }

        void close(final EgressFactory egressFactory)
        {
            if (null != egress)
            {
                egress.close();
            }
            else if (!hasFailed)
            {
                egressFactory.abandon(registrationId);
            }
        }
    }
}
