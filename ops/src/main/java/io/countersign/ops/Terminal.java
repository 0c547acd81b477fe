package io.countersign.ops;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The person in front of a command, where there is one. Questions go to standard error, so that standard output holds
 * answers only.
 */
public interface Terminal
{
    /**
     * Whether somebody can be asked.
     *
     * @return false where the input is no terminal.
     */
    boolean isThere();

    /**
     * Asks for a secret, which is not shown.
     *
     * @param question ends without a blank.
     * @return what was typed, for the caller to zero; null at the end of the input.
     */
    char[] askSecret(String question);

    /**
     * Asks for a line.
     *
     * @param question ends without a blank.
     * @return what was typed; null at the end of the input.
     */
    String ask(String question);

    /**
     * Whether somebody sees what is written to standard error, wherever input comes from and output goes.
     *
     * @return true when it is a terminal.
     */
    static boolean showsErrors()
    {
        try
        {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || "/dev/console".equals(target);
        }
        catch (final IOException | UnsupportedOperationException ex)
        {
            return false;
        }
    }

    /**
     * The terminal of this process.
     *
     * @param err for questions.
     * @return the terminal, there or not.
     */
    static Terminal ofProcess(final PrintWriter err)
    {
        final Console console = System.console();
        return new Terminal()
        {
            @Override
            public boolean isThere()
            {
                return null != console && console.isTerminal();
            }

            @Override
            public char[] askSecret(final String question)
            {
                put(question);
                return console.readPassword();
            }

            @Override
            public String ask(final String question)
            {
                put(question);
                return console.readLine();
            }

            private void put(final String question)
            {
                err.print(question + " ");
                err.flush();
            }
        };
    }
}
