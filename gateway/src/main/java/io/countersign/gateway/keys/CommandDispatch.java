package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.OperatorAct;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.RegisterException;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which part carries out which command, and which want a second operator first. For the key agent.
 */
final class CommandDispatch
{
    private static final String[] KEY_FIELDS = {
        "alias", "version", "token", "id", "algorithm", "public-key", "check-value", "venue", "api-key", "recoverable",
        "high-value"};

    /** An entry of the register before: what it was there is for whoever approves to see. */
    private static final String[] RESTORED_FIELDS = {
        "alias", "version", "token", "id", "algorithm", "public-key", "check-value", "venue", "api-key", "recoverable",
        "high-value", "passphrase", "parameters", "state", "state-before", "purpose", "created", "activate-at",
        "activated", "rotate-by", "retire-by", "destroy-by", "signatures", "last-signed"};

    private final KeyContext context;
    private final KeyCommands keys;
    private final OperatorCommands operators;
    private final RecoveryCommands recovery;
    private final GatewayCommands gateway;
    private final Proposals proposals = new Proposals();

    CommandDispatch(final KeyContext context, final KeyCommands keys, final OperatorCommands operators)
    {
        this.context = context;
        this.keys = keys;
        this.operators = operators;
        recovery = new RecoveryCommands(context);
        gateway = new GatewayCommands(context);
    }

    /** Whether a token has to be asked: then one command waits for the one before. */
    static boolean needsToken(final OperatorAct act)
    {
        return switch (act)
        {
            case KEYS_GENERATE, KEYS_REGISTER, KEYS_ACTIVATE, KEYS_ROTATE, KEYS_RECOVERY, KEYS_BACKUP,
                OPERATORS_APPROVE -> true;
            default -> false;
        };
    }

    /** A command that is authentic and granted. */
    void onCommand(final OperatorCall call, final CommandText text, final OperatorAct act)
    {
        try
        {
            if (OperatorAct.OPERATORS_APPROVE == act)
            {
                approve(call, new CommandFields(text, "proposal", "digest"));
            }
            else if (act.needsSecondOperator())
            {
                carryOut(call, text, act, null, true);
                context.done(call, proposals.add(proposer(call), text, null, List.of(), context.utcMs()));
            }
            else
            {
                carryOut(call, text, act, null, false);
            }
        }
        catch (final RegisterException | IllegalArgumentException ex)
        {
            // The second: a time or text that no entry can have.
            context.fail(call, ex.getMessage());
        }
    }

    /** A reload would make something wider. */
    void onDrift(final OperatorCall call, final byte[] policySha256, final List<String> lines)
    {
        try
        {
            final CommandText text = CommandText.parse(
                call.signed().text().getBytes(StandardCharsets.UTF_8));
            context.done(call, proposals.add(proposer(call), text, policySha256, lines, context.utcMs()));
        }
        catch (final RegisterException ex)
        {
            context.fail(call, ex.getMessage());
        }
    }

    private OperatorEntry proposer(final OperatorCall call) throws RegisterException
    {
        final OperatorEntry operator = context.register().operator(call.operatorName());
        if (null == operator || !operator.isEnrolled())
        {
            throw new RegisterException(call.operatorName() + " is not enrolled any more");
        }
        return operator;
    }

    /** Whoever has proposed it must still be one who may. */
    private void approve(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final Proposals.Proposal proposal = proposals.approve(
            call, proposer(call), fields.required("proposal"), fields.required("digest"), context.utcMs());
        final OperatorAct act = OperatorAct.ofCommand(proposal.text().command());
        final OperatorEntry by = context.register().operator(proposal.proposer().name());
        if (null == by || !by.isEnrolled() || !by.role().may(act) || !by.hasKeyOf(proposal.proposer()))
        {
            throw new RegisterException(proposal.proposer().name() + ", who has made proposal " + proposal.id() +
                ", may not do that any more");
        }
        carryOut(call, proposal.text(), act, proposal.policySha256(), false);
    }

    /** A trial only finds out whether it could be carried out now. */
    private void carryOut(
        final OperatorCall call,
        final CommandText text,
        final OperatorAct act,
        final byte[] policySha256,
        final boolean isTrial) throws RegisterException
    {
        switch (act)
        {
            case SWITCH_ON -> gateway.turn(call, new CommandFields(text, "subject", "name", "reach"), true);
            case SWITCH_OFF -> gateway.turn(call, new CommandFields(text, "subject", "name", "reach"), false);
            case SWITCH_LIST -> gateway.listSwitches(call);
            case EXECUTION_ENABLE -> gateway.enableExecution(call, new CommandFields(text, "principal", "rule"));
            case POLICY_RELOAD -> gateway.reloadPolicy(call, new CommandFields(text, "trial"), policySha256);
            case KEYS_LIST -> keys.list(call);
            case KEYS_GENERATE -> keys.generate(call, new CommandFields(text, KEY_FIELDS));
            case KEYS_REGISTER -> keys.register(call, new CommandFields(text, KEY_FIELDS), false);
            case KEYS_RESTORE -> keys.register(call, new CommandFields(text, RESTORED_FIELDS), isTrial);
            case KEYS_ACTIVATE -> keys.activate(
                call, new CommandFields(text, "alias", "version", "api-key", "at", "overlap"));
            case KEYS_ROTATE -> keys.rotate(
                call, new CommandFields(text, "alias", "version", "api-key", "at", "overlap"));
            case KEYS_SUSPEND -> keys.stop(call, new CommandFields(text, "alias", "version"), KeyState.SUSPENDED);
            case KEYS_REVOKE -> keys.stop(call, new CommandFields(text, "alias", "version"), KeyState.REVOKED);
            case KEYS_DESTROY -> keys.destroy(call, new CommandFields(text, "alias", "version"), isTrial);
            case KEYS_RECOVERY -> recovery.recovery(
                call, new CommandFields(text, "token", "id", "check-value", "threshold", "shares"));
            case KEYS_BACKUP -> recovery.backup(call, new CommandFields(text, "alias"));
            case OPERATORS_LIST -> operators.list(call);
            case OPERATORS_PROPOSALS -> context.done(call, proposals.lines(context.utcMs()));
            case OPERATORS_ENROLL ->
                operators.enroll(call, new CommandFields(text, "name", "role", "public-key"), isTrial);
            case OPERATORS_REMOVE -> operators.remove(call, new CommandFields(text, "name"), isTrial);
            case OPERATORS_UNLOCK -> operators.unlock(call, new CommandFields(text, "name"), isTrial);
            default -> throw new RegisterException("an approval cannot be proposed");
        }
    }
}
