package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.config.VenueProfilesException;
import io.countersign.gateway.control.PolicySource;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        "Checks a configuration and its policy as the gateway would at its start, without a token.",
        "FILE is a gateway's configuration, or a policy alone: then the configuration is --config, or the " +
            PolicyFiles.BESIDE + " beside it.",
        "Prints every error of the policy at once; or else what it grants in numbers, and a warning for each thing " +
            "that is allowed but worth a second look."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign policy check /etc/countersign/gateway.yaml",
        "  countersign policy check /etc/countersign/gateway.yaml policy-candidate.yaml",
        "  countersign policy check /etc/countersign/policy.yaml",
        "  countersign policy check /etc/countersign/gateway.yaml --power",
        "  countersign policy check policy-candidate.yaml --config /etc/countersign/gateway.yaml",
        "",
        "Exit codes: 0 a gateway would start with it (warnings or not), 1 it would not, or a file cannot be read, " +
            "2 wrong usage."
    })
public final class PolicyCheckCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A gateway's configuration, or a policy.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "POLICY", description =
        "A policy file to check in place of the one that the configuration names.")
    private Path policyFile;

    @Option(names = "--config", paramLabel = "CONFIG", description =
        "The gateway's configuration, where FILE is a policy.")
    private Path configFile;

    @Option(names = "--power", description =
        "Print for each grant what its signatures bind at the venue, and what else they are valid for.")
    private boolean showsPower;

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
        checkReadable(file, "a gateway's configuration or of a policy");
        checkReadable(policyFile, "a policy");
        checkReadable(configFile, "a gateway's configuration");
        final PrintWriter out = spec.commandLine().getOut();
        final GatewayConfig config;
        final PolicyConfig policy;
        try
        {
            final PolicyFiles files = PolicyFiles.of(file, policyFile, configFile);
            config = files.readConfiguration();
            policy = files.readPolicy(config);
            PolicySource.requireRecordable(config, policy);
        }
        catch (final PolicyException ex)
        {
            ex.errors().forEach(spec.commandLine().getErr()::println);
            throw new CommandException(ex.errors().size() + (1 == ex.errors().size() ? " error" : " errors") +
                ": a gateway would refuse this policy", ExitCode.WRONG);
        }
        catch (final VenueProfilesException ex)
        {
            ex.errors().forEach(spec.commandLine().getErr()::println);
            throw new CommandException(ex.errors().size() + (1 == ex.errors().size() ? " error" : " errors") +
                ": a gateway would refuse these venue profiles", ExitCode.WRONG);
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.WRONG);
        }
        final int rules = policy.principals().stream().mapToInt((principal) -> principal.rules().size()).sum();
        final List<String> warnings = PolicyWarnings.of(config, policy);
        out.printf("%s: %d keys, %d principals, %d operators, %d rules, policy %016x, %d warnings%n",
            policy.file(), policy.keys().size(), policy.principals().size(), policy.operators().size(), rules,
            policy.policyVersion(), warnings.size());
        warnings.forEach((warning) -> out.println("warning: " + warning));
        if (showsPower)
        {
            new PowerText(policy).ofAllGrants().forEach(out::println);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void checkReadable(final Path pathOrNull, final String what)
    {
        if (null != pathOrNull && (!Files.isReadable(pathOrNull) || Files.isDirectory(pathOrNull)))
        {
            throw new CommandException(
                pathOrNull + " cannot be read: give the path of " + what, ExitCode.WRONG);
        }
    }
}
