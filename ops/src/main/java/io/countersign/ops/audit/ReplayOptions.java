package io.countersign.ops.audit;

import io.countersign.ops.CommandException;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of a journal to show, and how.
 */
final class ReplayOptions
{
    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Option(names = "--csv", description =
        "Comma-separated values with a header row, all records in the same columns.")
    private boolean csv;

    @Option(names = "--raw", description =
        "As --json, and each record with its bytes (base64), its file and its offset there.")
    private boolean raw;

    @Option(names = "--from", paramLabel = "TIME", description =
        "Show records from this time on: a UTC instant like 2026-11-23T19:00:00Z, or a date (from its start).")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description =
        "Show records before this time: a UTC instant, or a date (to its end).")
    private String to;

    @Option(names = "--type", paramLabel = "RECORDTYPE", description =
        "Show records of this type, as in Intent; may be given several times.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--principal", paramLabel = "NAME", description =
        "Show records of this principal, and what it did as an operator.")
    private String principal;

    @Option(names = "--key", paramLabel = "ALIAS", description = "Show records of this key.")
    private String key;

    @Option(names = "--venue", paramLabel = "VENUE", description =
        "Show records of this venue's keys, by the configuration that was in force.")
    private String venue;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Show requests for this symbol.")
    private String symbol;

    @Option(names = "--order-id", paramLabel = "ID", description =
        "Show requests with this id: the bot's or the venue's id of the order, or the id of the request.")
    private String orderId;

    @Option(names = "--rule", paramLabel = "NAME", description = "Show what this rule of the policy decided.")
    private String rule;

    @Option(names = "--session", paramLabel = "ID", description = "Show records of this session.")
    private Long session;

    @Option(names = "--decision", paramLabel = "DECISION", description =
        "Show intents and what became of them (allowed), or refused requests and sessions (denied).")
    private RecordFilter.Decision decision;

    @Option(names = "--redecide", description =
        "Take every decision again with the policy that was in force, and show those that come out otherwise.")
    private boolean redecide;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to this file instead of standard output.")
    private Path output;

    @Option(names = "--quiet", description = "No progress and no sum on standard error; what is wrong stands there.")
    private boolean quiet;

    boolean isRedeciding()
    {
        return redecide;
    }

    boolean isRaw()
    {
        return raw;
    }

    boolean isQuiet()
    {
        return quiet;
    }

    /** Null for standard output. */
    Path output()
    {
        return output;
    }

    /** Whether anything asks for the venues of keys. */
    boolean needsVenues()
    {
        return csv || null != venue;
    }

    RecordWriter writer(final LineBuffer out, final KeyVenues venues)
    {
        if (csv && (json || raw))
        {
            throw new CommandException("--csv and " + (raw ? "--raw" : "--json") + " exclude each other");
        }
        return csv ? new CsvWriter(out, venues, redecide) :
            json || raw ? new JsonWriter(out, raw) : new TextWriter(out);
    }

    RecordFilter.Criteria criteria()
    {
        try
        {
            return new RecordFilter.Criteria(
                null == from ? Long.MIN_VALUE : Times.parse(from, false),
                null == to ? Long.MAX_VALUE : Times.parse(to, true),
                types(),
                bytes(principal),
                bytes(key),
                bytes(venue),
                bytes(symbol),
                bytes(orderId),
                bytes(rule),
                decision,
                null == session ? RecordFacts.NONE : session);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }

    /** Written as in JSON or as in lines. */
    private Set<String> types()
    {
        final Set<String> names = new HashSet<>();
        for (final String type : types)
        {
            final String letters = letters(type);
            names.add(RecordDecoder.TYPES.stream().filter((name) -> letters(name).equals(letters)).findFirst()
                .orElseThrow(() -> new CommandException(
                    "'" + type + "' is no type of record; they are " + String.join(", ", RecordDecoder.TYPES))));
        }
        return names;
    }

    private static String letters(final String name)
    {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(final String text)
    {
        return null == text ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
