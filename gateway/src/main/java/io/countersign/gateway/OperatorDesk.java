package io.countersign.gateway;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.AskSwitchesDecoder;
import io.countersign.codecs.wire.EnableExecutionDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ReloadPolicyDecoder;
import io.countersign.codecs.wire.SetSwitchDecoder;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.OperatorControl;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.CommandPublisher;
import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.policy.Command;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Carries out operators' commands. What a command changes is in the journal before it takes effect, and in effect
 * before it is answered: the very next frame meets it. For the gateway thread; off the hot path, allocates.
 * <pre>
 *   reload:  NONE --ReloadPolicy, to the control agent--&gt; READING --another policy--&gt; RECORDING
 *             ^                                             |  every difference recorded:   |
 *             |                                             |  in force from here on        v
 *             +------------ every line told --------------- TELLING &lt;------------------------+
 * </pre>
 */
final class OperatorDesk implements OperatorControl
{
    private static final int CLOSING_LIMIT = 10_000;

    private final SetSwitchDecoder setSwitch = new SetSwitchDecoder();
    private final ReloadPolicyDecoder reloadPolicy = new ReloadPolicyDecoder();
    private final EnableExecutionDecoder enableExecution = new EnableExecutionDecoder();
    private final GatewayClock clock;
    private final ControlProxy controlProxy;
    private final GatewayCounters counters;
    private final CommandPublisher commandPublisher;
    private final PolicyDesk policies;
    private final SessionDesk sessions;
    private final ReplyDelivery replies;
    private final Noise noise;
    private final BooleanSupplier isJournalFailed;
    private final CommandAnswers answers;
    private final KnownNames names;
    private OperatorCall reload;
    private List<String> reloadLines;
    private String reloadComment;
    private boolean isReading;

    OperatorDesk(
        final GatewayContext context,
        final CommandPublisher commandPublisher,
        final PolicyDesk policies,
        final SessionDesk sessions,
        final ReplyDelivery replies,
        final Noise noise)
    {
        clock = context.clock();
        controlProxy = context.controlProxy();
        counters = context.counters();
        isJournalFailed = context.journal()::isFailed;
        this.commandPublisher = commandPublisher;
        this.policies = policies;
        this.sessions = sessions;
        this.replies = replies;
        this.noise = noise;
        answers = new CommandAnswers(replies, sessions);
        names = new KnownNames(context.keys());
    }

    /** A command in a frame that is authentic and in order. */
    boolean onCommand(final PendingRequest request, final boolean isStopping, final long nowNs)
    {
        final int reason = admission(request);
        final long requestId = WireFrame.requestId(request.frame(), 0, request.frameLength());
        final long deadlineNs = WireFrame.deadlineNs(request.frame(), 0);
        if (Reason.NONE.value() != reason)
        {
            return refuse(request.session(), request.templateId(), requestId, deadlineNs, reason, nowNs);
        }
        final OperatorCall call =
            new OperatorCall(request.session(), request.templateId(), requestId, deadlineNs, nowNs);
        switch (call.command())
        {
            case SetSwitchDecoder.TEMPLATE_ID -> onSetSwitch(call, request);
            case ReloadPolicyDecoder.TEMPLATE_ID -> onReloadPolicy(call, request, isStopping);
            case EnableExecutionDecoder.TEMPLATE_ID -> onEnableExecution(call, request);
            default -> answers.add(
                call, names.standing(policies.standing()), Reason.NONE.value(), JournalPublisher.NOT_APPENDED, nowNs);
        }
        return false;
    }

    @Override
    public void onPolicyRead(final PolicyReading reading)
    {
        isReading = false;
        final long nowNs = clock.monotonicNs();
        switch (reading)
        {
            case PolicyReading.Unusable(final List<String> errors) -> fail(reload, errors, nowNs);
            case PolicyReading.Same _ -> done(
                reload, List.of("the policy file holds the policy that is in force"), JournalPublisher.NOT_APPENDED,
                nowNs);
            case final PolicyReading.Other other -> onOtherPolicy(other, nowNs);
        }
    }

    /** Goes on with answers, and with what a reload leaves to be recorded. */
    int publish(final long nowNs)
    {
        policies.poll(nowNs);
        final int workCount = goOnWithSwap(nowNs) + answers.publish(nowNs);
        if (null != reload && !isReading && !isSwapping() && !answers.isAnswering(reload))
        {
            reload = null;
        }
        return workCount;
    }

    /** Whether a policy is about to be in force: what the control agent made with it has to wait. */
    boolean isSwapping()
    {
        return policies.isSwapping();
    }

    /** Answers what was carried out, and ends a reload. */
    void close(final long nowNs)
    {
        for (int i = 0; i < CLOSING_LIMIT && publish(nowNs) > 0; i++)
        {
            Thread.onSpinWait();
        }
    }

    /** Why a command is not carried out. Allocates nothing: anybody can send one. */
    private int admission(final PendingRequest request)
    {
        if (!isGranted(request.session().principalIndex(), request.templateId()))
        {
            return Reason.COMMAND_NOT_GRANTED.value();
        }
        if (request.isTooLate())
        {
            return Reason.DEADLINE_PASSED.value();
        }
        return answers.isFull() ? Reason.TOO_MANY_IN_FLIGHT.value() : Reason.NONE.value();
    }

    private boolean isGranted(final int principalIndex, final int command)
    {
        return switch (command)
        {
            case SetSwitchDecoder.TEMPLATE_ID -> policies.policy().mayCommand(principalIndex, Command.SWITCH);
            case ReloadPolicyDecoder.TEMPLATE_ID -> policies.policy().mayCommand(principalIndex, Command.RELOAD);
            case EnableExecutionDecoder.TEMPLATE_ID ->
                policies.policy().mayCommand(principalIndex, Command.ENABLE_EXECUTION);
            case AskSwitchesDecoder.TEMPLATE_ID -> policies.policy().isOperator(principalIndex);
            default -> false;
        };
    }

    /** Works in every state that has a journal: also while the gateway stops, the token is lost, a reload is read. */
    private void onSetSwitch(final OperatorCall call, final PendingRequest request)
    {
        setSwitch.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final SwitchEntry entry = new SwitchEntry(
            setSwitch.subject().value(),
            setSwitch.reach().value(),
            Flag.TRUE == setSwitch.isOn(),
            setSwitch.name(),
            call.operatorName(),
            setSwitch.comment());
        final List<String> complaint = names.complaint(entry, policies.policy(), policies.standing());
        if (complaint.isEmpty())
        {
            answer(call, List.of(), policies.set(entry, call.session().sessionId(), call.givenNs()));
        }
        else
        {
            fail(call, complaint, call.givenNs());
        }
    }

    private void onEnableExecution(final OperatorCall call, final PendingRequest request)
    {
        enableExecution.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final ExecutionEntry entry = new ExecutionEntry(
            false,
            enableExecution.principal(),
            enableExecution.rule(),
            call.operatorName(),
            enableExecution.comment());
        if (KnownNames.isText(entry.comment()) &&
            policies.standing().executions().stream().anyMatch(entry::isOfSameRule))
        {
            answer(call, List.of(), policies.set(entry, call.session().sessionId(), call.givenNs()));
        }
        else
        {
            fail(call, names.notStopped(entry, policies.standing()), call.givenNs());
        }
    }

    private void onReloadPolicy(final OperatorCall call, final PendingRequest request, final boolean isStopping)
    {
        reloadPolicy.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final boolean isTrial = Flag.TRUE == reloadPolicy.isTrial();
        final String comment = reloadPolicy.comment();
        if (isJournalFailed.getAsBoolean())
        {
            refuse(call, Reason.JOURNAL_UNAVAILABLE.value());
        }
        else if (isStopping)
        {
            refuse(call, Reason.GATEWAY_STOPPING.value());
        }
        else if (null != reload)
        {
            fail(call, List.of("another reload of the policy is under way: try again when it is answered"),
                call.givenNs());
        }
        else if (!KnownNames.isText(comment))
        {
            fail(call, KnownNames.NOT_TEXT, call.givenNs());
        }
        else if (!controlProxy.reload(isTrial))
        {
            fail(call, List.of("the gateway is behind at this moment: try again"), call.givenNs());
        }
        else
        {
            reload = call;
            reloadComment = comment;
            isReading = true;
        }
    }

    private void onOtherPolicy(final PolicyReading.Other other, final long nowNs)
    {
        if (other.isTrial())
        {
            done(reload, other.lines(), JournalPublisher.NOT_APPENDED, nowNs);
            return;
        }
        reloadLines = other.lines();
        policies.beginSwap(other, reload.operatorName(), reloadComment);
        goOnWithSwap(nowNs);
    }

    /** What becomes wider is in the journal before it does. */
    private int goOnWithSwap(final long nowNs)
    {
        if (!isSwapping())
        {
            return 0;
        }
        if (policies.recordDifferences(nowNs))
        {
            final long sequence = policies.swap(nowNs);
            if (JournalPublisher.NOT_APPENDED != sequence)
            {
                sessions.onPolicy(nowNs);
            }
            answer(reload, JournalPublisher.NOT_APPENDED == sequence ? List.of() : reloadLines, sequence);
        }
        return 1;
    }

    /** What was to be recorded and was not has not taken effect. */
    private void answer(final OperatorCall call, final List<String> lines, final long sequence)
    {
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            refuse(call, Reason.JOURNAL_UNAVAILABLE.value());
        }
        else
        {
            done(call, lines, sequence, clock.monotonicNs());
        }
    }

    private void done(final OperatorCall call, final List<String> lines, final long sequence, final long nowNs)
    {
        answers.add(call, lines, Reason.NONE.value(), sequence, nowNs);
    }

    private void fail(final OperatorCall call, final List<String> why, final long nowNs)
    {
        final int reason = Reason.COMMAND_FAILED.value();
        counters.refused(reason);
        final long sequence = commandPublisher.commandRefused(
            call.session(), call.requestId(), call.command(), reason, String.join("; ", why), nowNs);
        answers.add(call, why, reason, sequence, nowNs);
    }

    private void refuse(final OperatorCall call, final int reason)
    {
        refuse(call.session(), call.command(), call.requestId(), call.deadlineNs(), reason, call.givenNs());
    }

    /** Recorded at a rate: whoever is no operator must not fill the disk with what he is refused. */
    private boolean refuse(
        final Session session,
        final int command,
        final long requestId,
        final long deadlineNs,
        final int reason,
        final long nowNs)
    {
        long sequence = JournalPublisher.NOT_APPENDED;
        if (session.mayRecordRefusal(nowNs))
        {
            counters.refused(reason);
            sequence = commandPublisher.commandRefused(session, requestId, command, reason, "", nowNs);
        }
        else
        {
            noise.count(reason);
        }
        replies.commandRefused(session, deadlineNs, requestId, sequence, reason);
        return false;
    }
}
