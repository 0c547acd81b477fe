package io.countersign.ops.operators;

import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.OperatorClient;
import io.countersign.client.OperatorKey;
import io.countersign.codecs.CommandText;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.Terminal;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Gives an operator's commands to a gateway, each in a session of its own: between two of them a person may be asked
 * for a one-time code, and no session waits so long. The operator's key is open as long as this is.
 */
public final class OperatorCommands implements AutoCloseable
{
    private static final String PROPOSED = "proposed as ";

    private final Path directory;
    private final OperatorOptions options;
    private final OperatorKey key;
    private final OneTimeCodes codes;
    private final PrintWriter out;

    private OperatorCommands(
        final Path directory,
        final OperatorOptions options,
        final OperatorKey key,
        final OneTimeCodes codes,
        final PrintWriter out)
    {
        this.directory = directory;
        this.options = options;
        this.key = key;
        this.codes = codes;
        this.out = out;
    }

    /**
     * Opens the operator's key, where one is given.
     *
     * @param directory of the gateway's media driver.
     * @param options   that say who commands.
     * @param spec      of the command, for what it says and asks.
     * @return to be closed.
     */
    public static OperatorCommands open(final Path directory, final OperatorOptions options, final CommandSpec spec)
    {
        return open(directory, options, spec, Terminal.ofProcess(spec.commandLine().getErr()));
    }

    static OperatorCommands open(
        final Path directory, final OperatorOptions options, final CommandSpec spec, final Terminal terminal)
    {
        options.timeoutS();
        final OperatorKey key = options.openKey(terminal);
        boolean isOpen = false;
        try
        {
            final OneTimeCodes codes = null == key ? null : options.codes(terminal);
            isOpen = true;
            return new OperatorCommands(directory, options, key, codes, spec.commandLine().getOut());
        }
        finally
        {
            if (!isOpen && null != key)
            {
                key.close();
            }
        }
    }

    /**
     * A command's text.
     *
     * @param command        its words.
     * @param namesAndValues of its fields, by turns; a value that is null or empty leaves its field out.
     * @return the text.
     * @throws CommandException where a value cannot stand in a command.
     */
    public static CommandText text(final String command, final String... namesAndValues)
    {
        try
        {
            CommandText text = CommandText.of(command);
            for (int i = 0; i < namesAndValues.length; i += 2)
            {
                text = text.with(namesAndValues[i], namesAndValues[i + 1]);
            }
            return text;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }

    /**
     * Opens a session and closes it: what follows is not begun where no gateway would hear of it.
     */
    public void checkGateway()
    {
        requireKey();
        give((client) -> null);
    }

    /**
     * Gives a command that must be signed and prints the lines of its answer.
     *
     * @param command to give.
     * @param done    printed when there is a record of the command, with its sequence behind it.
     * @return exit code.
     */
    public int run(final CommandText command, final String done)
    {
        print(give(command), done);
        return ExitCode.OK;
    }

    /**
     * Gives a command that must be signed.
     *
     * @param command to give.
     * @return what the gateway answered.
     * @throws CommandException where it was not carried out.
     */
    public CommandAnswer give(final CommandText command)
    {
        requireKey();
        final int code = codes.next();
        return give((client) -> client.give(command, key, code, TimeUnit.SECONDS.toNanos(options.timeoutS())));
    }

    /**
     * Gives a command that may go unsigned, and prints the lines of its answer.
     *
     * @param command  to give where the operator has a key.
     * @param unsigned the same where not.
     * @param done     as above.
     * @return exit code.
     */
    int run(final CommandText command, final Function<OperatorClient, CommandAnswer> unsigned, final String done)
    {
        print(null == key ? give(unsigned) : give(command), done);
        return ExitCode.OK;
    }

    /**
     * Prints an answer.
     *
     * @param answer of the gateway.
     * @param done   printed when there is a record of the command, with its sequence behind it.
     */
    public void print(final CommandAnswer answer, final String done)
    {
        answer.lines().forEach((line) -> out.println(EscapedText.of(line)));
        if (CountersignClient.NULL_VALUE != answer.recordSequence())
        {
            final boolean isProposed = answer.lines().stream().anyMatch((line) -> line.startsWith(PROPOSED));
            out.println((isProposed ? "not done yet" : done) + ", record " + answer.recordSequence());
        }
        out.flush();
    }

    @Override
    public void close()
    {
        if (null != key)
        {
            key.close();
            codes.close();
        }
    }

    private void requireKey()
    {
        if (null == key)
        {
            throw new CommandException("this command goes signed only: give --operator-key FILE, or a key in a token");
        }
    }

    private CommandAnswer give(final Function<OperatorClient, CommandAnswer> command)
    {
        try (OperatorClient client = OperatorClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(directory.toString())
            .principal(options.operator())
            .apiKeyFile(options.apiKeyFile())
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(options.timeoutS()))))
        {
            return command.apply(client);
        }
        catch (final CommandRefusedException ex)
        {
            ex.lines().forEach((line) -> out.println(EscapedText.of(line)));
            out.flush();
            throw new CommandException("the gateway refused the command: " + ex.reason(), ExitCode.WRONG);
        }
        catch (final CountersignException ex)
        {
            throw new CommandException(EscapedText.of(ex.getMessage()), ExitCode.WRONG);
        }
        catch (final IllegalArgumentException | IllegalStateException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }
}
