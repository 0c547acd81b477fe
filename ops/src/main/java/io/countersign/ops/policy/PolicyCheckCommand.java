package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign policy check}.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Checks a configuration as the gateway would at its start, without a token.",
        "Prints what it grants in numbers, and a warning for each thing that is allowed but worth a second look."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign policy check /etc/countersign/gateway.yaml",
        "",
        "Exit codes: 0 a gateway would start with it (warnings or not), 1 it would not, 2 the file cannot be read."
    })
public final class PolicyCheckCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The gateway's configuration.")
    private Path file;

    /**
     * For picocli.
     */
    public PolicyCheckCommand()
    {
    }

    /**
     * Checks the configuration.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        if (!Files.isReadable(file) || Files.isDirectory(file))
        {
            throw new CommandException(file + " cannot be read: give the path of a gateway's configuration");
        }
        final GatewayConfig config;
        try
        {
            config = ConfigReader.read(file);
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.WRONG);
        }

        final PrintWriter out = spec.commandLine().getOut();
        final int rules = config.principals().stream().mapToInt((principal) -> principal.rules().size()).sum();
        final List<String> warnings = PolicyWarnings.of(config);
        out.printf("%s: %d keys, %d principals, %d rules, policy %016x, %d warnings%n",
            file, config.keys().size(), config.principals().size(), rules, config.policyVersion(), warnings.size());
        warnings.forEach((warning) -> out.println("warning: " + warning));
        out.flush();
        return ExitCode.OK;
    }
}
