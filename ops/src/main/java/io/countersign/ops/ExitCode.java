package io.countersign.ops;

/**
 * What the command's exit codes say, the same for every subcommand.
 */
public final class ExitCode
{
    /** Nothing wrong. */
    public static final int OK = 0;

    /** The command ran, and found something wrong. */
    public static final int WRONG = 1;

    /** Wrong usage or configuration, or something that cannot be read or written. */
    public static final int USAGE = 2;

    /** The token refused. */
    public static final int TOKEN = 3;

    private ExitCode()
    {
    }
}
