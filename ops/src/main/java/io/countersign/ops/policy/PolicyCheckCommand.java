package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.config.PolicyReader;
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
        "Checks a configuration and its policy as the gateway would at its start, without a token.",
        "Prints every error of the policy at once; or else what it grants in numbers, and a warning for each thing " +
            "that is allowed but worth a second look."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign policy check /etc/countersign/gateway.yaml",
        "  countersign policy check /etc/countersign/gateway.yaml policy-candidate.yaml",
        "",
        "Exit codes: 0 a gateway would start with it (warnings or not), 1 it would not, 2 the file cannot be read."
    })
public final class PolicyCheckCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The gateway's configuration.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "POLICY", description =
        "A policy file to check in place of the one that the configuration names.")
    private Path policyFile;

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
        checkReadable(file, "a gateway's configuration");
        if (null != policyFile)
        {
            checkReadable(policyFile, "a policy file");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PolicyConfig policy;
        try
        {
            final GatewayConfig config = ConfigReader.read(file);
            policy = PolicyReader.read(null == policyFile ? config.policyFile() : policyFile, config);
        }
        catch (final PolicyException ex)
        {
            ex.errors().forEach(spec.commandLine().getErr()::println);
            throw new CommandException(
                ex.errors().size() + " errors: a gateway would refuse this policy", ExitCode.WRONG);
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.WRONG);
        }
        final int rules = policy.principals().stream().mapToInt((principal) -> principal.rules().size()).sum();
        final List<String> warnings = PolicyWarnings.of(policy);
        out.printf("%s: %d keys, %d principals, %d operators, %d rules, policy %016x, %d warnings%n",
            policy.file(), policy.keys().size(), policy.principals().size(), policy.operators().size(), rules,
            policy.policyVersion(), warnings.size());
        warnings.forEach((warning) -> out.println("warning: " + warning));
        out.flush();
        return ExitCode.OK;
    }

    private static void checkReadable(final Path path, final String what)
    {
        if (!Files.isReadable(path) || Files.isDirectory(path))
        {
            throw new CommandException(path + " cannot be read: give the path of " + what);
        }
    }
}
