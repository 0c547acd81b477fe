package io.countersign.gateway.keys;

import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.register.RegisterException;

/**
 * Hands over what the gateway thread carries out itself: kill switches, stopped rules, reloads. For the key agent.
 */
final class GatewayCommands
{
    private final KeyContext context;

    GatewayCommands(final KeyContext context)
    {
        this.context = context;
    }

    /** {@code switch on}, {@code switch off}. */
    void turn(final OperatorCall call, final CommandFields fields, final boolean isOn) throws RegisterException
    {
        final SwitchSubject subject = switch (fields.required("subject"))
        {
            case "all" -> SwitchSubject.ALL;
            case "venue" -> SwitchSubject.VENUE;
            case "key" -> SwitchSubject.KEY;
            case "principal" -> SwitchSubject.PRINCIPAL;
            default -> throw new RegisterException("'subject' is '" + fields.required("subject") +
                "'; expected all, venue, key or principal");
        };
        final String reachName = fields.optional("reach");
        if (null != reachName && !"cancels".equals(reachName) && !"all-but-cancels".equals(reachName))
        {
            throw new RegisterException("'reach' is '" + reachName + "'; expected cancels or all-but-cancels");
        }
        final SwitchReach reach = "cancels".equals(reachName) ? SwitchReach.CANCELS : SwitchReach.ALL_BUT_CANCELS;
        final String name = SwitchSubject.ALL == subject ? fields.optional("name") : fields.required("name");
        context.give(new CommandResult.TurnSwitch(call, new SwitchEntry(
            subject.value(), reach.value(), isOn, null == name ? "" : name, call.operatorName(), fields.comment())));
    }

    /** {@code switch list}. */
    void listSwitches(final OperatorCall call)
    {
        context.give(new CommandResult.ListSwitches(call));
    }

    /** {@code execution enable}. */
    void enableExecution(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        context.give(new CommandResult.EnableRule(call, new ExecutionEntry(
            false, fields.required("principal"), fields.required("rule"), call.operatorName(), fields.comment())));
    }

    /** {@code policy reload}; with the policy that another operator has approved, or null. */
    void reloadPolicy(final OperatorCall call, final CommandFields fields, final byte[] policySha256)
        throws RegisterException
    {
        context.give(new CommandResult.Reload(call, fields.flag("trial"), fields.comment(), policySha256));
    }
}
