package io.countersign.gateway.config;

/**
 * The configuration cannot be used. The message is one line for people: file, line, what was found, what was expected.
 */
public class ConfigException extends Exception
{
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    /**
     * Construct with the line that is shown to the operator. What was found may be anything: line breaks, terminal
     * controls and excess length are taken out here.
     *
     * @param message one line, without a secret in it.
     */
    public ConfigException(final String message)
    {
        super(oneLine(message));
    }

    private static String oneLine(final String message)
    {
        final String line = message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
