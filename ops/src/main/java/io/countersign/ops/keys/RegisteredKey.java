package io.countersign.ops.keys;

import picocli.CommandLine.Option;

/**
 * The options that say what the register of a running gateway is to know of a new key beyond what a configuration
 * would.
 */
final class RegisteredKey
{
    @Option(names = "--recoverable", description =
        "With --operator: the key can be wrapped by the token's recovery key, for 'keys backup'.")
    private boolean isRecoverable;

    @Option(names = "--high-value", description =
        "With --operator: the key is rotated at the shorter of the configured intervals.")
    private boolean isHighValue;

    boolean isGiven()
    {
        return isRecoverable || isHighValue;
    }

    boolean isRecoverable()
    {
        return isRecoverable;
    }

    String recoverable()
    {
        return isRecoverable ? "yes" : "no";
    }

    String highValue()
    {
        return isHighValue ? "yes" : "no";
    }
}
