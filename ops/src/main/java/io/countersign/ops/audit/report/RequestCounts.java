package io.countersign.ops.audit.report;

import io.countersign.ops.audit.KeyVenues;
import io.countersign.ops.audit.Times;
import io.countersign.ops.audit.report.Tally.Fate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts requests and what became of them, by whatever they are told apart by. What became of a request counts where
 * its record falls into the period, its request may lie before.
 */
final class RequestCounts
{
    private static final int MAX_OPEN = 1 << 16;
    private static final int MAX_LIMITS = 2_000;
    private static final String UNKNOWN_VENUE = "(unknown)";
    private static final Set<String> LIMITS = Set.of(
        "QUANTITY_ABOVE_LIMIT", "PRICE_OUTSIDE_BAND", "NOTIONAL_ABOVE_LIMIT", "MESSAGES_ABOVE_LIMIT",
        "ORDERS_ABOVE_LIMIT", "TURNOVER_ABOVE_LIMIT", "REPEATED_EXECUTION");

    private final Tally byDecision = new Tally(
        "decisions", "Requests by decision", Column.text("decision", "Decision"));
    private final Tally byPrincipal = new Tally(
        "principals", "Requests by principal", Column.text("principal", "Principal"));
    private final Tally byKey = new Tally("keys", "Requests by key and version",
        Column.text("key", "Key"), Column.text("keyVersion", "Version"));
    private final Tally byVenue = new Tally("venues", "Requests by venue", Column.text("venue", "Venue"));
    private final Tally byOperation = new Tally(
        "operations", "Requests by operation", Column.text("operation", "Operation"));
    private final Tally byRule = new Tally("rules", "Requests by rule",
        Column.text("principal", "Principal"), Column.text("rule", "Rule"));
    private final TreeMap<String, long[]> reasons = new TreeMap<>();
    private final TreeMap<String, Limit> limits = new TreeMap<>();
    private final Map<Long, Request> open = new LinkedHashMap<>()
    {
        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Request> eldest)
        {
            return size() > MAX_OPEN;
        }
    };
    private final KeyVenues venues;
    private long limitsBeyond;

    /**
     * What an Intent says that its Outcome is counted by.
     */
    private record Request(String principal, String key, String keyVersion, String venue, String operation, String rule)
    {
    }

    /**
     * Denials by one limit of one rule.
     */
    private static final class Limit
    {
        private final String principal;
        private final String rule;
        private final String reason;
        private final long firstNs;
        private long lastNs;
        private long count;

        private Limit(final RecordValues values)
        {
            principal = values.text("principal");
            rule = values.text("rule");
            reason = values.text("reason");
            firstNs = values.utcNs();
        }
    }

    RequestCounts(final KeyVenues venues)
    {
        this.venues = venues;
    }

    /** Intents before the period are kept for their Outcomes, and counted not. */
    void onIntent(final RecordValues values, final boolean isInPeriod)
    {
        final Request request = request(values);
        open.put(values.sequence(), request);
        if (isInPeriod)
        {
            count(request, Fate.ALLOWED);
        }
    }

    void onDenial(final RecordValues values)
    {
        count(request(values), Fate.DENIED);
        onReason(values.text("reason"), 0);
        if (LIMITS.contains(values.text("reason")))
        {
            onLimit(values);
        }
    }

    void onOutcome(final RecordValues values, final boolean isInPeriod)
    {
        final boolean isSigned = "SIGNED".equals(values.text("result"));
        onEnd(values.number("intentSequence"), isSigned ? Fate.SIGNED : Fate.FAILED, isInPeriod);
        if (isInPeriod && !isSigned)
        {
            onReason(values.text("reason"), 1);
        }
    }

    void onInterrupted(final RecordValues values, final boolean isInPeriod)
    {
        onEnd(values.number("intentSequence"), Fate.INTERRUPTED, isInPeriod);
    }

    List<Table> tables()
    {
        return List.of(byDecision.table(), byPrincipal.table(), byKey.table(), byVenue.table(), byOperation.table(),
            byRule.table(), reasonTable(), limitTable());
    }

    private void onEnd(final long intentSequence, final Fate fate, final boolean isInPeriod)
    {
        final Request request = open.remove(intentSequence);
        if (isInPeriod && null != request)
        {
            count(request, fate);
        }
    }

    private Request request(final RecordValues values)
    {
        final String key = values.text("key");
        final String venue = venues.of(key);
        return new Request(
            values.text("principal"),
            key,
            String.valueOf(values.number("keyVersion")),
            null == venue ? UNKNOWN_VENUE : venue,
            values.has("operation") ? values.text("operation") : "(frame not readable)",
            values.text("rule"));
    }

    private void count(final Request request, final Fate fate)
    {
        byDecision.add(fate, Fate.DENIED == fate ? "denied" : "allowed");
        byPrincipal.add(fate, request.principal);
        byKey.add(fate, request.key, request.keyVersion);
        byVenue.add(fate, request.venue);
        byOperation.add(fate, request.operation);
        byRule.add(fate, request.principal, request.rule.isEmpty() ? "(none asked)" : request.rule);
    }

    private void onReason(final String reason, final int kind)
    {
        reasons.computeIfAbsent(reason, (any) -> new long[2])[kind]++;
    }

    private void onLimit(final RecordValues values)
    {
        final String name =
            String.join("\u0000", values.text("principal"), values.text("rule"), values.text("reason"));
        if (limits.size() >= MAX_LIMITS && !limits.containsKey(name))
        {
            limitsBeyond++;
            return;
        }
        final Limit limit = limits.computeIfAbsent(name, (any) -> new Limit(values));
        limit.count++;
        limit.lastNs = values.utcNs();
    }

    private Table reasonTable()
    {
        final Table table = new Table("reasons", "Refusals and failures by reason", "",
            Column.text("reason", "Reason"), Column.number("denials", "Denials"),
            Column.number("failures", "Failures in the token"));
        reasons.forEach((reason, counts) -> table.add(reason, counts[0], counts[1]));
        return table;
    }

    private Table limitTable()
    {
        final Table table = new Table("limits", "Limits reached",
            "Denials by a limit. The rule is the one that came nearest to allowing the request. How far the limits " +
            "that were not reached were used is not in the journal.",
            Column.text("principal", "Principal"), Column.text("rule", "Rule"), Column.text("reason", "Limit"),
            Column.number("denials", "Denials"), Column.text("first", "First (UTC)"),
            Column.text("last", "Last (UTC)"));
        limits.values().forEach((limit) -> table.add(limit.principal, limit.rule, limit.reason, limit.count,
            Times.micros(limit.firstNs), Times.micros(limit.lastNs)));
        table.skip(limitsBeyond);
        return table;
    }
}
