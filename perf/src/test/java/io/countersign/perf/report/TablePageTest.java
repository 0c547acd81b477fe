package io.countersign.perf.report;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.*;

class TablePageTest
{
    private static final String HMAC = "HMAC-SHA256";

    @Test
    void shouldShowNoPercentileOfARateThatWasMissed()
    {
        final Series missed = new Series(
            "open/null/hmac/1/1000", SeriesKind.OPEN_LOOP, "null", HMAC, 1, 1_000, 989, 0, constant(1_234));
        assertTrue(missed.isMissed());
        final String row = row(table(missed), "open");
        assertTrue(row.contains("FAILED: 989"), row);
        assertFalse(row.contains("1.23"), row);
        assertFalse(SummaryJson.of(run(missed)).contains("1234"));
    }

    @Test
    void shouldCallARateMissedAtWhichARequestWasLost()
    {
        final Series lost = new Series(
            "closed/null/hmac/1", SeriesKind.CLOSED_LOOP, "null", HMAC, 1, 0, 400_000, 1, constant(2_000));
        assertTrue(lost.isMissed());
        assertTrue(row(table(lost), "closed").contains("FAILED: 400,000"));
    }

    @Test
    void shouldShowClosedAndOpenLoopAlways()
    {
        final Series closed = closed(HMAC, 11_000);
        assertTrue(row(table(closed), "open").contains("not measured"));
        final Series open = new Series(
            "open/softhsm/hmac/1/10", SeriesKind.OPEN_LOOP, "softhsm", HMAC, 1, 10, 10, 0, constant(1_000));
        assertTrue(row(table(open), "closed").contains("not measured"));
    }

    @Test
    void shouldShowWhatIsAboveTheBareCallOfTheSameKey()
    {
        final String table = table(
            closed(HMAC, 11_000), closed("Ed25519", 60_000),
            peer("bare", HMAC, 9_000), peer("bare", "Ed25519", 50_000), peer("p11-kit", HMAC, 33_000));
        assertCells(table, "closed", "11.00", "2.00", "1.22");
        assertCells(table.substring(table.indexOf("Ed25519")), "closed", "60.00", "10.00", "1.20");
        assertCells(table, "p11-kit remote", "33.00", "24.00", "3.67", "12.00");
    }

    @Test
    void shouldTakeTheGatewayFromTheRoundsOfItsPeers()
    {
        final String table = table(
            closed(HMAC, 40_000), peer("bare", HMAC, 9_000), peer("countersign", HMAC, 11_000),
            peer("http", HMAC, 109_000));
        assertCells(table, "HTTP/JSON signer", "100", "50.00");
    }

    @Test
    void shouldShowTailsWithAndWithoutHiccupsAndNeverBelowZero()
    {
        final Series hiccup = new Series("hiccup/cpu0", SeriesKind.HICCUP, "", "", 0, 0, 0, 0, constant(4_000));
        assertCells(table(closed(HMAC, 11_000), hiccup), "closed, HMAC", "11.00", "7.00");
        assertCells(table(closed(HMAC, 3_000), hiccup), "closed, HMAC", "3.00", "0.00");
    }

    @Test
    void shouldTellGoalsMetFromMissedAndNotMeasured()
    {
        final String table = TablePage.of(new Run(new Conditions(Map.of()), List.of(), List.of(
            new Figure("fast", 1.9, 2, "µs", true),
            new Figure("many", 399_999, 400_000, "requests/s", false),
            new Figure("flat", Double.NaN, 256, "MiB", true))));
        assertTrue(row(table, "fast").endsWith("met |"), table);
        assertTrue(row(table, "many").endsWith("MISSED |"), table);
        assertTrue(row(table, "flat").contains("not measured"), table);
    }

    @Test
    void shouldLeaveOutPercentilesThatNoSampleLiesBeyond()
    {
        final Histogram few = new Histogram(3);
        few.recordValueWithCount(2_000, 500);
        final Series series = new Series(
            "closed/softhsm/hmac/1", SeriesKind.CLOSED_LOOP, "softhsm", HMAC, 1, 0, 1, 0, few);
        final String[] cells = row(table(series), "closed").split("\\|");
        assertEquals("2.00", cells[8].strip());
        assertEquals(MarkdownTable.NOTHING, cells[10].strip());
        assertEquals("2.00", cells[11].strip());
    }

    private static void assertCells(final String table, final String begin, final String... cells)
    {
        final String row = row(table, begin);
        for (final String cell : cells)
        {
            assertTrue(row.contains(" " + cell + " |"), cell + " in " + row);
        }
    }

    private static String row(final String table, final String begin)
    {
        return table.lines().filter((line) -> line.startsWith("| " + begin)).findFirst()
            .orElseThrow(() -> new AssertionError("no row begins with '" + begin + "' in\n" + table));
    }

    private static Series closed(final String key, final long ns)
    {
        return new Series(
            "closed/softhsm/" + key + "/1", SeriesKind.CLOSED_LOOP, "softhsm", key, 1, 0, 1e9 / ns, 0, constant(ns));
    }

    private static Series peer(final String name, final String key, final long ns)
    {
        return new Series(
            "peer/" + name + "/" + key, SeriesKind.PEER, "softhsm", key, 1, 0, 1e9 / ns, 0, constant(ns));
    }

    private static Histogram constant(final long ns)
    {
        final Histogram histogram = new Histogram(5);
        histogram.recordValueWithCount(ns, 100_000);
        return histogram;
    }

    private static Run run(final Series... series)
    {
        return new Run(new Conditions(Map.of()), List.of(series), List.of());
    }

    private static String table(final Series... series)
    {
        return TablePage.of(run(series));
    }
}
