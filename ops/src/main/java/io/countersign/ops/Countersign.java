package io.countersign.ops;

import io.countersign.hsm.ProcessMemory;
import picocli.CommandLine;

/**
 * The {@code countersign} command.
 */
public final class Countersign
{
    private Countersign()
    {
    }

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        // Commands read PINs, secrets and API keys.
        ProcessMemory.close();
        Runtime.getRuntime().exit(commandLine().setOut(StandardOutput.ofProcess()).execute(args));
    }

    /**
     * The command, to be executed in this process.
     *
     * @return with its own way of reporting errors: one line, no stack trace.
     */
    public static CommandLine commandLine()
    {
        return new CommandLine(new RootCommand())
            .setUsageHelpAutoWidth(false)
            .setParameterExceptionHandler((ex, args) ->
            {
                final CommandLine command = ex.getCommandLine();
                report(command, ex.getMessage() + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
                return ExitCode.USAGE;
            })
            .setExecutionExceptionHandler((ex, command, parsed) ->
            {
                if (ex instanceof CommandException expected)
                {
                    report(command, expected.getMessage());
                    return expected.exitCode();
                }

                report(command, "failed unexpectedly: " + ex);
                return ExitCode.USAGE;
            });
    }

    private static void report(final CommandLine command, final String message)
    {
        command.getOut().flush();
        command.getErr().println("countersign: " + message.replaceAll("\\s*\\R\\s*", " "));
        command.getErr().flush();
    }
}
