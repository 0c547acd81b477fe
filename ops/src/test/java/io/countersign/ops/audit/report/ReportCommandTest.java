package io.countersign.ops.audit.report;

import io.countersign.codecs.wire.Reason;
import io.countersign.ops.CommandRun;
import io.countersign.ops.audit.JournalFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportCommandTest
{
    private static final String CONFIG = """
        gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: spot, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        policy: policy.yaml
        """;

    @TempDir
    private Path temporary;

    @Test
    void shouldCountRequestsByEverythingThatTellsThemApart() throws IOException
    {
        writeJournal();
        final Map<?, ?> report = report(0, "--from", "2026-11-23", "--to", "2026-11-23");
        assertEquals(Map.of("from", "2026-11-23T00:00:00.000000Z", "to", "2026-11-24T00:00:00.000000Z",
            "records", 13, "firstSequence", 1, "lastSequence", 13), rows(report, "summary").getFirst());
        assertEquals(Map.of("decision", "allowed", "requests", 3, "allowed", 3, "denied", 0, "signed", 1, "failed", 0,
            "interrupted", 1), rows(report, "decisions").getFirst());
        assertEquals(2, rows(report, "decisions").getLast().get("denied"));
        assertEquals(List.of("maker-1", "maker-2"), column(report, "principals", "principal"));
        assertEquals(List.of("0", "0", "1"), column(report, "keys", "keyVersion"));
        assertEquals(List.of("nobodys", "spot", "spot"), column(report, "keys", "key"));
        assertEquals(List.of("(unknown)", "binance-spot"), column(report, "venues", "venue"));
        assertEquals(List.of("CANCEL_ORDER", "NEW_ORDER"), column(report, "operations", "operation"));
        assertEquals(List.of("small", "small"), column(report, "rules", "rule"));
        assertEquals(List.of("QUANTITY_ABOVE_LIMIT", "SYMBOL_NOT_GRANTED"), column(report, "reasons", "reason"));
        assertEquals(Map.of("principal", "maker-2", "rule", "small", "reason", "QUANTITY_ABOVE_LIMIT", "denials", 1,
            "first", "2026-11-23T19:00:08.123456Z", "last", "2026-11-23T19:00:08.123456Z"),
            rows(report, "limits").getFirst());
        assertEquals(Map.of("from", "2026-11-23T19:00:00.000000Z", "requests", 5, "allowed", 3, "denied", 2,
            "requestsPerMinute", 5), rows(report, "traffic").getFirst());
        assertEquals(List.of("killed", "not ended"), column(report, "lives", "end"));
        assertEquals(List.of("PolicyInForce", "SwitchChanged"), column(report, "operators", "type"));
        assertTrue(column(report, "operators", "text").getLast().toString().startsWith(
            "KEY ALL_BUT_CANCELS on=true session=4 name=spot operator=boss comment=why"));
        assertEquals(List.of("refused: AUTHENTICATION_FAILED"), column(report, "sessions", "what"));
        assertEquals(List.of("Undelivered"), column(report, "delivery", "type"));
        assertEquals(13, rows(report, "seals").getFirst().get("notCovered"));
        assertEquals(Map.of(), report.get("beyond"));
    }

    @Test
    void shouldTellStageTimesByKey() throws IOException
    {
        writeJournal();
        final Map<?, ?> report = report(0, "--from", "2026-11-23", "--to", "2026-11-23");
        assertEquals(List.of("decide", "build", "record", "sign", "all", "decide", "build", "record", "sign", "all"),
            column(report, "latency", "stage"));
        assertEquals(List.of(300, 600, 100, 8003, 9007), column(report, "latency", "maxNs").subList(0, 5));
        assertEquals("spot", rows(report, "latency").getLast().get("key"));
    }

    @Test
    void shouldCountOnlyWhatFallsIntoThePeriod() throws IOException
    {
        writeJournal();
        final Map<?, ?> report = report(0, "--from", "2026-11-23T19:00:04Z", "--to", "2026-11-23T19:00:06Z");
        assertEquals(4, rows(report, "summary").getFirst().get("firstSequence"));
        assertEquals(5, rows(report, "summary").getFirst().get("lastSequence"));
        final Map<?, ?> allowed = rows(report, "decisions").getFirst();
        assertEquals(1, allowed.get("requests"), "the Intent of record 3 is not in it");
        assertEquals(1, allowed.get("signed"), "its Outcome is");
        assertEquals("binance-spot", rows(report, "venues").getFirst().get("venue"));
        assertEquals(1, rows(report, "lives").getFirst().get("firstSequence"));

        final Map<?, ?> empty = report(0, "--from", "2026-11-24", "--to", "2026-11-24");
        assertEquals(0, rows(empty, "summary").getFirst().get("records"));
        assertNull(rows(empty, "summary").getFirst().get("firstSequence"));
        assertEquals(List.of(), empty.get("decisions"));
    }

    @Test
    void shouldGiveTheSameBytesForTheSameRecords() throws Exception
    {
        writeJournal();
        final Path copy = Files.createDirectory(temporary.resolve("copy"));
        try (Stream<Path> files = Files.list(temporary))
        {
            for (final Path file : files.filter(Files::isRegularFile).toList())
            {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        final Path json = temporary.resolve("a.json");
        final Path html = temporary.resolve("a.html");
        final CommandRun first = CommandRun.of("audit", "report", temporary, "--from", "2026-11-23", "--to",
            "2026-11-23", "--json", json, "--html", html);
        final CommandRun second = CommandRun.of("audit", "report", copy, "--from", "2026-11-23T00:00:00Z", "--to",
            "2026-11-24T00:00:00Z", "--json", copy.resolve("b.json"), "--html", copy.resolve("b.html"));
        assertEquals(0, first.exitCode(), first.err());
        assertArrayEquals(Files.readAllBytes(json), Files.readAllBytes(copy.resolve("b.json")));
        assertArrayEquals(Files.readAllBytes(html), Files.readAllBytes(copy.resolve("b.html")));
        final String digest = HexFormat.of().formatHex(
            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(json)));
        assertEquals(List.of("records=13 json-sha256=" + digest), first.lines());
        assertEquals(first.out(), second.out());
        assertTrue(Files.readString(html).contains(digest));
    }

    @Test
    void shouldMakeAPageOfWhatABotWroteWithoutMarkup() throws IOException
    {
        final String hostile = "<script>alert('x')</script>\u202e\u0007&\"";
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            journal.refused(hostile);
            journal.denial(hostile, hostile, JournalFixture.newOrder(hostile), Reason.PRICE_OUTSIDE_BAND);
        }
        final Path html = temporary.resolve("report.html");
        assertEquals(0, CommandRun.of("audit", "report", temporary, "--from", "2026-11-23", "--to", "2026-11-23",
            "--html", html).exitCode());
        final String page = Files.readString(html);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("\u202e") || page.contains("\u0007"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\u202e\\u0007&amp;&quot;"), page);
        assertFalse(page.contains("http://") || page.contains("https://") || page.contains("src="), page);
        assertEquals(hostile, rows(report(0, "--from", "2026-11-23", "--to", "2026-11-23"), "limits").getFirst()
            .get("principal"));
    }

    @Test
    void shouldExitWith1WhereThePeriodHasAGapAndNameTheFile() throws IOException
    {
        writeJournal();
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.skipSequence();
            journal.refused("late");
        }
        final Map<?, ?> report = report(1, "--from", "2026-11-23", "--to", "2026-11-23");
        final Map<?, ?> gap = rows(report, "faults").getFirst();
        assertEquals("gap", gap.get("what"));
        assertEquals("records 14 to 14 are missing", gap.get("description"));
        assertTrue(gap.get("file").toString().endsWith(".cq4"));
        assertEquals(List.of(), report(0, "--from", "2026-11-23T19:00:01Z", "--to", "2026-11-23T19:00:09Z")
            .get("faults"));
    }

    @Test
    void shouldHoldOnlySoManyNamesThatAnybodyMadeUp() throws IOException
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            for (int i = 0; i < 2_100; i++)
            {
                journal.refused("nobody-" + i);
                journal.denial("maker-1", "key-" + i, JournalFixture.newOrder("k"), Reason.UNKNOWN_KEY);
            }
        }
        final Map<?, ?> report = report(0, "--from", "2026-11-23", "--to", "2026-11-24");
        assertEquals(2_001, rows(report, "keys").size());
        assertEquals(Map.of("key", "(others)", "keyVersion", "(others)", "requests", 100, "allowed", 0, "denied", 100,
            "signed", 0, "failed", 0, "interrupted", 0), rows(report, "keys").getFirst());
        assertEquals(2_000, rows(report, "refused").size());
        assertEquals(Map.of("refused", 100), report.get("beyond"));
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithTheUsage() throws IOException
    {
        writeJournal();
        assertTrue(CommandRun.of("audit", "report", temporary).error().contains("--from"));
        final CommandRun order =
            CommandRun.of("audit", "report", temporary, "--from", "2026-11-24", "--to", "2026-11-23");
        assertEquals(2, order.exitCode());
        assertTrue(order.error().contains("--from 2026-11-24 is not before --to 2026-11-23"), order.err());
        final Path none = Files.createDirectory(temporary.resolve("none"));
        assertTrue(CommandRun.of("audit", "report", none, "--from", "2026-11-24", "--to", "2026-11-24").error()
            .contains("holds no journal"));
        assertEquals(2, CommandRun.of("audit", "report", temporary, "--from", "2026-11-23", "--to", "2026-11-23",
            "--html", temporary.resolve("none/none/report.html")).exitCode());
    }

    /** 13 records: three orders of which one is signed and one interrupted, two denials, two lives. */
    private void writeJournal()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            journal.policy("principals: []\n", CONFIG);
            final long order = journal.intent("maker-1", "spot", JournalFixture.newOrder("spot"), "x");
            final long lost = journal.intent("maker-1", "spot", JournalFixture.cancel(), "x");
            journal.outcome(order, "maker-1", "spot");
            journal.undelivered(5, "maker-1");
            journal.refused("nobody");
            journal.denial("maker-2", "spot", JournalFixture.newOrder("spot"), Reason.QUANTITY_ABOVE_LIMIT);
            journal.denial("maker-2", "nobodys", JournalFixture.newOrder("nobodys"), Reason.SYMBOL_NOT_GRANTED);
            journal.started();
            journal.interrupted(lost);
            journal.switchChanged("spot");
            journal.intent("maker-2", "spot", JournalFixture.newOrder("spot"), "x");
        }
    }

    private Map<?, ?> report(final int exitCode, final String... options)
    {
        final CommandRun run = CommandRun.of(
            Stream.concat(Stream.of("audit", "report", temporary.toString()), Stream.of(options)).toArray());
        assertEquals(exitCode, run.exitCode(), run.err());
        return (Map<?, ?>) new Load(LoadSettings.builder().setCodePointLimit(100_000_000).build())
            .loadFromString(run.out());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> rows(final Map<?, ?> report, final String table)
    {
        return (List<Map<?, ?>>) report.get(table);
    }

    private static List<Object> column(final Map<?, ?> report, final String table, final String column)
    {
        return rows(report, table).stream().map((row) -> (Object) row.get(column)).toList();
    }
}
