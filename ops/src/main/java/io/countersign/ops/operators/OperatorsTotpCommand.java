package io.countersign.ops.operators;

import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.hsm.MasterKey;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code countersign operators totp}.
 */
@Command(
    name = "totp",
    description = {
        "Prints the otpauth:// link that an operator's authenticator app wants, and nothing else, on standard " +
            "output. Show it once, to that operator only, and keep it nowhere.",
        "The token derives the secret from the master key, the name and the version; nobody keeps it. The gateway " +
            "knows which version is an operator's: see 'countersign operators list'."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators totp --config gateway.yaml --operator anna | qrencode -t ansiutf8",
        "",
        "Exit codes: 0 printed, 2 wrong usage or configuration, 3 the token refused."
    })
public final class OperatorsTotpCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    // Not the usual pair of --help and --version: the second means that of the secret here.
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean isHelpWanted;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The gateway's configuration.")
    private Path config;

    @Option(names = "--operator", required = true, paramLabel = "NAME", description = "Whose one-time codes.")
    private String operator;

    @Option(names = "--version", paramLabel = "N", defaultValue = "1", description =
        "Version of the secret, 1 or more (default ${DEFAULT-VALUE}).")
    private int version;

    /**
     * For picocli.
     */
    public OperatorsTotpCommand()
    {
    }

    /**
     * Prints the link.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final byte[] name = operator.getBytes(StandardCharsets.UTF_8);
        if (0 == name.length || name.length > MasterKey.MAX_PRINCIPAL_LENGTH)
        {
            throw new CommandException("--operator is not 1 to " + MasterKey.MAX_PRINCIPAL_LENGTH + " bytes long");
        }
        if (version < 1)
        {
            throw new CommandException("--version is " + version + "; expected 1 or more");
        }
        final GatewayConfig gateway = configuration();
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(gateway.masterToken().module())
            .tokenLabel(gateway.masterToken().label())
            .pin(gateway.masterToken().pin())
            .masterKey(gateway.masterKey()));
            TokenConnection connection = connector.connect())
        {
            final byte[] secret = connection.masterKey().deriveTotpSecret(name, version);
            if (null == secret)
            {
                throw new CommandException("the token did not derive the secret: look at its own log", ExitCode.TOKEN);
            }
            spec.commandLine().getOut().println(TimeBasedCode.link(operator, secret));
            spec.commandLine().getOut().flush();
            Arrays.fill(secret, (byte) 0);
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.TOKEN);
        }
    }

    private GatewayConfig configuration()
    {
        try
        {
            return ConfigReader.read(config);
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }
}
