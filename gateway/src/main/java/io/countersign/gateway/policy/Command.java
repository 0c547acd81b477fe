package io.countersign.gateway.policy;

/**
 * What policy lets an operator do. Asking for the state of switches and rules needs none of these.
 */
public enum Command
{
    /** Turn kill switches. */
    SWITCH("switch"),

    /** Have the policy file read again. */
    RELOAD("reload"),

    /** Re-enable a rule that the repeated-execution throttle has stopped. */
    ENABLE_EXECUTION("enable-execution");

    private final String configName;

    Command(final String configName)
    {
        this.configName = configName;
    }

    /**
     * The name that a policy file uses.
     *
     * @return for example {@code switch}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * The command of a name in a policy file.
     *
     * @param configName for example {@code switch}.
     * @return the command, or null when no command has this name.
     */
    public static Command ofConfigName(final String configName)
    {
        for (final Command command : values())
        {
            if (command.configName.equals(configName))
            {
                return command;
            }
        }
        return null;
    }
}
