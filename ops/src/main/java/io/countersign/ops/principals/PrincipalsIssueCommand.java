package io.countersign.ops.principals;

import io.countersign.codecs.authentication.ApiKey;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * {@code countersign principals issue}.
 */
@Command(
    name = "issue",
    description = {
        "Prints the API key of a principal, and nothing else, on standard output.",
        "The token derives it from the master key, the principal and the version; nobody keeps it. The configuration " +
            "must list the version under api-key-versions, so that what is issued also opens a session."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  (umask 077; countersign principals issue --config gateway.yaml --principal maker-1 --version 1 \\",
        "    > maker-1.key)",
        "",
        "Exit codes: 0 issued, 2 wrong usage or configuration, 3 the token refused."
    })
public final class PrincipalsIssueCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    // Not the usual pair of --help and --version: the second means the API key's here.
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean isHelpWanted;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The gateway's configuration.")
    private Path config;

    @Option(names = "--principal", required = true, paramLabel = "NAME", description =
        "Whose API key; a principal of the configuration.")
    private String principal;

    @Option(names = "--version", required = true, paramLabel = "N", description =
        "Version of the API key, 1 or more; one of the principal's api-key-versions.")
    private int apiKeyVersion;

    /**
     * For picocli.
     */
    public PrincipalsIssueCommand()
    {
    }

    /**
     * Issues the API key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final GatewayConfig gateway = configuration();
        checkPrincipal(policy(gateway));
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(gateway.masterToken().module())
            .tokenLabel(gateway.masterToken().label())
            .pin(gateway.masterToken().pin())
            .masterKey(gateway.masterKey()));
            TokenConnection connection = connector.connect())
        {
            final byte[] secret =
                connection.masterKey().derive(principal.getBytes(StandardCharsets.UTF_8), apiKeyVersion);
            if (null == secret)
            {
                throw new CommandException("the token did not derive the API key: look at its own log", ExitCode.TOKEN);
            }
            try (ApiKey apiKey = new ApiKey(apiKeyVersion, secret))
            {
                print(apiKey.text());
            }
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

    private static PolicyConfig policy(final GatewayConfig gateway)
    {
        try
        {
            return PolicyReader.read(gateway);
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }

    private void checkPrincipal(final PolicyConfig policy)
    {
        for (final PrincipalConfig candidate : policy.everybody())
        {
            if (candidate.name().equals(principal))
            {
                if (candidate.apiKeyVersions().contains(apiKeyVersion))
                {
                    return;
                }
                throw new CommandException(policy.file() + ": principal '" + principal + "' has api-key-versions " +
                    candidate.apiKeyVersions() + ", not " + apiKeyVersion + ": add it there first");
            }
        }
        throw new CommandException(policy.file() + ": there is no principal '" + principal + "'");
    }

    private void print(final byte[] text)
    {
        final PrintWriter out = spec.commandLine().getOut();
        for (final byte character : text)
        {
            out.write(character);
        }
        out.println();
        out.flush();
        Arrays.fill(text, (byte) 0);
    }
}
