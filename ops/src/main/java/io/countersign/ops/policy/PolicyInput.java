package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.ops.CommandException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The policy that a command is given: a configuration and its policy, a configuration and another policy, or a policy
 * alone, whose configuration is beside it.
 */
final class PolicyInput
{
    private static final String CONFIG_NAME = "gateway.yaml";

    /** No configuration has this field, and every policy does. */
    private static final Pattern IS_POLICY = Pattern.compile("(?m)^\\{?\\s?[\"']?principals[\"']?\\s*:");

    @Parameters(index = "0", paramLabel = "FILE", description =
        "A gateway's configuration, which names its policy, or a policy file.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "POLICY", description =
        "A policy file to decide with in place of the one that the configuration names.")
    private Path policyFile;

    @Option(names = "--config", paramLabel = "CONFIG", description =
        "The gateway's configuration with the keys that a policy file speaks of; without it, " + CONFIG_NAME +
            " beside the policy file.")
    private Path configFile;

    PolicyConfig read() throws ConfigException, IOException
    {
        if (null != policyFile)
        {
            if (null != configFile)
            {
                throw new CommandException("--config and " + file + " both name a configuration: give one of them");
            }
            return PolicyReader.read(policyFile, ConfigReader.read(file));
        }
        if (null != configFile)
        {
            return PolicyReader.read(file, ConfigReader.read(configFile));
        }
        if (!isPolicy(file))
        {
            final GatewayConfig config = ConfigReader.read(file);
            return PolicyReader.read(config.policyFile(), config);
        }
        final Path beside = file.resolveSibling(CONFIG_NAME);
        if (!Files.isRegularFile(beside))
        {
            throw new CommandException(file + " is a policy file, and there is no " + beside +
                ": name the gateway's configuration with --config");
        }
        return PolicyReader.read(file, ConfigReader.read(beside));
    }

    private static boolean isPolicy(final Path path) throws IOException
    {
        return Files.isRegularFile(path) && Files.isReadable(path) &&
            Files.size(path) <= ConfigReader.MAX_LENGTH &&
            IS_POLICY.matcher(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)).find();
    }
}
