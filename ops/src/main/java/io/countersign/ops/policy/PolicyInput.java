package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.PolicyConfig;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/**
 * The policy that a command is given: a configuration and its policy, a configuration and another policy, or a policy
 * alone, whose configuration is beside it.
 */
final class PolicyInput
{
    @Parameters(index = "0", paramLabel = "FILE", description =
        "A gateway's configuration, which names its policy, or a policy file.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "POLICY", description =
        "A policy file to decide with in place of the one that the configuration names.")
    private Path policyFile;

    @Option(names = "--config", paramLabel = "CONFIG", description =
        "The gateway's configuration with the keys that a policy file speaks of; without it, " + PolicyFiles.BESIDE +
            " beside the policy file.")
    private Path configFile;

    PolicyConfig read() throws ConfigException
    {
        final PolicyFiles files = PolicyFiles.of(file, policyFile, configFile);
        return files.readPolicy(files.readConfiguration());
    }
}
