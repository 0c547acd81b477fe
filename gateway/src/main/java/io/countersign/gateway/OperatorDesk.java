package io.countersign.gateway;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.AskSwitchesDecoder;
import io.countersign.codecs.wire.EnableExecutionDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ReloadPolicyDecoder;
import io.countersign.codecs.wire.SetSwitchDecoder;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.control.OperatorControl;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.policy.Command;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.time.GatewayClock;

import java.util.List;

/**
 * Carries out operators' commands. What a command changes is in the journal before it takes effect, and in effect
 * before it is answered: the very next frame meets it. A signed one comes here twice: as a frame, which is passed on to
 * the key agent, and when that has found it good. For the gateway thread; off the hot path, allocates.
 */
final class OperatorDesk implements OperatorControl
{
    private static final int CLOSING_LIMIT = 10_000;

    private final SetSwitchDecoder setSwitch = new SetSwitchDecoder();
    private final ReloadPolicyDecoder reloadPolicy = new ReloadPolicyDecoder();
    private final EnableExecutionDecoder enableExecution = new EnableExecutionDecoder();
    private final SignedCommandDecoder signedCommand = new SignedCommandDecoder();
    private final GatewayClock clock;
    private final KeyProxy keyProxy;
    private final boolean isSignedOnly;
    private final PolicyDesk policies;
    private final CommandEnds ends;
    private final ReloadDesk reloads;
    private final KnownNames names;

    OperatorDesk(
        final GatewayContext context, final PolicyDesk policies, final SessionDesk sessions, final CommandEnds ends)
    {
        clock = context.clock();
        keyProxy = context.keyProxy();
        isSignedOnly = context.isSignedOnly();
        this.policies = policies;
        this.ends = ends;
        reloads = new ReloadDesk(context, policies, sessions, ends);
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
            ends.refuse(request.session(), request.templateId(), requestId, deadlineNs, reason, nowNs);
            return false;
        }
        final OperatorCall call =
            new OperatorCall(request.session(), request.templateId(), requestId, deadlineNs, nowNs);
        switch (call.command())
        {
            case SetSwitchDecoder.TEMPLATE_ID -> onSetSwitch(call, request);
            case ReloadPolicyDecoder.TEMPLATE_ID -> onReloadPolicy(call, request, isStopping);
            case EnableExecutionDecoder.TEMPLATE_ID -> onEnableExecution(call, request);
            case SignedCommandDecoder.TEMPLATE_ID -> onSignedCommand(call, request);
            default -> onListSwitches(call);
        }
        return false;
    }

    @Override
    public void onEnd(final OperatorCall call, final int reason, final List<String> lines)
    {
        if (Reason.NONE.value() == reason)
        {
            ends.done(call, lines, JournalPublisher.NOT_APPENDED);
        }
        else
        {
            ends.fail(call, reason, lines);
        }
    }

    @Override
    public void onListSwitches(final OperatorCall call)
    {
        ends.done(call, names.standing(policies.standing()), JournalPublisher.NOT_APPENDED);
    }

    @Override
    public void onPolicyRead(final PolicyReading reading)
    {
        reloads.onPolicyRead(reading);
    }

    @Override
    public void onReloadPolicy(
        final OperatorCall call, final boolean isTrial, final String comment, final byte[] sha256)
    {
        reloads.begin(call, isTrial, comment, sha256);
    }

    /** Goes on with answers, and with what a reload leaves to be recorded. */
    int publish(final long nowNs)
    {
        policies.poll(nowNs);
        return ends.publish(nowNs) + reloads.poll(nowNs);
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
        if (isSignedOnly && SignedCommandDecoder.TEMPLATE_ID != request.templateId() &&
            AskSwitchesDecoder.TEMPLATE_ID != request.templateId())
        {
            return Reason.COMMAND_NOT_SIGNED.value();
        }
        if (request.isTooLate())
        {
            return Reason.DEADLINE_PASSED.value();
        }
        return ends.isFull() ? Reason.TOO_MANY_IN_FLIGHT.value() : Reason.NONE.value();
    }

    private boolean isGranted(final int principalIndex, final int command)
    {
        return switch (command)
        {
            case SetSwitchDecoder.TEMPLATE_ID -> policies.policy().mayCommand(principalIndex, Command.SWITCH);
            case ReloadPolicyDecoder.TEMPLATE_ID -> policies.policy().mayCommand(principalIndex, Command.RELOAD);
            case EnableExecutionDecoder.TEMPLATE_ID ->
                policies.policy().mayCommand(principalIndex, Command.ENABLE_EXECUTION);
            case AskSwitchesDecoder.TEMPLATE_ID, SignedCommandDecoder.TEMPLATE_ID ->
                policies.policy().isOperator(principalIndex);
            default -> false;
        };
    }

    /** Who gave it, and whether he may, is found out elsewhere. */
    private void onSignedCommand(final OperatorCall call, final PendingRequest request)
    {
        signedCommand.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final byte[] signature = new byte[SignedCommandDecoder.signatureLength()];
        for (int i = 0; i < signature.length; i++)
        {
            signature[i] = (byte) signedCommand.signature(i);
        }
        final int totp = signedCommand.totp();
        final byte[] text = new byte[signedCommand.commandLength()];
        signedCommand.getCommand(text, 0, text.length);
        if (!isSignedOnly)
        {
            ends.fail(call, List.of("no operator is enrolled at this gateway: it has no key register"));
        }
        else if (!keyProxy.give(new KeyNews.Given(call, totp, signature, text)))
        {
            ends.fail(call, CommandEnds.BEHIND);
        }
    }

    private void onSetSwitch(final OperatorCall call, final PendingRequest request)
    {
        setSwitch.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        onSetSwitch(call, new SwitchEntry(
            setSwitch.subject().value(),
            setSwitch.reach().value(),
            Flag.TRUE == setSwitch.isOn(),
            setSwitch.name(),
            call.operatorName(),
            setSwitch.comment()));
    }

    /** Works in every state that has a journal: also while the gateway stops, the token is lost, a reload is read. */
    @Override
    public void onSetSwitch(final OperatorCall call, final SwitchEntry entry)
    {
        final long nowNs = clock.monotonicNs();
        final List<String> complaint = names.complaint(entry, policies.policy(), policies.standing());
        if (complaint.isEmpty())
        {
            ends.answer(call, List.of(), policies.set(entry, call.sessionId(), nowNs));
        }
        else
        {
            ends.fail(call, complaint);
        }
    }

    private void onEnableExecution(final OperatorCall call, final PendingRequest request)
    {
        enableExecution.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        onEnableExecution(call, new ExecutionEntry(
            false,
            enableExecution.principal(),
            enableExecution.rule(),
            call.operatorName(),
            enableExecution.comment()));
    }

    @Override
    public void onEnableExecution(final OperatorCall call, final ExecutionEntry entry)
    {
        final long nowNs = clock.monotonicNs();
        if (KnownNames.isText(entry.comment()) &&
            policies.standing().executions().stream().anyMatch(entry::isOfSameRule))
        {
            ends.answer(call, List.of(), policies.set(entry, call.sessionId(), nowNs));
        }
        else
        {
            ends.fail(call, names.notStopped(entry, policies.standing()));
        }
    }

    private void onReloadPolicy(final OperatorCall call, final PendingRequest request, final boolean isStopping)
    {
        reloadPolicy.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final boolean isTrial = Flag.TRUE == reloadPolicy.isTrial();
        final String comment = reloadPolicy.comment();
        if (isStopping)
        {
            ends.refuse(call, Reason.GATEWAY_STOPPING.value());
        }
        else
        {
            reloads.begin(call, isTrial, comment, null);
        }
    }
}
