package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.journal.ExecutionEntry;
import io.countersign.gateway.journal.StandingOrders;
import io.countersign.gateway.journal.SwitchEntry;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.Switches;
import io.countersign.gateway.policy.TextTable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What operators may name, and lines about it for people. For the gateway thread; allocates.
 */
final class KnownNames
{
    /** What is said of a command with such a text. */
    static final List<String> NOT_TEXT = List.of("a name or the comment is not UTF-8 text");

    private static final int MAX_LINE_LENGTH = 800;
    private static final int MAX_LINES = 16;

    private final Set<String> keys = new TreeSet<>();
    private final Set<String> venues = new TreeSet<>();

    KnownNames(final List<KeyConfig> configs)
    {
        configs.forEach((key) -> keys.add(key.spec().alias()));
        configs.stream().filter((key) -> null != key.venue()).forEach((key) -> venues.add(key.venue().name()));
    }

    /** Why a switch cannot be turned; empty when it can. One that is on can be turned off whatever it names. */
    List<String> complaint(final SwitchEntry entry, final Policy policy, final StandingOrders standing)
    {
        final boolean isTurnedOff =
            !entry.isOn() && standing.switches().stream().anyMatch(entry::isOfSameSwitch);
        if (!isText(entry.name()) || !isText(entry.comment()))
        {
            return NOT_TEXT;
        }
        return switch (entry.subject())
        {
            case Switches.ALL -> entry.name().isEmpty() ?
                List.of() : List.of("the switch of everything has no name, but '" + entry.name() + "' was given");
            case Switches.VENUE -> isTurnedOff || venues.contains(entry.name()) ?
                List.of() : unknown("venue", entry.name(), venues);
            case Switches.KEY -> isTurnedOff || keys.contains(entry.name()) ?
                List.of() : unknown("key", entry.name(), keys);
            default -> isTurnedOff || isPrincipal(entry.name(), policy) ?
                List.of() : unknown("principal", entry.name(), principals(policy));
        };
    }

    /** Why a rule cannot be re-enabled. */
    List<String> notStopped(final ExecutionEntry entry, final StandingOrders standing)
    {
        if (!isText(entry.principal()) || !isText(entry.rule()) || !isText(entry.comment()))
        {
            return NOT_TEXT;
        }
        final List<String> lines = new ArrayList<>();
        lines.add("the rule '" + entry.rule() + "' of '" + entry.principal() + "' is not stopped");
        if (standing.executions().isEmpty())
        {
            lines.add("no rule is stopped");
        }
        standing.executions().forEach((stopped) -> lines.add(line(stopped)));
        return lines;
    }

    /** What is on and stopped, one line each. */
    List<String> standing(final StandingOrders standing)
    {
        final List<String> lines = new ArrayList<>();
        standing.switches().forEach((entry) -> lines.add(line(entry)));
        standing.executions().forEach((entry) -> lines.add(line(entry)));
        return lines;
    }

    private static String line(final SwitchEntry entry)
    {
        final String subject = switch (entry.subject())
        {
            case Switches.ALL -> "all";
            case Switches.VENUE -> "venue " + entry.name();
            case Switches.KEY -> "key " + entry.name();
            default -> "principal " + entry.name();
        };
        final String reach = Switches.CANCELS == entry.reach() ? "cancels" : "everything but cancels";
        return "switch on: " + subject + ", stops " + reach + ", by " + entry.operatorName() + comment(entry.comment());
    }

    private static String line(final ExecutionEntry entry)
    {
        return "rule stopped: " + entry.rule() + " of " + entry.principal() + ", by its throttle";
    }

    private static String comment(final String comment)
    {
        return comment.isEmpty() ? "" : ": " + comment;
    }

    /** A decoder puts the replacement character for what is no UTF-8, and the text may then be too long to record. */
    static boolean isText(final String text)
    {
        return text.indexOf('\uFFFD') < 0;
    }

    private static boolean isPrincipal(final String name, final Policy policy)
    {
        return TextTable.ABSENT != policy.principalIndex(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> principals(final Policy policy)
    {
        final Set<String> principals = new TreeSet<>();
        for (int i = 0; i < policy.principalCount(); i++)
        {
            principals.add(new String(policy.principalName(i), StandardCharsets.UTF_8));
        }
        return principals;
    }

    private static List<String> unknown(final String what, final String name, final Set<String> known)
    {
        final List<String> lines = new ArrayList<>();
        lines.add("there is no " + what + " '" + name + "'");
        StringBuilder line = new StringBuilder("known: ");
        for (final String each : known)
        {
            if (line.length() + each.length() > MAX_LINE_LENGTH)
            {
                lines.add(line.toString());
                if (lines.size() >= MAX_LINES)
                {
                    lines.add("and more; see the policy file");
                    return lines;
                }
                line = new StringBuilder("known: ");
            }
            line.append(line.charAt(line.length() - 2) == ':' ? "" : ", ").append(each);
        }
        lines.add(line.toString());
        return lines;
    }
}
