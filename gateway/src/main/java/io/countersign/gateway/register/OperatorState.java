package io.countersign.gateway.register;

/**
 * Whether an operator's commands are taken. The package's documentation draws it.
 */
public enum OperatorState
{
    /** Commands are taken. */
    ENROLLED("enrolled"),

    /** Too many wrong codes: refused until another operator unlocks. */
    LOCKED("locked"),

    /** Refused; the entry stays, so that the name keeps its meaning in the journal. */
    REMOVED("removed");

    private final String configName;

    OperatorState(final String configName)
    {
        this.configName = configName;
    }

    /**
     * The state of a name in the register's file.
     *
     * @param configName for example {@code locked}; case matters.
     * @return the state, or null when none has that name.
     */
    public static OperatorState ofConfigName(final String configName)
    {
        for (final OperatorState state : values())
        {
            if (state.configName.equals(configName))
            {
                return state;
            }
        }
        return null;
    }

    /**
     * The name in the register's file, in commands and in messages.
     *
     * @return for example {@code locked}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * Whether an operator may go from this state to another. From removed there is a way back only by a new enrolment,
     * with a higher version of the TOTP secret.
     *
     * @param next state.
     * @return true when it may; false for the state that it has.
     */
    public boolean mayBecome(final OperatorState next)
    {
        return this != next && !(REMOVED == this && LOCKED == next);
    }
}
