package io.countersign.ops;

import java.io.Serial;

/**
 * Ends a command with one line on stderr and an exit code.
 */
public final class CommandException extends RuntimeException
{
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * Ends with {@link ExitCode#USAGE}.
     *
     * @param message one line for people: what happened, where, what to do.
     */
    public CommandException(final String message)
    {
        this(message, ExitCode.USAGE);
    }

    /**
     * Ends with the given code.
     *
     * @param message  one line for people: what happened, where, what to do.
     * @param exitCode see {@link ExitCode}.
     */
    public CommandException(final String message, final int exitCode)
    {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * What the process ends with.
     *
     * @return see {@link ExitCode}.
     */
    public int exitCode()
    {
        return exitCode;
    }
}
