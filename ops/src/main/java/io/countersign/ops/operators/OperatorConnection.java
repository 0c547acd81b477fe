package io.countersign.ops.operators;

import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.OperatorClient;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The options that say which gateway to command, and as whom.
 */
public final class OperatorConnection
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    @Option(names = "--config", paramLabel = "FILE", description =
        "The gateway's configuration: the command goes by its first ipc: ingress.")
    private Path config;

    @Option(names = {"--aeron-directory", "--aeron-dir"}, paramLabel = "DIR", description =
        "Directory of the gateway's media driver, in place of --config.")
    private Path aeronDirectory;

    @Option(names = "--operator", required = true, paramLabel = "NAME", description =
        "Who commands: a name under 'operators' of the policy.")
    private String operator;

    @Option(names = "--api-key-file", required = true, paramLabel = "FILE", description =
        "File with the operator's API key, as 'countersign principals issue' printed it; nobody else may read it.")
    private Path apiKeyFile;

    /**
     * For picocli.
     */
    public OperatorConnection()
    {
    }

    /**
     * Gives one command and prints the lines of its answer.
     *
     * @param command to give.
     * @param out     receives what the gateway says.
     * @param done    printed when there is a record of the command, with its sequence behind it.
     * @return exit code.
     */
    int run(final Function<OperatorClient, CommandAnswer> command, final PrintWriter out, final String done)
    {
        try (OperatorClient client = OperatorClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(directory().toString())
            .principal(operator)
            .apiKeyFile(apiKeyFile)
            .requestTimeoutNs(TIMEOUT_NS)))
        {
            final CommandAnswer answer = command.apply(client);
            answer.lines().forEach((line) -> out.println(EscapedText.of(line)));
            if (CountersignClient.NULL_VALUE != answer.recordSequence())
            {
                out.println(done + ", record " + answer.recordSequence());
            }
            out.flush();
            return ExitCode.OK;
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

    private Path directory()
    {
        if (null != aeronDirectory)
        {
            return aeronDirectory;
        }
        if (null == config)
        {
            throw new CommandException("neither --config nor --aeron-directory says which gateway");
        }
        try
        {
            return ConfigReader.read(config).ingresses().stream()
                .filter((ingress) -> !ingress.isUdp())
                .findFirst()
                .orElseThrow(() -> new CommandException(
                    config + ": has no ipc: ingress, and commands go by no other; add one"))
                .aeronDirectory();
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }
}
