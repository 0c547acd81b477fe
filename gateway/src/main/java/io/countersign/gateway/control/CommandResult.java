package io.countersign.gateway.control;

import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.register.RegisterMark;

import java.util.List;

/**
 * What the key agent has made of operators' signed commands and of its schedule.
 */
public sealed interface CommandResult extends GatewayCommand
{
    /**
     * Answer a command that is refused, or was carried out.
     *
     * @param call   with what was found of it.
     * @param reason a value of the wire's {@code Reason}; NONE when it was carried out.
     * @param lines  of the answer.
     */
    record End(OperatorCall call, int reason, List<String> lines) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onEnd(call, reason, lines);
        }
    }

    /**
     * Turn a switch.
     *
     * @param call  that was accepted.
     * @param entry what is to be on or off.
     */
    record TurnSwitch(OperatorCall call, SwitchEntry entry) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onSetSwitch(call, entry);
        }
    }

    /**
     * Re-enable a rule.
     *
     * @param call  that was accepted.
     * @param entry that is to be stopped no more.
     */
    record EnableRule(OperatorCall call, ExecutionEntry entry) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onEnableExecution(call, entry);
        }
    }

    /**
     * Tell what is on and stopped.
     *
     * @param call that was accepted.
     */
    record ListSwitches(OperatorCall call) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onListSwitches(call);
        }
    }

    /**
     * Have the policy file read again.
     *
     * @param call    that was accepted.
     * @param isTrial only to say what would change.
     * @param comment for the journal.
     * @param sha256  of the policy that a second operator has approved, or null.
     */
    record Reload(OperatorCall call, boolean isTrial, String comment, byte[] sha256) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onReloadPolicy(call, isTrial, comment, sha256);
        }
    }

    /**
     * Do something to keys.
     *
     * @param update what.
     */
    record UpdateKeys(KeyUpdate update) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.keys().onUpdateKeys(update);
        }
    }

    /**
     * Record that the register is saved.
     *
     * @param mark generation and digest of its file.
     */
    record Saved(RegisterMark mark) implements CommandResult
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.keys().onRegisterSaved(mark);
        }
    }
}
