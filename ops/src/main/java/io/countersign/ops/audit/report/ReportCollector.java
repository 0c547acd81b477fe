package io.countersign.ops.audit.report;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.audit.KeyVenues;
import io.countersign.ops.audit.RecordDecoder;
import io.countersign.ops.audit.RecordText;
import io.countersign.ops.audit.Times;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Goes over a journal from its first record to its last, and collects what falls into a period. What went before
 * matters, too: the configuration in force, lives and requests that are open.
 */
final class ReportCollector
{
    private final long fromNs;
    private final long toNs;
    private final RecordDecoder decoder = new RecordDecoder();
    private final RecordValues values = new RecordValues();
    private final KeyVenues venues = new KeyVenues();
    private final RequestCounts requests = new RequestCounts(venues);
    private final StageTimes stageTimes = new StageTimes();
    private final Traffic traffic;
    private final Lives lives;
    private final SealCover seals = new SealCover();
    private final Faults faults = new Faults();
    private final TreeMap<String, Long> types = new TreeMap<>();
    private final TreeMap<String, Long> sessions = new TreeMap<>();
    private final TreeMap<String, Long> noise = new TreeMap<>();
    private final List<Listing> listings;
    private long records;
    private long firstSequence;
    private long lastSequence;
    private long lastNs = Long.MIN_VALUE;

    ReportCollector(final long fromNs, final long toNs)
    {
        this.fromNs = fromNs;
        this.toNs = toNs;
        traffic = new Traffic(fromNs, toNs);
        lives = new Lives(fromNs);
        final RecordText text = new RecordText();
        listings = List.of(
            new Listing(text, Listing.table("operators", "What operators did",
                "Commands, kill switches, stopped and re-enabled rules, and policies with their differences. A " +
                "start and a change of day write anew what is on, stopped and in force (session 0)."),
                Set.of("CommandGiven", "CommandRefused", "SwitchChanged", "ExecutionChanged", "PolicyDifference",
                    "PolicyInForce")),
            new Listing(text, Listing.table("keyChanges", "Changes of keys and of the register", ""),
                Set.of("KeyChanged", "RegisterSaved")),
            new Listing(text, Listing.table("tokens", "Connections to tokens", ""), Set.of("TokenChanged")),
            new Listing(text, Listing.table("refused", "Refused sessions and access tokens",
                "The principal of a refused session is as the sender wrote it."),
                Set.of("SessionRefused", "AccessTokenRefused")),
            new Listing(text, Listing.table("delivery", "Replies that were not delivered, or delivered once more", ""),
                Set.of("Undelivered", "Redelivered")));
    }

    void onRecord(final JournalReader reader)
    {
        decoder.decode(reader.buffer(), reader.offset(), reader.length(), values);
        final boolean isInPeriod = values.utcNs() >= fromNs && values.utcNs() < toNs;
        faults.settle(isInPeriod || lastNs >= fromNs && lastNs < toNs);
        lastNs = values.utcNs();
        venues.onRecord(reader.buffer(), reader.offset());
        if (values.utcNs() < toNs)
        {
            lives.onRecord(values);
        }
        onRequest(isInPeriod);
        if (isInPeriod)
        {
            onRecordOfPeriod(reader);
        }
        else if (values.utcNs() >= toNs && "Seal".equals(values.type()))
        {
            seals.onLaterSeal(values);
        }
    }

    /** True when there is nothing more to read. */
    boolean onEvent(final JournalReader.Event event, final JournalReader reader)
    {
        return faults.onEvent(event, reader);
    }

    boolean isWrong()
    {
        return faults.isWrong();
    }

    long records()
    {
        return records;
    }

    long stepNs()
    {
        return traffic.stepNs();
    }

    TreeMap<Long, long[]> steps()
    {
        return traffic.steps();
    }

    /** When all was read. */
    Report report()
    {
        faults.settle(lastNs >= fromNs && lastNs < toNs);
        final List<Table> tables = new ArrayList<>();
        tables.add(summary());
        tables.addAll(requests.tables());
        tables.add(traffic.table());
        tables.add(stageTimes.table());
        tables.add(lives.table());
        listings.forEach((listing) -> tables.add(listing.table()));
        tables.add(counts("sessions", "Sessions", "What", sessions));
        tables.add(counts("noise", "Noise: frames that could not be laid to a request", "Reason", noise));
        tables.add(counts("types", "Records by type", "Type", types));
        tables.add(seals.table());
        tables.add(faults.table());
        return new Report(fromNs, toNs, tables);
    }

    private void onRequest(final boolean isInPeriod)
    {
        switch (values.type())
        {
            case "Intent" ->
            {
                requests.onIntent(values, isInPeriod);
                stageTimes.onIntent(values);
            }
            case "Outcome" ->
            {
                requests.onOutcome(values, isInPeriod);
                stageTimes.onOutcome(values, isInPeriod);
            }
            case "Interrupted" ->
            {
                requests.onInterrupted(values, isInPeriod);
                stageTimes.onInterrupted(values);
            }
            default ->
            {
            }
        }
    }

    private void onRecordOfPeriod(final JournalReader reader)
    {
        firstSequence = 0 == records ? values.sequence() : firstSequence;
        lastSequence = values.sequence();
        records++;
        count(types, values.type(), 1);
        seals.onRecord(values);
        switch (values.type())
        {
            case "Intent" -> traffic.onRequest(values.utcNs(), true);
            case "Denial" ->
            {
                requests.onDenial(values);
                traffic.onRequest(values.utcNs(), false);
            }
            case "SessionOpened" -> count(sessions, "opened", 1);
            case "SessionClosed" -> count(sessions, "closed: " + values.text("cause"), 1);
            case "SessionRefused" -> count(sessions, "refused: " + values.text("reason"), 1);
            case "Noise" -> values.forEachNumber((name, number) ->
            {
                if (!"monotonicNs".equals(name))
                {
                    count(noise, name, number);
                }
            });
            default ->
            {
            }
        }
        for (final Listing listing : listings)
        {
            listing.onRecord(values, reader);
        }
    }

    private Table summary()
    {
        final Table table = new Table("summary", "Summary",
            "UTC, in microseconds. The period is from the first instant (inclusive) to the second (exclusive).",
            Column.text("from", "From (UTC)"), Column.text("to", "To (UTC)"), Column.number("records", "Records"),
            Column.number("firstSequence", "First record"), Column.number("lastSequence", "Last record"));
        table.add(Times.micros(fromNs), Times.micros(toNs), records, 0 == records ? null : (Long) firstSequence,
            0 == records ? null : (Long) lastSequence);
        return table;
    }

    private static Table counts(
        final String id, final String title, final String column, final TreeMap<String, Long> counts)
    {
        final Table table = new Table(id, title, "", Column.text("what", column), Column.number("count", "Count"));
        counts.forEach(table::add);
        return table;
    }

    private static void count(final TreeMap<String, Long> counts, final String name, final long number)
    {
        counts.merge(name, number, Long::sum);
    }
}
