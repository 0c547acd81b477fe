package io.countersign.ops.audit;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.ops.CommandRun;
import io.countersign.ops.Countersign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class ReplayCommandTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldPrintEveryRecordOnALine()
    {
        writeLife();
        final CommandRun run = CommandRun.of("audit", "replay", temporary);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(13, run.lines().size());
        assertEquals("       5 2026-11-23T19:00:05.123456Z INTENT           principal=maker-1 key=binance-1 v1 " +
            "session=4 request=1 class=C decided-ns=300 built-ns=900 policy=0123456789abcdef " +
            "rule=small NEW_ORDER LTCBTC BUY LIMIT " +
            "timeInForce=GTC quantity=1 price=0.1000 maxAgeMs=5000 | payload=symbol=LTCBTC&side=BUY",
            run.lines().get(4));
        assertTrue(run.lines().get(6).contains("DENIAL           principal=maker-2 key=binance-2 SYMBOL_NOT_GRANTED"));
        assertTrue(run.lines().get(8).endsWith("NOISE            FRAME_TRUNCATED=17 REASON_999=1"), run.lines().get(8));
        assertEquals("records=13 sequences=1..13 shown=13 torn=0 incomplete=0 corrupt=0 gaps=0 repeated=0",
            run.error());
    }

    @Test
    void shouldPrintJsonThatAnyReaderTakes()
    {
        writeLife();
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--json");
        assertEquals(13, run.lines().size());
        final Map<?, ?> intent = json(run.lines().get(4));
        assertEquals("Intent", intent.get("type"));
        assertEquals(5, intent.get("sequence"));
        assertEquals("2026-11-23T19:00:05.123456789Z", intent.get("utc"));
        assertEquals(JournalFixture.START_NS + 5 * JournalFixture.NS_PER_S, intent.get("utcNs"));
        assertEquals("symbol=LTCBTC&side=BUY", intent.get("payload"));
        assertEquals(64, ((String) intent.get("payloadSha256")).length());
        final Map<?, ?> request = (Map<?, ?>) intent.get("request");
        assertEquals("0.1000", request.get("price"));
        assertEquals("binance-1", request.get("key"));
        assertNull(request.get("stopPrice"));
        assertEquals("ab01", json(run.lines().get(5)).get("signature"));
        assertEquals(43, json(run.lines().get(6)).get("reasonCode"));
        assertEquals("principals: []\n", json(run.lines().get(1)).get("text"));
    }

    @Test
    void shouldDecodeTheOtherRequests()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.intent("p", "k", JournalFixture.cancel(), "x");
            journal.intent("p", "k", JournalFixture.queryAccount(), "x");
            journal.denial("p", "k", new byte[]{1, 2, 3});
            journal.intent("p", "k", JournalFixture.cancelAll("LTCBTC"), "x");
            journal.intent("p", "k", JournalFixture.cancelAll(""), "x");
            journal.intent("p", "k", JournalFixture.queryOrders(""), "x");
            journal.intent("p", "k", JournalFixture.queryOrder(), "x");
            journal.intent("p", "k", JournalFixture.login(), "x");
            journal.intent("p", "k", JournalFixture.transaction(), "x");
        }

        final List<String> lines = CommandRun.of("audit", "replay", temporary).lines();
        assertTrue(lines.get(3).contains(" CANCEL_ALL LTCBTC deadlineNs=77 maxAgeMs=5000 |"), lines.get(3));
        assertTrue(lines.get(4).contains(" CANCEL_ALL deadlineNs=77 maxAgeMs=5000 |"), lines.get(4));
        assertTrue(lines.get(5).contains(" QUERY_ORDERS deadlineNs=77 maxAgeMs=5000 |"), lines.get(5));
        assertTrue(lines.get(6).contains(" QUERY_ORDER BTC-USDT deadlineNs=77 maxAgeMs=5000 venueOrderId=theirs-1 |"),
            lines.get(6));
        assertTrue(lines.get(7).contains(
            " LOGIN messageSequence=2 deadlineNs=77 maxAgeMs=5000 senderCompId=BOT targetCompId=SPOT |"),
            lines.get(7));
        assertTrue(lines.get(8).contains(" TRANSACT 0x96 quantity=1.5 accountNonce=0 gasLimit=21000 maxFeePerGas=3 " +
            "maxPriorityFeePerGas=2 deadlineNs=77 data=00ff |"), lines.get(8));
        assertTrue(lines.get(0).contains(" CANCEL_ORDER LTCBTC orderId=123 cancelRestriction=ONLY_NEW " +
            "goodTilBlock=99 deadlineNs=77 maxAgeMs=5000 originalClientOrderId=mine |"), lines.get(0));
        assertTrue(lines.get(1).contains(" QUERY_ACCOUNT omitZeroBalances=TRUE deadlineNs=77 "), lines.get(1));
        assertTrue(lines.get(2).endsWith(" frame=010203"), lines.get(2));
    }

    @Test
    void shouldShowNonces()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.nonceMark("k", IntentDecoder.nonceNullValue());
            journal.nonceMark("k", 41);
            journal.nonceIntent("p", "k", 42);
            journal.nonceMark("", 42);
        }

        final List<String> lines = CommandRun.of("audit", "replay", temporary).lines();
        assertTrue(lines.get(0).endsWith("NONCE_MARK       key=k v1 venue=kraken-spot api-key=first"), lines.get(0));
        assertTrue(lines.get(1).endsWith(" key=k v1 nonce=41 venue=kraken-spot api-key=first"), lines.get(1));
        assertTrue(lines.get(2).contains(" session=4 request=1 nonce=42 class=C decided-ns=300 "), lines.get(2));
        assertEquals(42, json(CommandRun.of("audit", "replay", temporary, "--json").lines().get(2)).get("nonce"));
        assertTrue(lines.get(3).endsWith("NONCE_MARK       v0 nonce=42 venue=kraken-spot api-key=first"), lines.get(3));
        assertEquals("1 2 3", shown("--key", "k"));
    }

    @Test
    void shouldMarkSignaturesThatOpenASession()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.intent("p", "k");
            journal.loginIntent("p", "k");
        }

        final List<String> lines = CommandRun.of("audit", "replay", temporary).lines();
        assertTrue(lines.get(0).contains(" class=C "), lines.get(0));
        assertFalse(lines.get(0).contains("session signature"), lines.get(0));
        assertTrue(lines.get(1).contains(" class=E session signature: orders after it are not seen "), lines.get(1));
        final Map<?, ?> login = json(CommandRun.of("audit", "replay", temporary, "--json").lines().get(1));
        assertEquals("E", login.get("binding"));
        assertEquals("session signature: orders after it are not seen", login.get("note"));
    }

    @Test
    void shouldLetNothingThatABotWroteReachTheTerminal()
    {
        final String hostile = "a\u001b]0;x\u0007\n9 2026 \"\u202e\u009b\\";
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.refused(hostile);
            journal.intent(hostile, "k", JournalFixture.cancel(), hostile);
        }

        final CommandRun run = CommandRun.of("audit", "replay", temporary);
        assertEquals(2, run.lines().size());
        assertTrue(run.out().chars().allMatch((c) -> '\n' == c || c >= ' ' && c < 0x7f), run.out());
        assertTrue(run.out().contains(
            "principal=\"a\\u001b]0;x\\u0007\\u000a9 2026 \\\"\\u202e\\u009b\\\\\""), run.out());
        final CommandRun asJson = CommandRun.of("audit", "replay", temporary, "--json");
        assertEquals(hostile, json(asJson.lines().get(0)).get("principal"));
        assertEquals(hostile, json(asJson.lines().get(1)).get("payload"));
    }

    @Test
    void shouldFilter()
    {
        writeLife();
        assertEquals("4 5 6 10 12", shown("--principal", "maker-1"));
        assertEquals("5 6 10", shown("--key", "binance-1"), "and that the reply was not delivered");
        assertEquals("5 6 10 11", shown("--decision", "allowed"));
        assertEquals("7 8", shown("--decision", "denied"));
        assertEquals("7", shown("--decision", "denied", "--principal", "maker-2"));
        assertEquals("12 13", shown("--from", "2026-11-23T19:00:12Z"));
        assertEquals("1 2", shown("--to", "2026-11-23T19:00:03Z"));
        assertEquals("1 2 3 4 5 6 7 8 9 10 11 12 13", shown("--from", "2026-11-23", "--to", "2026-11-23"));
        assertEquals("", shown("--from", "2026-11-24"));
        assertEquals("", shown("--principal", "maker"));
        assertEquals("2", shown("--principal", "boss"), "as an operator");
    }

    @Test
    void shouldSayWhoPutAPolicyInForceAndWhy()
    {
        writeLife();
        final CommandRun run = CommandRun.of("audit", "replay", temporary);
        assertTrue(run.lines().get(1).endsWith("operator=boss comment=\"why not\""), run.lines().get(1));
        final CommandRun asJson = CommandRun.of("audit", "replay", temporary, "--json");
        assertEquals("why not", json(asJson.lines().get(1)).get("comment"));
    }

    @Test
    void shouldExitWith1OnGapsAndCorruptRecordsAndWith0OnATornEnd() throws IOException
    {
        writeLife();
        final Path file = cycleFile();
        final byte[] good = Files.readAllBytes(file);
        final int seal = indexOf(good, "maker-1".getBytes(), true);
        flip(file, seal);
        // The session's end is the last record but one.
        final CommandRun corrupt = CommandRun.of("audit", "replay", temporary);
        assertEquals(1, corrupt.exitCode());
        assertTrue(corrupt.err().contains("corrupt at " + file + " offset "), corrupt.err());
        assertTrue(corrupt.err().contains("corrupt=1 gaps=1"), corrupt.err());
        flip(file, seal);

        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.skipSequence();
            journal.refused("late");
        }

        final CommandRun gap = CommandRun.of("audit", "replay", temporary, "--principal", "none");
        assertEquals(1, gap.exitCode());
        assertTrue(gap.err().contains("records 14 to 14 are missing"), gap.err());

        final int last = indexOf(Files.readAllBytes(file), "late".getBytes(), true);
        flip(file, last);
        final CommandRun torn = CommandRun.of("audit", "replay", temporary);
        assertEquals(0, torn.exitCode(), torn.err());
        assertTrue(torn.err().contains("torn=1"), torn.err());
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithTheUsage() throws IOException
    {
        assertEquals(2, CommandRun.of("audit", "replay", temporary).exitCode());
        assertTrue(CommandRun.of("audit", "replay", temporary).error().contains("holds no journal"));
        assertEquals(2, CommandRun.of("audit", "replay", temporary.resolve("none")).exitCode());
        writeLife();
        final CommandRun time = CommandRun.of("audit", "replay", temporary, "--from", "yesterday");
        assertEquals(2, time.exitCode());
        assertTrue(time.error().contains("'yesterday' is no time"), time.err());
        assertEquals(2, CommandRun.of("audit", "replay", temporary, "--decision", "maybe").exitCode());
        assertEquals(2, CommandRun.of("audit", "replay").exitCode());
        assertTrue(CommandRun.of("audit", "replay").error().startsWith("countersign: Missing required parameter"));
    }

    @Test
    void shouldFollowALiveJournalUntilTheThreadIsInterrupted() throws Exception
    {
        final StringWriter out = new StringWriter();
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            final int[] exitCode = {-1};
            final Thread command = new Thread(() -> exitCode[0] = Countersign.commandLine()
                .setOut(new PrintWriter(out)).execute("audit", "replay", temporary.toString(), "--follow"));
            command.start();
            await(() -> out.toString().contains("GATEWAY_STARTED"));
            for (int i = 0; i < 100; i++)
            {
                final String principal = "bot-" + i + ".";
                journal.refused(principal);
                await(() -> out.toString().contains(principal));
            }

            command.interrupt();
            command.join();
            assertEquals(0, exitCode[0]);
            assertEquals(101, out.toString().lines().count());
        }
    }

    @Test
    void shouldEndWith0OnSigterm() throws Exception
    {
        writeLife();
        assertFollowEndsWith(0, 13);
    }

    @Test
    void shouldEndWith1OnSigtermAfterACorruptRecord() throws Exception
    {
        writeLife();
        flip(cycleFile(), indexOf(Files.readAllBytes(cycleFile()), "maker-1".getBytes(), true));
        // All records but the damaged one; what is wrong with it, and the gap that it leaves.
        assertFollowEndsWith(1, 12 + 2);
    }

    private void assertFollowEndsWith(final int exitCode, final int lines) throws Exception
    {
        final Path output = temporary.resolve("output");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Countersign.class.getName(), "audit", "replay", temporary.toString(), "--follow")
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try
        {
            await(() -> lines(output) == lines);
            process.toHandle().destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(exitCode, process.exitValue());
            assertEquals(lines, lines(output));
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    private String shown(final String... options)
    {
        final Object[] arguments = Stream.concat(
            Stream.of("audit", "replay", temporary.toString()), Stream.of(options)).toArray();
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return String.join(" ", run.lines().stream().map((line) -> line.strip().split(" ")[0]).toList());
    }

    private void writeLife()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.life();
        }
    }

    private Path cycleFile() throws IOException
    {
        try (Stream<Path> paths = Files.list(temporary))
        {
            return paths.filter((path) -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private static Map<?, ?> json(final String line)
    {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(line);
    }

    private static int indexOf(final byte[] bytes, final byte[] text, final boolean isLast)
    {
        int found = -1;
        for (int i = 0; i + text.length <= 200_000; i++)
        {
            boolean matches = true;
            for (int j = 0; j < text.length && matches; j++)
            {
                matches = bytes[i + j] == text[j];
            }

            found = matches && (isLast || found < 0) ? i : found;
        }

        return found;
    }

    private static void flip(final Path path, final long offset) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 1);
        }
    }

    private static long lines(final Path path)
    {
        try
        {
            return Files.readString(path).lines().count();
        }
        catch (final IOException ex)
        {
            return -1;
        }
    }

    private static void await(final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() < deadlineNs, "waited in vain");
            Thread.yield();
        }
    }
}
