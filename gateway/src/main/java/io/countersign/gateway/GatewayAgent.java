package io.countersign.gateway;

import io.aeron.driver.DutyCycleTracker;
import io.aeron.driver.status.DutyCycleStallTracker;
import io.countersign.codecs.wire.AskOutcomeDecoder;
import io.countersign.codecs.wire.AskSwitchesDecoder;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.EnableExecutionDecoder;
import io.countersign.codecs.wire.KeepAliveDecoder;
import io.countersign.codecs.wire.PresentAccessTokenDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ReloadPolicyDecoder;
import io.countersign.codecs.wire.SetSwitchDecoder;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.CommandPublisher;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.PendingRequests;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Ingress;
import io.countersign.gateway.transport.IngressHandler;
import io.countersign.hsm.SigningListener;
import io.countersign.venues.OrderAdapter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that decides. Every request, every decision and every journal record is its work, in one order.
 */
public final class GatewayAgent implements Agent, IngressHandler, SigningListener
{
    private static final int COMMAND_LIMIT = 16;
    private static final int CLOSING_FRAME_LIMIT = 10_000;
    private static final long CLOSING_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final GatewayClock clock;
    private final Ingress ingress;
    private final Queue<GatewayCommand> commands;
    private final GatewayCounters counters;
    private final DutyCycleTracker dutyCycle;
    private final KeyTable keys;
    private final KeyProxy keyProxy;
    private final JournalPublisher journalPublisher;
    private final LifePublisher lifePublisher;
    private final ReplyDelivery replies;
    private final Noise noise;
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final PendingRequests requests;
    private final PolicyDesk policies;
    private final SessionDesk sessions;
    private final OperatorDesk operators;
    private final TokenDesk token;
    private final AccessDesk access;
    private final OutcomeDesk outcomes;
    private final Admission admission;
    private final Desks desks;
    private final GatewayContext context;
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
        keys = new KeyTable(context.keySlots(), context.standing().nonces());
        keyProxy = context.keyProxy();
        journalPublisher = new JournalPublisher(
            context.journal(), clock, counters.journalSequence(), counters.journalFailed(), keys.specs(),
            context.recovery().lastSequence());
        lifePublisher = new LifePublisher(journalPublisher);
        noise = new Noise(lifePublisher, counters);
        replies = new ReplyDelivery(context, journalPublisher);
        policies = new PolicyDesk(context, keys, new CommandPublisher(journalPublisher), lifePublisher);
        sessions = new SessionDesk(context, policies, lifePublisher, noise, replies);
        operators = new OperatorDesk(context, policies, sessions,
            new CommandEnds(context, journalPublisher, sessions, replies, noise));
        access = new AccessDesk(context, lifePublisher, sessions, noise, replies);
        outcomes = new OutcomeDesk(counters, replies, policies, keys, journalPublisher);
        requests = new PendingRequests(context.sessionLimits().maxInHand());
        admission = new Admission(requests, sessions, replies, journalPublisher);
        token = new TokenDesk(context, lifePublisher, this, this::failInHand);
        desks = new Desks(sessions, token, access, operators,
            new KeyDesk(context, keys, token, journalPublisher, lifePublisher, operators),
            new SealDesk(context, journalPublisher, lifePublisher));
    }

    @Override
    public void onStart()
    {
        nowNs = clock.monotonicNs();
        sessions.startedAt(clock.utcNs(nowNs));
        dutyCycle.update(nowNs);
        noise.startInterval(nowNs);
        lifePublisher.started(context.recovery(), GatewayVersion.VERSION, nowNs);
        policies.begin(nowNs);
        lifePublisher.interrupted(context.recovery(), nowNs);
        policies.start(nowNs);
        token.begin();
        counters.ready().setRelease(journalPublisher.isFailed() ? 0 : 1);
    }

    @Override
    public int doWork()
    {
        nowNs = clock.monotonicNs();
        dutyCycle.measureAndUpdate(nowNs);
        int workCount = applyCommands();
        workCount += ingress.poll(this, 1); // onFrame: copy, authenticate, check, admit, decide, build, record, submit
        workCount += token.poll();          // onSigned: finish, record, reply
        workCount += replies.release();     // what the storage device has by now
        workCount += sessions.closeIdle(nowNs);
        workCount += operators.publish(nowNs);
        workCount += noise.publish(nowNs);
        return workCount;
    }

    @Override
    public void onClose()
    {
        admission.stop();
        counters.ready().setRelease(0);
        final long deadlineNs = clock.monotonicNs() + CLOSING_TIMEOUT_NS;
        while (requests.inHand() > 0 && clock.monotonicNs() - deadlineNs < 0)
        {
            token.poll(); // Those in the token come back one by one; an inline lane has none left here.
        }
        for (int i = 0; i < CLOSING_FRAME_LIMIT && ingress.poll(this, 1) > 0; i++)
        {
            // Frames that came in time for a bot to be told, but too late to be signed.
            Thread.onSpinWait();
        }
        nowNs = clock.monotonicNs();
        replies.close();
        operators.close(nowNs);
        sessions.closeAll(nowNs);
        noise.flush(nowNs);
        desks.seals().stop(nowNs);
        context.journal().close();
    }

    @Override
    public String roleName()
    {
        return "countersign-gateway";
    }

    @Override
    public void onFrame(
        final long publicationId, final boolean isWhole, final DirectBuffer buffer, final int offset, final int length)
    {
        counters.framesReceived().incrementRelease();
        final Session session = sessions.get(publicationId);
        final PendingRequest request = requests.acquire();
        boolean isInHand = false;
        try
        {
            request.begin(session, nowNs, clock.utcNs(nowNs));
            final int reason = isWhole ? request.copyIn(buffer, offset, length) : Reason.FRAME_FRAGMENTED.value();
            isInHand = Reason.NONE.value() == reason ?
                onCheckedFrame(publicationId, request) : sessions.refuseFrame(request, reason, nowNs);
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
            keyProxy.signed(request.keyIndex());
            outcomes.signed(request, sequence);
            replies.signed(request, sequence, signedNs - request.submittedNs());
        }
        finish(request);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        final long failedNs = clock.monotonicNs();
        final PendingRequest request = requests.at((int) correlationId);
        fail(request, Reason.TOKEN_ERROR.value(), returnValue, failedNs);
        token.loseIfBroken(request.keyIndex(), returnValue, failedNs);
    }

    private int applyCommands()
    {
        int workCount = 0;
        GatewayCommand command;
        while (workCount < COMMAND_LIMIT && !operators.isSwapping() && null != (command = commands.poll()))
        {
            command.applyTo(desks);
            workCount++;
        }
        return workCount;
    }

    private boolean onCheckedFrame(final long publicationId, final PendingRequest request)
    {
        return switch (request.templateId())
        {
            case ConnectDecoder.TEMPLATE_ID -> sessions.onConnect(publicationId, request, admission.isStopping());
            case ProveDecoder.TEMPLATE_ID -> sessions.onProve(publicationId, request);
            default -> onSessionFrame(request);
        };
    }

    /** A frame of an open session: authentic, in order, and in time, or nothing of it takes effect. */
    private boolean onSessionFrame(final PendingRequest request)
    {
        final int reason = sessions.checkHead(request);
        if (Reason.NONE.value() != reason)
        {
            return sessions.refuseFrame(request, reason, nowNs);
        }
        return switch (request.templateId())
        {
            case KeepAliveDecoder.TEMPLATE_ID -> sessions.onKeepAlive(request);
            case AskOutcomeDecoder.TEMPLATE_ID -> onAskOutcome(request);
            case DisconnectDecoder.TEMPLATE_ID -> sessions.onDisconnect(request, nowNs);
            case PresentAccessTokenDecoder.TEMPLATE_ID -> access.onPresent(request, admission.isStopping(), nowNs);
            case SetSwitchDecoder.TEMPLATE_ID, ReloadPolicyDecoder.TEMPLATE_ID, EnableExecutionDecoder.TEMPLATE_ID,
                AskSwitchesDecoder.TEMPLATE_ID, SignedCommandDecoder.TEMPLATE_ID ->
                operators.onCommand(request, admission.isStopping(), nowNs);
            default -> onRequest(request);
        };
    }

    private boolean onAskOutcome(final PendingRequest request)
    {
        final int reason = admission.refusalOfQuestion(request);
        return Reason.NONE.value() == reason ?
            outcomes.onAskOutcome(request) : sessions.refuseFrame(request, reason, nowNs);
    }

    private boolean onRequest(final PendingRequest request)
    {
        orderAdapter.decode(request.frame(), 0, request.order());
        request.accessScopes(request.session().access().scopesAt(request.receivedUtcNs()));
        if (outcomes.isKnown(request)) // Answered with what became of it: neither decided nor signed again.
        {
            return false;
        }
        int reason = admission.refusalUnrecorded();
        if (Reason.NONE.value() != reason)
        {
            return sessions.refuseFrame(request, reason, nowNs);
        }
        reason = admission.refusal(request);
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

    private int decide(final PendingRequest request)
    {
        final int reason = policies.decide(request);
        request.decidedNs(clock.monotonicNs());
        return Reason.NONE.value() == reason ? keys.refusal(request.keyIndex()) : reason;
    }

    private int build(final PendingRequest request)
    {
        final int keyIndex = request.keyIndex();
        keys.stamp(keyIndex, clock.utcNs(request.decidedAtNs()), request.stamp());
        final int reason = keys.venue(keyIndex).build(
            request.order(), keys.venueKey(keyIndex), request.stamp(), request.venueRequest());
        request.builtNs(clock.monotonicNs());
        return reason;
    }

    /** Records the intent, then calls the token; true when the request is in the token's hands. */
    private boolean sign(final PendingRequest request)
    {
        if (token.isAway(request.keyIndex()))
        {
            return deny(request, Reason.TOKEN_UNAVAILABLE.value());
        }
        final long sequence = journalPublisher.intent(
            request, policies.policy(), keys.binding(request.keyIndex(), request.order().operation()),
            token.generation(request.keyIndex()), request.builtAtNs());
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            return reject(request, sequence, Reason.JOURNAL_UNAVAILABLE.value());
        }
        request.intentSequence(sequence);
        policies.count(request);
        outcomes.takenUp(request);
        request.submittedNs(clock.monotonicNs());
        if (token.submit(request))
        {
            request.session().takenUp();
            return true;
        }
        return recordFailure(request, Reason.TOKEN_UNAVAILABLE.value(), 0, request.submittedNs());
    }

    private boolean deny(final PendingRequest request, final int reason)
    {
        final long sequence = journalPublisher.denial(request, reason, policies.policy(), clock.monotonicNs());
        if (JournalPublisher.NOT_APPENDED != sequence)
        {
            counters.requestsDenied().incrementRelease();
        }
        return reject(request, sequence, reason);
    }

    private void fail(final PendingRequest request, final int reason, final long returnValue, final long failedNs)
    {
        recordFailure(request, reason, returnValue, failedNs);
        finish(request);
    }

    /** It is in the token's hands no more. */
    private void finish(final PendingRequest request)
    {
        request.session().finished();
        requests.release(request);
    }

    /** What a lane of a token still has when another takes its place never comes back. */
    private void failInHand(final int tokenIndex)
    {
        requests.forEachInHand((request) ->
        {
            if (token.isIn(request.keyIndex(), tokenIndex))
            {
                fail(request, Reason.TOKEN_ERROR.value(), 0, nowNs);
            }
        });
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
        outcomes.refused(request, known, sequence);
        replies.rejected(request, sequence, known);
        return false;
    }
}
