package io.countersign.ops.operators;

import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.OperatorClient;
import io.countersign.client.OperatorKey;
import io.countersign.codecs.CommandText;
import io.countersign.gateway.register.OperatorAct;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.Terminal;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gives an operator's commands to a gateway, each in a session of its own: between two of them a person may be asked
 * for a one-time code, and no session waits so long. The operator's key is open as long as this is.
 */
public final class OperatorCommands implements AutoCloseable
{
    private static final String PROPOSED = "proposed as ";
    private static final String USED_BEFORE = "the code was used before";

    /** A run before this one may have used the codes of the present step and of the one to come. */
    private static final int MAX_CODES = 4;

    private final Path directory;
    private final OperatorOptions options;
    private final OperatorKey key;
    private final OneTimeCodes codes;
    private final PrintWriter out;
    private final Consumer<String> say;

    private OperatorCommands(
        final Path directory,
        final OperatorOptions options,
        final OperatorKey key,
        final OneTimeCodes codes,
        final CommandSpec spec)
    {
        this.directory = directory;
        this.options = options;
        this.key = key;
        this.codes = codes;
        out = spec.commandLine().getOut();
        say = (line) -> say(spec, line);
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
            final OneTimeCodes codes = null == key ? null : options.codes(terminal, (line) -> say(spec, line));
            isOpen = true;
            return new OperatorCommands(directory, options, key, codes, spec);
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
        codes.requireAny();
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
     * Gives a command that must be signed, with a one-time code where it is no list. Where codes are computed, one that
     * another run has used is followed by the next.
     *
     * @param command to give.
     * @return what the gateway answered.
     * @throws CommandException where it was not carried out.
     */
    public CommandAnswer give(final CommandText command)
    {
        requireKey();
        if (isList(command))
        {
            return give((client) -> client.give(command, key, 0, TimeUnit.SECONDS.toNanos(options.timeoutS())));
        }
        for (int i = 1;; i++)
        {
            final int code = codes.next();
            try
            {
                return exchange((client) ->
                    client.give(command, key, code, TimeUnit.SECONDS.toNanos(options.timeoutS())));
            }
            catch (final CommandRefusedException ex)
            {
                final boolean isUsedBefore = ex.lines().stream().anyMatch((line) -> line.startsWith(USED_BEFORE));
                if (!isUsedBefore)
                {
                    throw refusal(ex);
                }
                if (!codes.isComputed() || MAX_CODES == i)
                {
                    throw new CommandException("the gateway refused the command: this one-time code of " +
                        options.operator() + " was used before: wait " + codes.nextInS() +
                        " seconds for the next one, then give the command again", ExitCode.WRONG);
                }
                say.accept("this one-time code of " + options.operator() + " was used before: taking the next");
            }
        }
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

    private static boolean isList(final CommandText command)
    {
        final OperatorAct act = OperatorAct.ofCommand(command.command());
        return null != act && act.isList();
    }

    private static void say(final CommandSpec spec, final String line)
    {
        spec.commandLine().getErr().println("countersign: " + line);
        spec.commandLine().getErr().flush();
    }

    private CommandAnswer give(final Function<OperatorClient, CommandAnswer> command)
    {
        try
        {
            return exchange(command);
        }
        catch (final CommandRefusedException ex)
        {
            throw refusal(ex);
        }
    }

    /** One reason stands in the message; several lines are an answer of their own. */
    private CommandException refusal(final CommandRefusedException ex)
    {
        final boolean isOne = 1 == ex.lines().size();
        if (!isOne)
        {
            ex.lines().forEach((line) -> out.println(EscapedText.of(line)));
            out.flush();
        }
        return new CommandException("the gateway refused the command: " + ex.reason() +
            (isOne ? ": " + EscapedText.of(ex.lines().getFirst()) : ""), ExitCode.WRONG);
    }

    private CommandAnswer exchange(final Function<OperatorClient, CommandAnswer> command)
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
            throw ex;
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
