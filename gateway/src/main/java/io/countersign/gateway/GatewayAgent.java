package io.countersign.gateway;

import io.aeron.driver.DutyCycleTracker;
import io.aeron.driver.status.DutyCycleStallTracker;
import io.countersign.codecs.journal.TokenState;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.GatewayControl;
import io.countersign.gateway.control.SessionControl;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.Journal;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.PendingRequests;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Ingress;
import io.countersign.gateway.transport.IngressHandler;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Region;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that decides. Every request, every decision and every journal record is its work, in one order.
 */
public final class GatewayAgent implements Agent, IngressHandler, SigningListener, GatewayControl
{
    private static final int COMMAND_LIMIT = 16;
    private static final int CLOSING_FRAME_LIMIT = 10_000;
    private static final long CLOSING_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final GatewayClock clock;
    private final Ingress ingress;
    private final Queue<GatewayCommand> commands;
    private final GatewayCounters counters;
    private final DutyCycleTracker dutyCycle;
    private final Policy policy;
    private final KeyTable keys;
    private final Journal journal;
    private final JournalPublisher journalPublisher;
    private final LifePublisher lifePublisher;
    private final ReplyDelivery replies;
    private final Noise noise;
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final PendingRequests requests;
    private final SessionDesk sessions;
    private final GatewayContext context;
    private final byte[] tokenLabel;
    private SigningLane lane;
    private boolean isTokenReady;
    private boolean isStopping;
    private long nowNs;

    /**
     * Construct from its context.
     *
     * @param context concluded.
     */
    public GatewayAgent(final GatewayContext context)
    {
        this.context = context;
        clock = context.clock();
        ingress = context.ingress();
        commands = context.commands();
        counters = context.counters();
        dutyCycle = new DutyCycleStallTracker(
            counters.maxCycleTimeNs(), counters.cycleTimeExceeded(), GatewayContext.CYCLE_THRESHOLD_NS);
        policy = context.policy();
        keys = new KeyTable(context.keys());
        journal = context.journal();
        journalPublisher = new JournalPublisher(
            journal, clock, counters.journalSequence(), counters.journalFailed(), keys.specs(),
            context.recovery().lastSequence());
        lifePublisher = new LifePublisher(journalPublisher, ingress.name());
        noise = new Noise(lifePublisher, counters);
        replies = new ReplyDelivery(journalPublisher, counters, clock);
        sessions = new SessionDesk(context, lifePublisher, noise, replies);
        requests = new PendingRequests(context.maxInHand());
        tokenLabel = context.tokenLabel().getBytes(StandardCharsets.UTF_8);
        lane = context.lane();
    }

    @Override
    public void onStart()
    {
        nowNs = clock.monotonicNs();
        sessions.startedAt(clock.utcNs(nowNs));
        dutyCycle.update(nowNs);
        noise.startInterval(nowNs);
        lifePublisher.started(
            context.recovery(), GatewayVersion.VERSION, policy.version(), context.policyFile(), context.policyText(),
            nowNs);
        onUseLane(lane);
        counters.ready().setRelease(journalPublisher.isFailed() ? 0 : 1);
    }

    @Override
    public int doWork()
    {
        nowNs = clock.monotonicNs();
        dutyCycle.measureAndUpdate(nowNs);
        int workCount = applyCommands();
        workCount += ingress.poll(this, 1); // onFrame: copy, authenticate, check, admit, decide, build, record, submit
        workCount += lane.poll(this);       // onSigned: finish, record, reply
        workCount += noise.publish(nowNs);
        return workCount;
    }

    @Override
    public void onClose()
    {
        isStopping = true;
        counters.ready().setRelease(0);
        final long deadlineNs = clock.monotonicNs() + CLOSING_TIMEOUT_NS;
        while (requests.inHand() > 0 && clock.monotonicNs() - deadlineNs < 0)
        {
            lane.poll(this); // Those in the token come back one by one; an inline lane has none left here.
        }
        for (int i = 0; i < CLOSING_FRAME_LIMIT && ingress.poll(this, 1) > 0; i++)
        {
            // Frames that came in time for a bot to be told, but too late to be signed.
            Thread.onSpinWait();
        }
        nowNs = clock.monotonicNs();
        sessions.closeAll(nowNs);
        noise.flush(nowNs);
        lifePublisher.sealed(nowNs);
        journal.close();
    }

    @Override
    public String roleName()
    {
        return "countersign-gateway";
    }

    @Override
    public void onFrame(
        final int aeronSessionId, final boolean isWhole, final DirectBuffer buffer, final int offset, final int length)
    {
        counters.framesReceived().incrementRelease();
        final Session session = sessions.get(aeronSessionId);
        final PendingRequest request = requests.acquire();
        boolean isInHand = false;
        try
        {
            request.begin(session, nowNs);
            final int reason = isWhole ? request.copyIn(buffer, offset, length) : Reason.FRAME_FRAGMENTED.value();
            isInHand = Reason.NONE.value() == reason ?
                onCheckedFrame(aeronSessionId, request) : sessions.refuseFrame(request, reason, nowNs);
        }
        finally
        {
            if (!isInHand)
            {
                requests.release(request);
            }
        }
    }

    @Override
    public void onSigned(
        final long correlationId, final DirectBuffer signature, final int offset, final int length)
    {
        final PendingRequest request = requests.at((int) correlationId);
        final long signedNs = clock.monotonicNs();
        final int reason = keys.venue(request.keyIndex())
            .finish(request.venueRequest(), keys.venueKey(request.keyIndex()), signature, offset, length);
        if (Reason.NONE.value() != reason)
        {
            fail(request, reason, 0, signedNs);
            return;
        }
        final long sequence = journalPublisher.signed(request, signature, offset, length, signedNs);
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            reject(request, sequence, Reason.JOURNAL_UNAVAILABLE.value());
        }
        else
        {
            counters.requestsSigned().incrementRelease();
            replies.signed(request, sequence, signedNs - request.submittedNs());
        }
        requests.release(request);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        final long failedNs = clock.monotonicNs();
        fail(requests.at((int) correlationId), Reason.TOKEN_ERROR.value(), returnValue, failedNs);
        if (isTokenReady && lane.isBroken())
        {
            loseLane(returnValue, failedNs);
        }
    }

    @Override
    public SessionControl sessions()
    {
        return sessions;
    }

    @Override
    public void onUseLane(final SigningLane newLane)
    {
        lane.poll(this);
        failInHand();
        lane = newLane;
        isTokenReady = true;
        lifePublisher.tokenChanged(TokenState.READY, newLane.generation(), 0, tokenLabel, nowNs);
        counters.tokenGeneration().setRelease(newLane.generation());
        counters.tokenReady().setRelease(1);
    }

    @Override
    public void onLoseLane(final TokenConnection connection)
    {
        connection.retireLane();
        if (isTokenReady && lane.isBroken())
        {
            loseLane(0, nowNs);
        }
    }

    /** The lane stays: it takes no more, but others that it has may come back yet. */
    private void loseLane(final long returnValue, final long lostNs)
    {
        isTokenReady = false;
        lifePublisher.tokenChanged(TokenState.LOST, lane.generation(), returnValue, tokenLabel, lostNs);
        counters.tokenReady().setRelease(0);
    }

    private int applyCommands()
    {
        int workCount = 0;
        GatewayCommand command;
        while (workCount < COMMAND_LIMIT && null != (command = commands.poll()))
        {
            command.applyTo(this);
            workCount++;
        }
        return workCount;
    }

    private boolean onCheckedFrame(final int aeronSessionId, final PendingRequest request)
    {
        return switch (request.templateId())
        {
            case ConnectDecoder.TEMPLATE_ID -> sessions.onConnect(aeronSessionId, request, isStopping);
            case ProveDecoder.TEMPLATE_ID -> sessions.onProve(aeronSessionId, request);
            case DisconnectDecoder.TEMPLATE_ID -> sessions.onDisconnect(request, nowNs);
            default -> onRequest(request);
        };
    }

    private boolean onRequest(final PendingRequest request)
    {
        orderAdapter.decode(request.frame(), 0, request.order());
        final Session session = request.session();
        if (null == session || session.sessionId() != request.order().sessionId())
        {
            return sessions.refuseFrame(session, request.order().requestId(), Reason.UNKNOWN_SESSION.value());
        }
        int reason = admit(request);
        if (Reason.NONE.value() == reason)
        {
            reason = decide(request);
        }
        if (Reason.NONE.value() == reason)
        {
            reason = build(request);
        }
        return Reason.NONE.value() == reason ? sign(request) : deny(request, reason);
    }

    private int admit(final PendingRequest request)
    {
        if (isStopping)
        {
            return Reason.GATEWAY_STOPPING.value();
        }
        if (!request.session().advanceTo(request.order().requestId()))
        {
            return Reason.REQUEST_ID_NOT_RISING.value();
        }
        if (requests.isFull())
        {
            return Reason.TOO_MANY_IN_FLIGHT.value();
        }
        final long deadlineNs = request.order().deadlineNs();
        final boolean isLate = Order.NULL_LONG != deadlineNs && clock.utcNs(request.receivedNs()) >= deadlineNs;
        return isLate ? Reason.DEADLINE_PASSED.value() : Reason.NONE.value();
    }

    private int decide(final PendingRequest request)
    {
        final Decision decision = request.decision();
        request.keyIndex(policy.keyIndex(request.order().key()));
        policy.decide(request.session().principalIndex(), request.keyIndex(), request.order(), decision);
        request.decidedNs(clock.monotonicNs());
        return decision.reason();
    }

    private int build(final PendingRequest request)
    {
        final int keyIndex = request.keyIndex();
        final long utcMs = clock.utcNs(request.decidedAtNs()) / NANOS_PER_MILLI;
        request.timestampMs(keys.venueKey(keyIndex).timestampMs(utcMs));
        final int reason = keys.venue(keyIndex).build(
            request.order(), keys.venueKey(keyIndex), request.timestampMs(), request.venueRequest());
        request.builtNs(clock.monotonicNs());
        return reason;
    }

    /** Records the intent, then calls the token; true when the request is in the token's hands. */
    private boolean sign(final PendingRequest request)
    {
        if (lane.isBroken())
        {
            return deny(request, Reason.TOKEN_UNAVAILABLE.value());
        }
        final long sequence = journalPublisher.intent(request, policy, lane.generation(), request.builtAtNs());
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            return reject(request, sequence, Reason.JOURNAL_UNAVAILABLE.value());
        }
        request.intentSequence(sequence);
        request.submittedNs(clock.monotonicNs());
        final Region payload = request.venueRequest().payload();
        if (lane.submit(request.slot(), request.keyIndex(), payload.buffer(), payload.offset(), payload.length()))
        {
            return true;
        }
        return recordFailure(request, Reason.TOKEN_UNAVAILABLE.value(), 0, request.submittedNs());
    }

    private boolean deny(final PendingRequest request, final int reason)
    {
        final long sequence = journalPublisher.denial(request, reason, policy, clock.monotonicNs());
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            counters.requestsDenied().incrementRelease();
        }
        return reject(request, sequence, reason);
    }

    private void fail(final PendingRequest request, final int reason, final long returnValue, final long failedNs)
    {
        recordFailure(request, reason, returnValue, failedNs);
        requests.release(request);
    }

    /** What a lane still has when another takes its place never comes back. */
    private void failInHand()
    {
        PendingRequest request;
        while (null != (request = requests.anyInHand()))
        {
            fail(request, Reason.TOKEN_ERROR.value(), 0, nowNs);
        }
    }

    private boolean recordFailure(
        final PendingRequest request, final int reason, final long returnValue, final long failedNs)
    {
        counters.signingFailures().incrementRelease();
        return reject(request, journalPublisher.failed(request, reason, returnValue, failedNs), reason);
    }

    private boolean reject(final PendingRequest request, final long sequence, final int reason)
    {
        final int known = JournalPublisher.NOT_APPENDED == sequence ? Reason.JOURNAL_UNAVAILABLE.value() : reason;
        counters.refused(known);
        replies.rejected(
            request.session(),
            request.order().requestId(),
            sequence,
            known,
            policy.ruleName(request.decision().ruleIndex()));
        return false;
    }
}
