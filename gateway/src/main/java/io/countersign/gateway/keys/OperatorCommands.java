package io.countersign.gateway.keys;

import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.OperatorState;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries out what is done to operators: saved in the register, then answered. For the key agent.
 */
final class OperatorCommands
{
    private final KeyContext context;
    private final OperatorGate gate;

    OperatorCommands(final KeyContext context, final OperatorGate gate)
    {
        this.context = context;
        this.gate = gate;
    }

    /** {@code operators list}. */
    void list(final OperatorCall call)
    {
        final List<String> lines = new ArrayList<>();
        for (final OperatorEntry operator : context.register().operators())
        {
            lines.add(operator.name() + " " + operator.role().configName() + ", " + operator.state().configName() +
                ", enrolled " + Instant.ofEpochMilli(operator.enrolledMs()) + ", public-key " +
                Base64.getEncoder().encodeToString(operator.publicKey()));
        }
        context.done(call, lines);
    }

    /** {@code operators enroll}; not carried out when it is only to be seen whether it could be. */
    void enroll(final OperatorCall call, final CommandFields fields, final boolean isTrial) throws RegisterException
    {
        final String roleName = fields.required("role");
        final OperatorRole role = OperatorRole.ofConfigName(roleName);
        if (null == role)
        {
            throw new RegisterException("there is no role '" + roleName + "'; expected one of " +
                Arrays.stream(OperatorRole.values()).map(OperatorRole::configName).collect(Collectors.joining(", ")));
        }
        final String name = fields.required("name");
        final OperatorEntry before = context.register().operator(name);
        if (null != before && OperatorState.REMOVED != before.state())
        {
            throw new RegisterException(name + " is enrolled already, as " + before.role().configName());
        }
        final byte[] publicKey = fields.base64("public-key");
        for (final OperatorEntry other : context.register().operators())
        {
            if (OperatorState.REMOVED != other.state() && Arrays.equals(other.publicKey(), publicKey))
            {
                throw new RegisterException("this public key is that of " + other.name() +
                    ": everybody has a key of his own");
            }
        }
        try
        {
            // Whoever comes back has another secret for his codes than before.
            change(call, new OperatorEntry(name, role, publicKey, null == before ? 1 : 1 + before.totpVersion(),
                OperatorState.ENROLLED, context.utcMs()), isTrial, "enrolled as " + role.configName() +
                "; 'countersign operators totp' prints the secret of the codes");
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    /** {@code operators remove}: the next command is refused. */
    void remove(final OperatorCall call, final CommandFields fields, final boolean isTrial) throws RegisterException
    {
        final OperatorEntry operator = operator(fields);
        final OperatorEntry next = operator.withState(OperatorState.REMOVED);
        final long officers = context.register().operators().stream()
            .filter((each) -> OperatorRole.SECURITY_OFFICER == each.role() && each.isEnrolled() &&
                !each.name().equals(operator.name()))
            .count();
        if (OperatorRole.SECURITY_OFFICER == operator.role() && officers < 2)
        {
            throw new RegisterException("without " + operator.name() + " there are not two security-officers left: " +
                "enrol another first");
        }
        change(call, next, isTrial, "removed");
    }

    /** {@code operators unlock}. */
    void unlock(final OperatorCall call, final CommandFields fields, final boolean isTrial) throws RegisterException
    {
        final OperatorEntry operator = operator(fields);
        if (OperatorState.LOCKED != operator.state())
        {
            throw new RegisterException(operator.name() + " is not locked");
        }
        change(call, operator.withState(OperatorState.ENROLLED), isTrial, "unlocked");
    }

    /** Wrong codes have locked an operator. */
    void lock(final OperatorEntry operator)
    {
        try
        {
            final OperatorEntry locked = operator.withState(OperatorState.LOCKED);
            context.store().change((register) -> register.withOperator(locked), () -> { });
            context.tell("operator " + operator.name() + " is locked: " + OperatorGate.MAX_WRONG_CODES +
                " wrong codes in a row");
        }
        catch (final RegisterException ex)
        {
            context.tell(ex.getMessage());
        }
    }

    private OperatorEntry operator(final CommandFields fields) throws RegisterException
    {
        final String name = fields.required("name");
        final OperatorEntry operator = context.register().operator(name);
        if (null == operator || OperatorState.REMOVED == operator.state())
        {
            throw new RegisterException("no operator '" + name + "' is enrolled");
        }
        return operator;
    }

    private void change(
        final OperatorCall call, final OperatorEntry operator, final boolean isTrial, final String what)
        throws RegisterException
    {
        final RegisterStore.Change change = (Register register) -> register.withOperator(operator);
        if (isTrial)
        {
            change.applyTo(context.register());
        }
        else
        {
            context.store().change(change, () -> context.done(call, List.of(operator.name() + " is " + what)));
            gate.onUnlocked(operator.name());
        }
    }
}
