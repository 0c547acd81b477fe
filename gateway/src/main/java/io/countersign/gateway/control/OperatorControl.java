package io.countersign.gateway.control;

import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.SwitchEntry;

import java.util.List;

/**
 * What the gateway agent does with the results of operators' commands. Called by the gateway thread only.
 */
public interface OperatorControl
{
    /**
     * The policy file was read again. One that differs is in force when this returns, unless it is a trial or the
     * journal does not take it.
     *
     * @param reading what came of it.
     */
    void onPolicyRead(PolicyReading reading);

    /**
     * A signed command is refused, or was carried out elsewhere.
     *
     * @param call   with what was found of it.
     * @param reason a value of the wire's {@code Reason}; NONE when it was carried out.
     * @param lines  of the answer.
     */
    void onEnd(OperatorCall call, int reason, List<String> lines);

    /**
     * Turn a switch.
     *
     * @param call  that was accepted.
     * @param entry what is to be on or off.
     */
    void onSetSwitch(OperatorCall call, SwitchEntry entry);

    /**
     * Re-enable a rule.
     *
     * @param call  that was accepted.
     * @param entry that is to be stopped no more.
     */
    void onEnableExecution(OperatorCall call, ExecutionEntry entry);

    /**
     * Tell what is on and stopped.
     *
     * @param call that was accepted.
     */
    void onListSwitches(OperatorCall call);

    /**
     * Have the policy file read again.
     *
     * @param call    that was accepted.
     * @param isTrial only to say what would change.
     * @param comment for the journal.
     * @param sha256  of the policy that a second operator has approved, or null: the key agent is told what is wider.
     */
    void onReloadPolicy(OperatorCall call, boolean isTrial, String comment, byte[] sha256);
}
