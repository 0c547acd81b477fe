package io.countersign.gateway.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The configuration cannot be used. The message is one line for people: file, line, what was found, what was expected.
 */
public class ConfigException extends Exception
{
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    private final int line;
    private final int column;

    /**
     * Construct with the line that is shown to the operator. What was found may be anything: line breaks, terminal
     * controls and excess length are taken out here.
     *
     * @param message one line, without a secret in it.
     */
    public ConfigException(final String message)
    {
        super(oneLine(message));
        line = 0;
        column = 0;
    }

    /** Something at a line and column of a file, both from 1. */
    ConfigException(final Path file, final int line, final int column, final String what)
    {
        super(oneLine(file + ":" + line + ":" + column + ": " + what));
        this.line = line;
        this.column = column;
    }

    /**
     * Everything that is wrong, where more than one thing was found.
     *
     * @return lines for people, at least one.
     */
    public List<String> errors()
    {
        return List.of(getMessage());
    }

    int line()
    {
        return line;
    }

    int column()
    {
        return column;
    }

    private static String oneLine(final String message)
    {
        final String line = message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
