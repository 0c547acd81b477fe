package io.countersign.ops.audit;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplayFilterTest
{
    private static final String CONFIG = """
        gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: spot, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: bybit, id: "02", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: bybit-v5, api-key: public}
        policy: policy.yaml
        """;

    @TempDir
    private Path temporary;

    @BeforeEach
    void writeJournal()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.started();
            journal.policy("principals: []\n", CONFIG);
            final long order = journal.intent("maker-1", "spot", JournalFixture.newOrder("spot"), "x");
            final long query = journal.intent("maker-2", "bybit", JournalFixture.queryOrder(), "x");
            journal.outcome(query, "maker-2", "bybit");
            journal.outcome(order, "maker-1", "spot");
            journal.undelivered(6, "maker-1");
            final long lost = journal.intent("maker-1", "spot", JournalFixture.cancel(), "x");
            journal.denial("maker-1", "nobodys", JournalFixture.newOrder("nobodys"));
            journal.stopped("maker-1", "small");
            journal.interrupted(lost);
            journal.nonceMark("other", 7);
            journal.switchChanged("spot");
        }
    }

    @Test
    void shouldShowWhatBecameOfTheRequestsThatItShows()
    {
        assertEquals("3 6 7 8 9 11", shown("--symbol", "LTCBTC"));
        assertEquals("4 5", shown("--symbol", "BTC-USDT"));
        assertEquals("3 6 7 8 11 13", shown("--key", "spot"));
        assertEquals("11", shown("--symbol", "LTCBTC", "--type", "Interrupted"));
        assertEquals("6 7", shown(
            "--symbol", "LTCBTC", "--from", "2026-11-23T19:00:06Z", "--to", "2026-11-23T19:00:08Z"));
    }

    @Test
    void shouldKnowTheVenuesOfKeysByTheConfigurationInForce()
    {
        assertEquals("3 6 7 8 11 13", shown("--venue", "binance-spot"));
        assertEquals("4 5", shown("--venue", "bybit-v5"));
        assertEquals("12", shown("--venue", "kraken-spot"), "a NonceMark names it itself");
        assertEquals("", shown("--venue", "binance"));
    }

    @Test
    void shouldFindOrdersByAnyOfTheirIds()
    {
        assertEquals("4 5", shown("--order-id", "theirs-1"));
        assertEquals("8 11", shown("--order-id", "mine"));
        assertEquals("8 11", shown("--order-id", "123"));
        assertEquals("9", shown("--order-id", "2"), "the id of the request");
        assertEquals("", shown("--order-id", "m"));
    }

    @Test
    void shouldCombineAllConditions()
    {
        assertEquals("3 4 5 6 7 8 9 10 11", shown("--rule", "small"));
        assertEquals("9", shown("--rule", "small", "--decision", "denied"));
        assertEquals("4 5", shown("--rule", "small", "--principal", "maker-2"));
        assertEquals("3 4 5 6 7 8 9 11 13", shown("--session", "4"));
        assertEquals("1 12", shown("--type", "GatewayStarted", "--type", "NONCE_MARK"));
    }

    @Test
    void shouldSayWhichTypesThereAre()
    {
        final CommandRun run = CommandRun.of("audit", "replay", temporary, "--type", "Order");
        assertEquals(2, run.exitCode());
        assertTrue(run.error().contains("'Order' is no type of record; they are GatewayStarted, "), run.err());
    }

    private String shown(final String... options)
    {
        final Object[] arguments = Stream.concat(
            Stream.of("audit", "replay", temporary.toString()), Stream.of(options)).toArray();
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.err());
        return String.join(" ", run.lines().stream().map((line) -> line.strip().split(" ")[0]).toList());
    }
}
