package io.countersign.ops.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.ops.CommandException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The configuration and the policy that a command is about. A policy speaks of the keys and ingresses of a
 * configuration, so it is never read without one.
 *
 * @param configuration of a gateway.
 * @param policyOrNull  to take in place of the one that the configuration names.
 */
record PolicyFiles(Path configuration, Path policyOrNull)
{
    /** Where the configuration of a policy is looked for that is given alone. */
    static final String BESIDE = "gateway.yaml";

    private static final Set<String> POLICY_FIELDS =
        Set.of("principals", "roles", "operators", "price-bands", "acknowledge");
    private static final Set<String> CONFIGURATION_FIELDS = Set.of("gateway", "token", "authentication", "policy");

    /**
     * From what a command was given: a configuration with or without a policy, a policy with {@code --config}, or a
     * policy alone, which its top-level fields tell.
     */
    static PolicyFiles of(final Path file, final Path policyOrNull, final Path configOrNull) throws ConfigException
    {
        if (null != configOrNull && null != policyOrNull)
        {
            throw new CommandException("--config names the configuration, and so do two files: give " + policyOrNull +
                " alone beside --config, or leave --config out");
        }
        if (null != configOrNull)
        {
            return new PolicyFiles(configOrNull, file);
        }
        if (!isPolicy(file))
        {
            return new PolicyFiles(file, policyOrNull);
        }
        if (null != policyOrNull)
        {
            throw new ConfigException(file + " is a policy; expected a gateway's configuration before " +
                policyOrNull);
        }
        final Path beside = file.resolveSibling(BESIDE);
        if (!Files.exists(beside))
        {
            throw new ConfigException(file + " is a policy, and there is no " + BESIDE + " beside it; expected " +
                "the gateway's configuration: --config CONFIG");
        }
        return new PolicyFiles(beside, file);
    }

    GatewayConfig readConfiguration() throws ConfigException
    {
        return ConfigReader.read(configuration);
    }

    PolicyConfig readPolicy(final GatewayConfig config) throws ConfigException
    {
        return PolicyReader.read(null == policyOrNull ? config.policyFile() : policyOrNull, config);
    }

    /** A file that cannot be read is none: whoever reads it for good says why. */
    private static boolean isPolicy(final Path file)
    {
        final Set<String> fields = topLevelFields(file);
        return !Collections.disjoint(fields, POLICY_FIELDS) && Collections.disjoint(fields, CONFIGURATION_FIELDS);
    }

    /** Those before the first mistake, if there is one. */
    private static Set<String> topLevelFields(final Path file)
    {
        final Set<String> fields = new HashSet<>();
        try (InputStream in = Files.newInputStream(file))
        {
            final String text = new String(in.readNBytes(ConfigReader.MAX_LENGTH), StandardCharsets.UTF_8);
            int depth = 0;
            boolean isField = true;
            for (final Event event : new Parse(LoadSettings.builder().build()).parseString(text))
            {
                switch (event.getEventId())
                {
                    case MappingStart, SequenceStart -> depth++;
                    case MappingEnd, SequenceEnd -> isField = (1 == --depth) != isField;
                    case Scalar, Alias ->
                    {
                        if (1 == depth && isField && event instanceof final ScalarEvent scalar)
                        {
                            fields.add(scalar.getValue());
                        }
                        isField = (1 == depth) != isField;
                    }
                    default ->
                    {
                        // Neither name nor value.
                    }
                }
            }
        }
        catch (final IOException | YamlEngineException | StackOverflowError ex)
        {
            // Told by whoever reads it for good.
        }
        return fields;
    }
}
