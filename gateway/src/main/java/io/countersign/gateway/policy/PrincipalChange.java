package io.countersign.gateway.policy;

import io.countersign.gateway.config.AccessTokenConfig;
import io.countersign.gateway.config.MessageLimit;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.SourceConfig;
import io.countersign.venues.Scope;

import java.math.BigInteger;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * In what a principal or operator differs.
 */
final class PrincipalChange
{
    private static final String[] DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

    /** 1970-01-05 was a Monday. */
    private static final long MONDAY_NS = 4 * Schedule.DAY_NS;

    private final Differences differences;
    private final RuleChanges ruleChanges;

    PrincipalChange(final Differences differences, final RuleChanges ruleChanges)
    {
        this.differences = differences;
        this.ruleChanges = ruleChanges;
    }

    /** Either may be null, not both. */
    void compare(final PrincipalConfig old, final PrincipalConfig next)
    {
        if (null == next)
        {
            differences.add(false, "removed");
        }
        else if (null == old)
        {
            differences.add(true, "added");
            next.rules().forEach((rule) -> differences.addAll(ruleChanges.of(null, rule, false)));
        }
        else
        {
            compareWho(old, next);
            compareSources(old.sources(), next.sources());
            compareSchedules(old.schedule(), next.schedule());
            compareAccessTokens(old.accessToken(), next.accessToken());
            compareMessages(old.messages(), next.messages());
            RuleChange.compareWindows(differences, old.limits(), next.limits());
            compareRules(old.rules(), next.rules());
        }
    }

    private void compareWho(final PrincipalConfig old, final PrincipalConfig next)
    {
        differences.allowed("api-key-version", names(old.apiKeyVersions()), names(next.apiKeyVersions()));
        differences.allowed(
            "command",
            old.commands().stream().map(Command::configName).toList(),
            next.commands().stream().map(Command::configName).toList());
        differences.value("expires", Texts.instant(old.expiresNs()), Texts.instant(next.expiresNs()),
            next.expiresNs() > old.expiresNs());
    }

    /** None means every ingress without addresses. */
    private void compareSources(final List<SourceConfig> olds, final List<SourceConfig> nexts)
    {
        if (olds.isEmpty() != nexts.isEmpty())
        {
            final boolean isWider =
                nexts.isEmpty() || !nexts.stream().allMatch((source) -> SourceConfig.isIpc(source.ingress()));
            differences.value("sources", text(olds), text(nexts), isWider);
            return;
        }
        final Set<String> from = grants(olds);
        final Set<String> to = grants(nexts);
        differences.allowed("source", from, to);
    }

    private static Set<String> grants(final List<SourceConfig> sources)
    {
        final Set<String> grants = new TreeSet<>();
        for (final SourceConfig source : sources)
        {
            if (source.addresses().isEmpty())
            {
                grants.add(source.ingress());
            }
            source.addresses().forEach((range) -> grants.add(source.ingress() + " " + range));
        }
        return grants;
    }

    private static String text(final List<SourceConfig> sources)
    {
        return sources.isEmpty() ? "every ipc ingress" : String.join(" and ", grants(sources));
    }

    /** Null means always. Open and closed change at the ends of hours and of days only, so looking there is enough. */
    private void compareSchedules(final Schedule old, final Schedule next)
    {
        if (Objects.equals(old, next))
        {
            return;
        }
        boolean isWider = false;
        for (int day = 0; day < DAYS.length; day++)
        {
            for (final long ofDayNs : edges(old, next))
            {
                final long utcNs = MONDAY_NS + day * Schedule.DAY_NS + ofDayNs;
                isWider |= isOpen(next, utcNs) && !isOpen(old, utcNs);
            }
        }
        differences.value("hours", text(old), text(next), isWider);
    }

    private static List<Long> edges(final Schedule old, final Schedule next)
    {
        final List<Long> edges = new ArrayList<>(List.of(0L));
        for (final Schedule schedule : new Schedule[]{old, next})
        {
            if (null != schedule)
            {
                edges.add(schedule.fromNs() % Schedule.DAY_NS);
                edges.add(schedule.toNs() % Schedule.DAY_NS);
            }
        }
        return edges;
    }

    private static boolean isOpen(final Schedule schedule, final long utcNs)
    {
        return null == schedule || schedule.isOpen(utcNs);
    }

    private static String text(final Schedule schedule)
    {
        if (null == schedule)
        {
            return "always";
        }
        final List<String> days = new ArrayList<>();
        for (int day = 0; day < DAYS.length; day++)
        {
            if (0 != (schedule.days() >> day & 1))
            {
                days.add(DAYS[day]);
            }
        }
        return String.join(" ", days) + " " + LocalTime.ofNanoOfDay(schedule.fromNs() % Schedule.DAY_NS) + " to " +
            LocalTime.ofNanoOfDay(schedule.toNs() % Schedule.DAY_NS);
    }

    /** A scope that wants no access token any more is wider; so is another subject, who was nobody before. */
    private void compareAccessTokens(final AccessTokenConfig old, final AccessTokenConfig next)
    {
        differences.value("access-token subject", subject(old), subject(next), null != old);
        final List<String> from = scopes(old);
        final List<String> to = scopes(next);
        for (final String scope : new TreeSet<>(from))
        {
            if (!to.contains(scope))
            {
                differences.add(true, "access token no longer required for " + scope);
            }
        }
        for (final String scope : new TreeSet<>(to))
        {
            if (!from.contains(scope))
            {
                differences.add(false, "access token required for " + scope);
            }
        }
    }

    private static String subject(final AccessTokenConfig accessToken)
    {
        return null == accessToken ? "not set" : accessToken.subject();
    }

    private static List<String> scopes(final AccessTokenConfig accessToken)
    {
        return null == accessToken ?
            List.of() : accessToken.requiredFor().stream().map(Scope::configName).toList();
    }

    private void compareMessages(final MessageLimit old, final MessageLimit next)
    {
        final boolean isWider = null != old && (null == next || next.burst() > old.burst() ||
            product(next.count(), old.perNs()).compareTo(product(old.count(), next.perNs())) > 0);
        differences.value("messages", text(old), text(next), isWider);
    }

    private static BigInteger product(final long a, final long b)
    {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static String text(final MessageLimit limit)
    {
        return null == limit ? "not limited" :
            limit.count() + " per " + Texts.window(limit.perNs()) + ", burst " + limit.burst();
    }

    /**
     * The first rule that an order fits decides. Where one with limits over time goes, moves or narrows in what chooses
     * it, an order may come to another behind it that knows nothing of them. The limits themselves choose nothing.
     */
    private void compareRules(final List<RuleConfig> olds, final List<RuleConfig> nexts)
    {
        final Map<String, RuleConfig> oldByName = new LinkedHashMap<>();
        olds.forEach((rule) -> oldByName.put(rule.name(), rule));
        final Map<String, RuleConfig> nextByName = new LinkedHashMap<>();
        nexts.forEach((rule) -> nextByName.put(rule.name(), rule));
        for (final RuleConfig old : olds)
        {
            final boolean isLimiting = !old.windows().isEmpty() || null != old.throttle();
            final boolean isFollowed = !nexts.isEmpty() && !nexts.getLast().name().equals(old.name());
            differences.addAll(ruleChanges.of(old, nextByName.get(old.name()), isLimiting && isFollowed));
        }
        for (final RuleConfig next : nexts)
        {
            if (!oldByName.containsKey(next.name()))
            {
                differences.addAll(ruleChanges.of(null, next, false));
            }
        }
        final List<String> from = common(olds, nextByName.keySet());
        final List<String> to = common(nexts, oldByName.keySet());
        if (!from.equals(to))
        {
            differences.add(true, "rules are asked in another order: " + String.join(", ", to));
        }
    }

    private static List<String> common(final List<RuleConfig> rules, final Set<String> names)
    {
        return rules.stream().map(RuleConfig::name).filter(names::contains).toList();
    }

    private static Set<String> names(final List<Integer> versions)
    {
        final Set<String> names = new HashSet<>();
        versions.forEach((version) -> names.add(version.toString()));
        return names;
    }
}
