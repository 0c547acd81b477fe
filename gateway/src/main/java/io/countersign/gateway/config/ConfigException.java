package io.countersign.gateway.config;

/**
 * The configuration cannot be used. The message is one line for people: file, line, what was found, what was expected.
 */
public final class ConfigException extends Exception
{
    private static final long serialVersionUID = 1L;

    /**
     * Construct with the line that is shown to the operator.
     *
     * @param message one line, without a secret in it.
     */
    public ConfigException(final String message)
    {
        super(message);
    }
}
