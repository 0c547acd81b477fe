package io.countersign.ops.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Comma-separated values (RFC 4180) with a header row, the same columns for every record; a cell is empty where a
 * record has nothing for it. Texts that anybody may have written are made harmless twice: characters that cannot be
 * seen become a backslash, {@code u} and four hexadecimal digits (a backslash becomes two), so that no cell holds a
 * line's end; and where a text begins with a character by which spreadsheets know a formula, an apostrophe goes before
 * it.
 */
final class CsvWriter implements RecordWriter
{
    /** All columns, in their order. */
    static final List<String> COLUMNS = List.of(
        "sequence", "utc", "type", "principal", "key", "keyVersion", "venue", "rule", "decision", "reason",
        "operation", "symbol", "side", "orderType", "quantity", "price", "clientOrderId", "requestId", "sessionId",
        "policyVersion", "payloadSha256", "intentSequence", "result");

    private static final List<String> REDECIDED = List.of("redecidedReason", "redecidedRule", "redecidedCertain");
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";
    private static final int NO_COLUMN = -1;

    private static final Map<String, Integer> INDEXES = new HashMap<>();

    static
    {
        COLUMNS.forEach((name) -> INDEXES.put(name, INDEXES.size()));
    }

    private final LineBuffer out;
    private final LineBuffer cells = new LineBuffer();
    private final KeyVenues venues;
    private final boolean isRedeciding;
    private final TimeText times = new TimeText();
    private final Digest digest = new Digest();
    private final int[] starts = new int[COLUMNS.size()];
    private final int[] ends = new int[COLUMNS.size()];
    private Span keyOfRecord;
    private Difference difference;

    /**
     * Construct.
     *
     * @param out          to write to.
     * @param venues       of the keys.
     * @param isRedeciding whether {@link #redecided} has columns.
     */
    CsvWriter(final LineBuffer out, final KeyVenues venues, final boolean isRedeciding)
    {
        this.out = out;
        this.venues = venues;
        this.isRedeciding = isRedeciding;
    }

    @Override
    public void head()
    {
        out.append(String.join(",", COLUMNS));
        if (isRedeciding)
        {
            out.append(',').append(String.join(",", REDECIDED));
        }
        out.append("\r\n");
    }

    @Override
    public void begin(final long sequence, final long utcNs, final String type)
    {
        cells.cut(0);
        keyOfRecord = null;
        difference = null;
        for (int i = 0; i < starts.length; i++)
        {
            starts[i] = 0;
            ends[i] = 0;
        }
        number("sequence", null, sequence);
        final int utc = open("utc");
        times.appendMicros(cells, utcNs);
        ends[utc] = cells.length();
        symbol("type", null, type);
        final RecordFilter.Decision decision = RecordFilter.decision(type);
        if (null != decision)
        {
            symbol("decision", null, decision.name());
        }
    }

    @Override
    public void principal(final Span name)
    {
        text("principal", null, name);
    }

    @Override
    public void key(final Span alias)
    {
        text("key", null, alias);
    }

    @Override
    public void number(final String name, final String prefix, final long value)
    {
        final int column = open(name);
        if (NO_COLUMN != column)
        {
            cells.append(value);
            ends[column] = cells.length();
        }
    }

    @Override
    public void text(final String name, final String prefix, final Span value)
    {
        final int column = open(name);
        if (NO_COLUMN != column)
        {
            keyOfRecord = "key".equals(name) ? value : keyOfRecord;
            cells.appendUtf8(harmless(value.toString()));
            ends[column] = cells.length();
        }
    }

    @Override
    public void symbol(final String name, final String prefix, final String value)
    {
        final int column = open(name);
        if (NO_COLUMN != column)
        {
            cells.append(value);
            ends[column] = cells.length();
        }
    }

    @Override
    public void hexNumber(final String name, final String prefix, final long value)
    {
        final int column = open(name);
        if (NO_COLUMN != column)
        {
            cells.appendHexDigits(value);
            ends[column] = cells.length();
        }
    }

    @Override
    public void decimal(final String name, final String prefix, final long mantissa, final int exponent)
    {
        final int column = open(name);
        if (NO_COLUMN != column)
        {
            cells.appendDecimal(mantissa, exponent);
            ends[column] = cells.length();
        }
    }

    @Override
    public void hex(final String name, final String prefix, final Span value)
    {
    }

    @Override
    public void payload(final String name, final Span value)
    {
        final int column = open("payloadSha256");
        cells.appendHex(digest.sha256(value));
        ends[column] = cells.length();
    }

    @Override
    public void nest(final String name)
    {
    }

    @Override
    public void unnest()
    {
    }

    @Override
    public void raw(final Span record, final String file, final long offset)
    {
    }

    @Override
    public void redecided(final Difference difference)
    {
        this.difference = difference;
    }

    @Override
    public void end()
    {
        venue();
        for (int i = 0; i < starts.length; i++)
        {
            if (i > 0)
            {
                out.append(',');
            }
            cell(starts[i], ends[i]);
        }
        if (isRedeciding)
        {
            out.append(',').append(null == difference ? "" : difference.reason()).append(',');
            final int start = cells.length();
            cells.appendUtf8(null == difference ? "" : harmless(difference.rule()));
            cell(start, cells.length());
            out.append(',').append(null == difference ? "" : String.valueOf(difference.isCertain()));
        }
        out.append("\r\n");
    }

    /** Where a record does not name it, it is the key's. */
    private void venue()
    {
        final int column = INDEXES.get("venue");
        final String venue = null == keyOfRecord ? null : venues.of(keyOfRecord.toString());
        if (starts[column] == ends[column] && null != venue)
        {
            starts[column] = cells.length();
            cells.appendUtf8(harmless(venue));
            ends[column] = cells.length();
        }
    }

    /** The first value of a column stands: a record's own before its request's. */
    private int open(final String name)
    {
        final int column = INDEXES.getOrDefault(name, NO_COLUMN);
        if (NO_COLUMN == column || starts[column] != ends[column])
        {
            return NO_COLUMN;
        }
        starts[column] = cells.length();
        ends[column] = cells.length();
        return column;
    }

    private void cell(final int start, final int end)
    {
        boolean isQuoted = false;
        for (int i = start; i < end && !isQuoted; i++)
        {
            final byte c = cells.byteAt(i);
            isQuoted = ',' == c || '"' == c || ' ' == c;
        }
        if (!isQuoted)
        {
            out.append(cells, start, end - start);
            return;
        }
        out.append('"');
        for (int i = start; i < end; i++)
        {
            final char c = (char) (cells.byteAt(i) & 0xFF);
            if ('"' == c)
            {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static String harmless(final String text)
    {
        final String escaped = EscapedText.of(text);
        return !escaped.isEmpty() && FORMULA.indexOf(escaped.charAt(0)) >= 0 ? "'" + escaped : escaped;
    }
}
