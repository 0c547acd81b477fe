package io.countersign.gateway.config;

import io.countersign.gateway.config.TimeText.Hours;
import io.countersign.gateway.policy.AddressRange;
import io.countersign.gateway.policy.Command;
import io.countersign.venues.Scope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the items of {@code roles}, {@code principals} and {@code operators}, and merges roles into principals.
 */
final class PrincipalSection
{
    private static final String[] ROLE_FIELDS = {"name", "api-key-versions", "sources", "expires", "days", "hours",
        "access-token", "max-messages", "limits", "rules"};
    private static final String[] PRINCIPAL_FIELDS = {"name", "roles", "api-key-versions", "sources", "expires", "days",
        "hours", "access-token", "max-messages", "limits", "rules"};
    private static final int MAX_SUBJECT_LENGTH = 254;

    private final Map<String, Settings> roles = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final GatewayConfig gateway;
    private final List<String> ingresses;
    private final RuleSection ruleSection;
    private final PowerSection powerSection;
    private final Problems problems;

    PrincipalSection(
        final GatewayConfig gateway,
        final RuleSection ruleSection,
        final PowerSection powerSection,
        final Problems problems)
    {
        this.gateway = gateway;
        ingresses = gateway.ingresses().stream().map(IngressConfig::name).toList();
        this.ruleSection = ruleSection;
        this.powerSection = powerSection;
        this.problems = problems;
    }

    void readRole(final YamlMapping role)
    {
        role.allowOnly(problems, ROLE_FIELDS);
        final String name = problems.attempt("", () -> role.name("name"));
        final Settings settings = settings(role, name);
        if (!name.isEmpty() && null != roles.put(name, settings))
        {
            problems.add(role.error("name", "the role '" + name + "' stands twice; expected it once"));
        }
    }

    PrincipalConfig readPrincipal(final YamlMapping principal)
    {
        principal.allowOnly(problems, PRINCIPAL_FIELDS);
        final String name = name(principal);
        final Settings own = settings(principal, name);
        final List<String> named = !principal.has("roles") ? List.of() : principal.choices(
            "roles", (role) -> roles.containsKey(role) ? role : null, "names of roles that stand under 'roles'",
            problems);
        final Settings merged = merge(principal, name, own, named);
        if (null != merged.accessToken())
        {
            powerSection.checkAccessToken(principal, merged.accessToken(), merged.rules());
        }
        return new PrincipalConfig(
            name,
            Set.of(),
            orElse(merged.apiKeyVersions(), List.of()),
            orElse(merged.sources(), List.of()),
            orElse(merged.expiresNs(), Long.MAX_VALUE),
            schedule(merged.days(), merged.hours()),
            merged.accessToken(),
            merged.messages(),
            merged.limits(),
            merged.rules());
    }

    PrincipalConfig readOperator(final YamlMapping operator)
    {
        operator.allowOnly(problems, "name", "api-key-versions", "sources", "commands");
        final String name = name(operator);
        final Set<Command> commands = EnumSet.noneOf(Command.class);
        if (null != gateway.register() && !operator.has("commands"))
        {
            // The role of an enrolled operator says what he may do; here stands only from where.
            commands.addAll(EnumSet.allOf(Command.class));
        }
        else
        {
            commands.addAll(operator.choices(
                "commands", Command::ofConfigName, "some of switch, reload, enable-execution", problems));
        }
        return new PrincipalConfig(
            name,
            commands,
            versions(operator),
            operator.has("sources") ? sources(operator) : List.of(),
            Long.MAX_VALUE, null, null, null, List.of(), List.of());
    }

    private Settings merge(
        final YamlMapping principal, final String name, final Settings own, final List<String> named)
    {
        final Merge merge = new Merge(principal, own, named);
        return new Settings(
            merge.one("api-key-versions", Settings::apiKeyVersions),
            merge.one("sources", Settings::sources),
            merge.one("expires", Settings::expiresNs),
            merge.one("days", Settings::days),
            merge.one("hours", Settings::hours),
            merge.one("access-token", Settings::accessToken),
            merge.one("max-messages", Settings::messages),
            limits(principal, own, named),
            rules(principal, name, own, named));
    }

    /** The principal's own limit for a time takes the place of its role's; two roles may not both have one. */
    private List<WindowLimit> limits(final YamlMapping principal, final Settings own, final List<String> named)
    {
        final Map<Long, WindowLimit> limits = new LinkedHashMap<>();
        for (final String role : named)
        {
            for (final WindowLimit limit : roles.get(role).limits())
            {
                final WindowLimit other = limits.put(limit.perNs(), limit);
                if (null != other && !other.equals(limit) &&
                    own.limits().stream().noneMatch((mine) -> mine.perNs() == limit.perNs()))
                {
                    problems.add(principal.error("roles", "two of its roles have different 'limits' for the same " +
                        "'per'; expected one of them, or a limit of the principal's own"));
                }
            }
        }
        own.limits().forEach((limit) -> limits.put(limit.perNs(), limit));
        return List.copyOf(limits.values());
    }

    private List<RuleConfig> rules(
        final YamlMapping principal, final String name, final Settings own, final List<String> named)
    {
        final List<RuleConfig> rules = new ArrayList<>(own.rules());
        named.forEach((role) -> rules.addAll(roles.get(role).rules()));
        final Set<String> ruleNames = new HashSet<>();
        own.rules().forEach((rule) -> ruleNames.add(rule.name()));
        for (final RuleConfig rule : rules.subList(own.rules().size(), rules.size()))
        {
            if (!rule.name().isEmpty() && !ruleNames.add(rule.name()))
            {
                problems.add(principal.error("roles",
                    "the rule '" + rule.name() + "' stands twice in '" + name + "' and its roles; expected it once"));
            }
        }
        return List.copyOf(rules);
    }

    private Settings settings(final YamlMapping mapping, final String name)
    {
        return new Settings(
            mapping.has("api-key-versions") ? versions(mapping) : null,
            mapping.has("sources") ? sources(mapping) : null,
            optional(mapping, "expires", () -> TimeText.instant(mapping, "expires")),
            mapping.has("days") ? TimeText.days(mapping, problems) : null,
            optional(mapping, "hours", () -> TimeText.hours(mapping)),
            mapping.has("access-token") ? accessToken(mapping) : null,
            mapping.has("max-messages") ? LimitSection.messages(mapping, problems) : null,
            LimitSection.windows(mapping, problems),
            ruleSection.read(mapping, name));
    }

    private <T> T optional(final YamlMapping mapping, final String field, final Problems.Reading<T> reading)
    {
        return mapping.has(field) ? problems.attempt(null, reading) : null;
    }

    private List<Integer> versions(final YamlMapping mapping)
    {
        return mapping.numbers("api-key-versions", 1, Integer.MAX_VALUE, problems);
    }

    private List<SourceConfig> sources(final YamlMapping mapping)
    {
        final List<SourceConfig> sources = new ArrayList<>();
        final Set<String> named = new HashSet<>();
        for (final YamlMapping source : mapping.mappings("sources", "an ingress with addresses", problems))
        {
            source.allowOnly(problems, "ingress", "addresses");
            final String ingress = problems.attempt(null, () -> ingress(source));
            if (null != ingress && !named.add(ingress))
            {
                problems.add(source.error("ingress", "the ingress '" + ingress + "' stands twice; expected it once"));
            }
            final List<AddressRange> addresses = addresses(source, ingress);
            if (null != ingress)
            {
                sources.add(new SourceConfig(ingress, addresses));
            }
        }
        return List.copyOf(sources);
    }

    private String ingress(final YamlMapping source) throws ConfigException
    {
        final String ingress = source.name("ingress");
        if (!ingresses.contains(ingress))
        {
            throw source.error("ingress", "'" + ingress + "' is no ingress of the gateway's configuration; expected " +
                "one of: " + String.join(", ", ingresses));
        }
        return ingress;
    }

    private List<AddressRange> addresses(final YamlMapping source, final String ingressOrNull)
    {
        final boolean isIpc = null != ingressOrNull && SourceConfig.isIpc(ingressOrNull);
        if (isIpc && source.has("addresses"))
        {
            problems.add(source.error(
                "addresses", "the ingress '" + ingressOrNull + "' has no addresses; expected none here"));
        }
        return isIpc || null == ingressOrNull && !source.has("addresses") ? List.of() : source.choices(
            "addresses", PrincipalSection::addressRange, "address ranges such as 10.1.0.0/16 or 2001:db8::/32",
            problems);
    }

    private static AddressRange addressRange(final String text)
    {
        try
        {
            return AddressRange.parse(text);
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    /** Null when anything is wrong with it. */
    private AccessTokenConfig accessToken(final YamlMapping mapping)
    {
        if (null == gateway.accessTokens())
        {
            problems.add(mapping.error("access-token", "without authentication.access-tokens in " + gateway.file() +
                " every access token is refused; expected that section, or no 'access-token' here"));
        }
        final int before = problems.count();
        final YamlMapping section = mapping.mapping("access-token", "subject and required-for", problems);
        if (null == section)
        {
            return null;
        }
        section.allowOnly(problems, "subject", "required-for");
        final String subject = problems.attempt(null, () -> subject(section));
        final Set<Scope> requiredFor = RuleSection.scopes(section, "required-for", problems);
        return before == problems.count() ? new AccessTokenConfig(subject, requiredFor) : null;
    }

    private static String subject(final YamlMapping section) throws ConfigException
    {
        final String subject = section.text("subject", "the subject that the access token names");
        if (MAX_SUBJECT_LENGTH < subject.getBytes(StandardCharsets.UTF_8).length)
        {
            throw section.error("subject", "'subject' is longer than " + MAX_SUBJECT_LENGTH +
                " bytes; expected at most that");
        }
        return subject;
    }

    private static Schedule schedule(final Integer days, final Hours hours)
    {
        if (null == days && null == hours)
        {
            return null;
        }
        return new Schedule(
            orElse(days, Schedule.EVERY_DAY),
            null == hours ? 0 : hours.fromNs(),
            null == hours ? Schedule.DAY_NS : hours.toNs());
    }

    private String name(final YamlMapping mapping)
    {
        final String name = problems.attempt("", () -> mapping.name("name"));
        if (!name.isEmpty() && !names.add(name))
        {
            problems.add(mapping.error("name", "the principal '" + name + "' stands twice; expected another name"));
        }
        return name;
    }

    private static <T> T orElse(final T value, final T absent)
    {
        return null == value ? absent : value;
    }

    /** What a principal sets itself, or else the one of its roles that sets it. */
    private final class Merge
    {
        private final YamlMapping principal;
        private final Settings own;
        private final List<String> named;

        private Merge(final YamlMapping principal, final Settings own, final List<String> named)
        {
            this.principal = principal;
            this.own = own;
            this.named = named;
        }

        private <T> T one(final String field, final Function<Settings, T> setting)
        {
            // A field that could not be read is set all the same: it must not look like the role's.
            if (principal.has(field))
            {
                return setting.apply(own);
            }
            String from = null;
            T merged = null;
            for (final String role : named)
            {
                final T value = setting.apply(roles.get(role));
                if (null != merged && null != value && !Objects.equals(merged, value))
                {
                    problems.add(principal.error("roles", "the roles '" + from + "' and '" + role +
                        "' both set '" + field + "'; expected one of them, or the principal itself to set it"));
                }
                else if (null != value)
                {
                    from = role;
                    merged = value;
                }
            }
            return merged;
        }
    }
}
