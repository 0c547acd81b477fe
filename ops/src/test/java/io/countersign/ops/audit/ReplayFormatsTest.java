package io.countersign.ops.audit;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplayFormatsTest
{
    private static final int DOCUMENT_HEADER_LENGTH = 4;

    @TempDir
    private Path temporary;

    @Test
    void shouldWriteTheSameColumnsForEveryRecord()
    {
        writeLife();
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--csv");
        assertEquals(0, run.exitCode(), run.err());
        final String[] rows = run.out().split("\r\n");
        assertEquals(14, rows.length);
        assertEquals("sequence,utc,type,principal,key,keyVersion,venue,rule,decision,reason,operation,symbol,side," +
            "orderType,quantity,price,clientOrderId,requestId,sessionId,policyVersion,payloadSha256,intentSequence," +
            "result", rows[0]);
        assertEquals("5,2026-11-23T19:00:05.123456Z,Intent,maker-1,binance-1,1,,small,allowed,,NEW_ORDER,LTCBTC,BUY," +
            "LIMIT,1,0.1000,,1,4,0123456789abcdef," +
            "766be40485740cfa0115ce8414cf47b06cf6aa5e38f9d57e6f0482792208d83b,,", rows[5]);
        assertTrue(rows[6].endsWith(",1,4,,,5,SIGNED"), rows[6]);
        assertTrue(rows[7].contains(",Denial,maker-2,binance-2,0,,small,denied,SYMBOL_NOT_GRANTED,NEW_ORDER,"),
            rows[7]);
        for (final String row : rows)
        {
            assertEquals(22, row.chars().filter((c) -> ',' == c).count(), row);
        }
    }

    @Test
    void shouldLetNothingThatABotWroteBecomeAFormula()
    {
        final List<String> hostile = List.of(
            "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,\"b\"\n=2", "\uff1d1", "\u202e=1");
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            hostile.forEach(journal::refused);
        }

        final String[] rows = CommandRun.of("audit", "replay", temporary, "--csv").out().split("\r\n");
        assertEquals(1 + hostile.size(), rows.length);
        assertEquals(List.of("\"'=cmd|' /C calc'!A0\"", "'+1", "'-1", "'@SUM(A1)", "\\u0009=1", "\\u000d=1",
            "\"a,\"\"b\"\"\\u000a=2\"", "'\uff1d1", "\\u202e=1"), Arrays.stream(rows).skip(1)
            .map((row) -> row.replaceFirst(".*SessionRefused,", "").replaceFirst(",,,,,denied.*", "")).toList());
    }

    @Test
    void shouldGiveTheBytesOfEachRecordAndWhereTheyStand() throws IOException
    {
        writeLife();
        final List<String> lines = CommandRun.of("audit", "replay", temporary, "--raw").lines();
        assertEquals(13, lines.size());
        for (final String line : lines)
        {
            final Map<?, ?> json = json(line);
            final byte[] record = Base64.getDecoder().decode((String) json.get("record"));
            final byte[] file = Files.readAllBytes(temporary.resolve((String) json.get("file")));
            final int start = (int) json.get("offset") + DOCUMENT_HEADER_LENGTH;
            assertArrayEquals(Arrays.copyOfRange(file, start, start + record.length), record);
        }
        assertEquals(CommandRun.of("audit", "replay", temporary, "--json").lines(),
            lines.stream().map((line) -> line.replaceFirst(",\"record\":\"[^\"]*\",\"file\".*", "}")).toList());
    }

    @Test
    void shouldWriteToAFileAndSayNothingWhenThatIsAsked() throws IOException
    {
        writeLife();
        final Path file = temporary.resolve("out.jsonl");
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--json", "--output", file, "--quiet");
        assertEquals(0, run.exitCode());
        assertEquals("", run.out() + run.err());
        assertEquals(CommandRun.of("audit", "replay", temporary, "--json").out(),
            Files.readString(file, StandardCharsets.UTF_8));
        final CommandRun nowhere =
            CommandRun.of("audit", "replay", temporary, "--output", temporary.resolve("none").resolve("out"));
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.error().contains("none/out cannot be written"), nowhere.err());
    }

    @Test
    void shouldRefuseTwoFormats()
    {
        writeLife();
        assertEquals(2, CommandRun.of("audit", "replay", temporary, "--csv", "--json").exitCode());
        assertEquals("countersign: --csv and --raw exclude each other",
            CommandRun.of("audit", "replay", temporary, "--csv", "--raw").error());
    }

    @Test
    void shouldTakeEveryTextAsItWasWhateverItsLength()
    {
        final StringBuilder text = new StringBuilder();
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            for (int i = 0; i < 40; i++)
            {
                text.append((char) ('a' + i % 26));
                journal.intent("p" + i, "k", JournalFixture.cancel(), text.toString());
                journal.intent("p" + i, "k", JournalFixture.cancel(), text + "\u0000" + text);
                journal.intent("p" + i, "k", JournalFixture.cancel(), text + "\u00e9\ud83d\ude00\"\\");
            }
        }
        final List<String> lines = CommandRun.of("audit", "replay", temporary, "--json").lines();
        for (int i = 0; i < 40; i++)
        {
            final String expected = text.substring(0, i + 1);
            assertEquals(expected, json(lines.get(3 * i)).get("payload"));
            assertEquals(expected + "\u0000" + expected, json(lines.get(3 * i + 1)).get("payload"));
            assertFalse(lines.get(3 * i + 1).contains("\u0000"));
            assertEquals(expected + "\u00e9\ud83d\ude00\"\\", json(lines.get(3 * i + 2)).get("payload"));
        }
    }

    private void writeLife()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.life();
        }
    }

    private static Map<?, ?> json(final String line)
    {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(line);
    }
}
