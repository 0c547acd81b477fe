package io.countersign.ops;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the command in this process.
 *
 * @param exitCode of the command.
 * @param out      what it printed.
 * @param err      what it reported.
 */
public record CommandRun(int exitCode, String out, String err)
{
    public static CommandRun of(final Object... arguments)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine command = Countersign.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
        final String[] args = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return new CommandRun(command.execute(args), out.toString(), err.toString());
    }

    public List<String> lines()
    {
        return out.lines().toList();
    }

    /** The one line on stderr. */
    public String error()
    {
        final List<String> lines = err.lines().toList();
        if (1 != lines.size())
        {
            throw new AssertionError("not one line: " + err);
        }

        return lines.getFirst();
    }
}
