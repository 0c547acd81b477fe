package io.countersign.gateway.config;

import io.countersign.venues.Scope;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and checks a policy file. One mistake refuses the whole file, and all mistakes are told at once.
 */
public final class PolicyReader
{
    private final Problems problems = new Problems();
    private final Path file;
    private final String text;
    private final List<KeyConfig> keys;
    private final GatewayConfig gateway;
    private final Map<String, KeyConfig> keyByAlias = new HashMap<>();

    private PolicyReader(final Path file, final String text, final GatewayConfig config)
    {
        this.file = file;
        this.text = text;
        gateway = config;
        keys = config.keys();
        keys.forEach((key) -> keyByAlias.put(key.spec().alias(), key));
    }

    /**
     * Read the policy file that a gateway's configuration names.
     *
     * @param config of the gateway.
     * @return the policy.
     * @throws ConfigException when it cannot be read; a {@link PolicyException} when anything in it is not as expected.
     */
    public static PolicyConfig read(final GatewayConfig config) throws ConfigException
    {
        return read(config.policyFile(), config);
    }

    /**
     * Read a policy file.
     *
     * @param file   path of the YAML file.
     * @param keysOf configuration of the gateway whose keys and ingresses it speaks of.
     * @return the policy.
     * @throws ConfigException when it cannot be read; a {@link PolicyException} when anything in it is not as expected.
     */
    public static PolicyConfig read(final Path file, final GatewayConfig keysOf) throws ConfigException
    {
        return of(file, ConfigText.read(file, "policy"), keysOf);
    }

    /**
     * Check a policy text, for instance one that the journal kept.
     *
     * @param file   names the text in errors.
     * @param text   the YAML text.
     * @param keysOf configuration of the gateway whose keys and ingresses it speaks of.
     * @return the policy.
     * @throws ConfigException when it is too long; a {@link PolicyException} when anything in it is not as expected.
     */
    public static PolicyConfig of(final Path file, final String text, final GatewayConfig keysOf) throws ConfigException
    {
        ConfigText.checkLength(file, text);
        return new PolicyReader(file, text, keysOf).policy();
    }

    private PolicyConfig policy() throws PolicyException
    {
        final YamlMapping root = new YamlSource(file, text).root("the policy", "principals", problems);
        final PolicyConfig policy = null == root ? null : policy(root);
        if (0 < problems.count())
        {
            throw new PolicyException(problems.messages());
        }
        return policy;
    }

    private PolicyConfig policy(final YamlMapping root)
    {
        root.allowOnly(problems, "principals", "roles", "operators", "keys", "price-bands", "acknowledge");
        final Set<Scope> acknowledged = RuleSection.acknowledged(root, problems);
        final PowerSection powerSection = new PowerSection(keyByAlias, problems);
        final PrincipalSection section = new PrincipalSection(
            gateway, new RuleSection(keyByAlias, powerSection, acknowledged, problems), powerSection, problems);
        root.mappings("roles", "a role", problems).forEach(section::readRole);
        final List<PrincipalConfig> principals = new ArrayList<>();
        final List<PrincipalConfig> operators = new ArrayList<>();
        // A gateway with a register that has just been set up has its operators first.
        final boolean isEmpty = null != gateway.register() && root.has("operators") &&
            (!root.has("principals") || root.hasEmptyList("principals"));
        if (!isEmpty && !root.has("principals"))
        {
            problems.add(root.error(
                "principals", "the policy has no 'principals'; expected a list, each item a principal"));
        }
        if (!isEmpty)
        {
            root.mappings("principals", "a principal", problems)
                .forEach((principal) -> principals.add(section.readPrincipal(principal)));
        }
        root.mappings("operators", "an operator", problems)
            .forEach((operator) -> operators.add(section.readOperator(operator)));
        return new PolicyConfig(
            file,
            text,
            ConfigText.sha256(text),
            keys,
            keyWindows(root),
            priceBands(root),
            List.copyOf(principals),
            List.copyOf(operators));
    }

    private List<KeyWindow> keyWindows(final YamlMapping root)
    {
        final List<KeyWindow> windows = new ArrayList<>();
        final Set<String> aliases = new HashSet<>();
        for (final YamlMapping key : root.mappings("keys", "a key's time", problems))
        {
            key.allowOnly(problems, "alias", "valid-from", "valid-until");
            final String alias = problems.attempt(null, () -> key.choice(
                "alias", (name) -> keyByAlias.containsKey(name) ? name : null,
                "the alias of a key that stands under 'keys' of the gateway's configuration"));
            if (null != alias && !aliases.add(alias))
            {
                problems.add(key.error("alias", "the key '" + alias + "' stands twice; expected it once"));
            }
            final Long fromNs = instant(key, "valid-from", Long.MIN_VALUE);
            final Long untilNs = instant(key, "valid-until", Long.MAX_VALUE);
            if (null != fromNs && null != untilNs)
            {
                if (fromNs >= untilNs)
                {
                    problems.add(key.error(
                        "valid-until", "'valid-until' is not after 'valid-from'; expected a later instant"));
                }
                windows.add(new KeyWindow(alias, fromNs, untilNs));
            }
        }
        return List.copyOf(windows);
    }

    private Long instant(final YamlMapping key, final String field, final long absent)
    {
        return key.has(field) ? problems.attempt(null, () -> TimeText.instant(key, field)) : Long.valueOf(absent);
    }

    private Map<String, PriceBand> priceBands(final YamlMapping root)
    {
        final Map<String, PriceBand> bands = new LinkedHashMap<>();
        final YamlMapping section = !root.has("price-bands") ?
            null : root.mapping("price-bands", "a mapping from symbols to min and max", problems);
        if (null == section)
        {
            return bands;
        }
        for (final String symbol : section.fieldNames())
        {
            final int before = problems.count();
            final YamlMapping band = section.mapping(symbol, "min and max", problems);
            if (null != band)
            {
                band.allowOnly(problems, "min", "max");
                final boolean isEmpty = before == problems.count() && !band.has("min") && !band.has("max");
                bands.put(symbol, LimitSection.band(band, "min", "max", problems));
                if (isEmpty || RuleConfig.ANY_SYMBOL.equals(symbol))
                {
                    problems.add(section.error(symbol, "the band of '" + symbol +
                        "' holds nothing; expected one symbol with 'min' or 'max' or both"));
                }
            }
        }
        return bands;
    }
}
