package io.countersign.gateway.register;

/**
 * What an operator can command, by the words of the command.
 */
public enum OperatorAct
{
    /** Turn a kill switch on. */
    SWITCH_ON("switch on"),

    /** Turn a kill switch off. */
    SWITCH_OFF("switch off"),

    /** See the kill switches and the stopped rules. */
    SWITCH_LIST("switch list"),

    /** Have the policy file read again; with drift it needs a second operator. */
    POLICY_RELOAD("policy reload"),

    /** Re-enable a rule that the repeated-execution throttle has stopped. */
    EXECUTION_ENABLE("execution enable"),

    /** See the keys of the register. */
    KEYS_LIST("keys list"),

    /** Make a key in a token. */
    KEYS_GENERATE("keys generate"),

    /** Take a key into the register that is in a token already. */
    KEYS_REGISTER("keys register"),

    /** Let a key sign. */
    KEYS_ACTIVATE("keys activate"),

    /** Let another version follow. */
    KEYS_ROTATE("keys rotate"),

    /** Stop a key for a while. */
    KEYS_SUSPEND("keys suspend"),

    /** Stop a key for good. */
    KEYS_REVOKE("keys revoke"),

    /** Destroy a key in its token. */
    KEYS_DESTROY("keys destroy"),

    /** Name the recovery key of a token. */
    KEYS_RECOVERY("keys recovery"),

    /** Have recoverable keys wrapped. */
    KEYS_BACKUP("keys backup"),

    /** Bring a wrapped key back into a token. */
    KEYS_RESTORE("keys restore"),

    /** See the operators. */
    OPERATORS_LIST("operators list"),

    /** See what waits for a second operator. */
    OPERATORS_PROPOSALS("operators proposals"),

    /** Take an operator into the register. */
    OPERATORS_ENROLL("operators enroll"),

    /** Take an operator's rights. */
    OPERATORS_REMOVE("operators remove"),

    /** Unlock an operator after wrong codes. */
    OPERATORS_UNLOCK("operators unlock"),

    /** Be the second pair of eyes. */
    OPERATORS_APPROVE("operators approve");

    private final String command;

    OperatorAct(final String command)
    {
        this.command = command;
    }

    /**
     * The act of a command.
     *
     * @param command its words, for example {@code keys revoke}; case matters.
     * @return the act, or null when there is no such command.
     */
    public static OperatorAct ofCommand(final String command)
    {
        for (final OperatorAct act : values())
        {
            if (act.command.equals(command))
            {
                return act;
            }
        }
        return null;
    }

    /**
     * The words of the command.
     *
     * @return for example {@code keys revoke}.
     */
    public String command()
    {
        return command;
    }

    /**
     * Whether it only shows something.
     *
     * @return true for what changes nothing.
     */
    public boolean isList()
    {
        return switch (this)
        {
            case SWITCH_LIST, KEYS_LIST, OPERATORS_LIST, OPERATORS_PROPOSALS -> true;
            default -> false;
        };
    }

    /**
     * Whether it is always proposed first and waits for a second operator. A reload of the policy does so only where it
     * brings drift.
     *
     * @return true when it takes four eyes.
     */
    public boolean needsSecondOperator()
    {
        return switch (this)
        {
            case KEYS_DESTROY, KEYS_RESTORE, OPERATORS_ENROLL, OPERATORS_REMOVE, OPERATORS_UNLOCK -> true;
            default -> false;
        };
    }
}
