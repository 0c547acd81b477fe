package io.countersign.ops.policy;

import io.countersign.ops.CommandRun;
import io.countersign.ops.audit.JournalFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyBacktestCommandTest
{
    private static final String CONFIG = """
        gateway: {ingresses: [{name: ipc:bots, aeron-directory: aeron}], journal-directory: journal}
        token: {module: module.so, label: token, pin-file: pin}
        authentication: {master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}}
        keys:
          - {alias: binance-1, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: binance-2, id: "02", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        policy: candidate-policy.yaml
        """;
    private static final String POLICY = """
        principals:
          - name: maker-1
            api-key-versions: [2]
            rules: [{name: one, keys: [binance-1], operations: [new-order], symbols: [LTCBTC], max-quantity: %s}]
          - name: maker-2
            api-key-versions: [2]
            rules: [{name: two, keys: [binance-2], operations: [new-order], symbols: [%s]}]
        """;

    @TempDir
    private Path temporary;

    @Test
    void shouldFindNoDifferenceWhereTheSameIsAllowed() throws IOException
    {
        journal();
        final CommandRun run = backtest("1", "BTCUSDT");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of(
            "same decision by another rule, 1 times: principal=maker-1: was rule small, would be rule one",
            "same decision by another rule, 1 times: principal=maker-2: was rule small, would be rule two",
            "2 decisions, 0 would differ"), run.lines());
    }

    @Test
    void shouldSayWhatItLeavesOut() throws IOException
    {
        try (JournalFixture fixture = new JournalFixture(temporary.resolve("journal")))
        {
            fixture.skipSequence();
            fixture.oldIntent("maker-1", "binance-1");
            fixture.intent("maker-1", "binance-1");
        }
        final CommandRun run = backtest("1", "BTCUSDT");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("the journal begins at record 2: what went before it is not counted", run.lines().get(1));
        assertEquals("1 records of an older version do not hold all that a decision depends on: left out",
            run.lines().get(2));
        assertEquals("1 decisions, 0 would differ", run.lines().get(3));
    }

    @Test
    void shouldTakeAPolicyFileAloneWithTheConfigurationBesideItOrNamed() throws IOException
    {
        journal();
        assertEquals(0, backtest("1", "BTCUSDT").exitCode());
        final Path policy = temporary.resolve("candidate-policy.yaml");
        final Path journal = temporary.resolve("journal");
        final CommandRun none = CommandRun.of("policy", "backtest", policy, "--journal", journal);
        assertEquals(2, none.exitCode());
        assertTrue(none.error().contains("expected the gateway's configuration: --config CONFIG"), none.err());
        assertEquals(0, CommandRun.of("policy", "backtest", policy, "--config", temporary.resolve("candidate.yaml"),
            "--journal", journal).exitCode());
        Files.writeString(temporary.resolve("gateway.yaml"), CONFIG);
        assertEquals(0, CommandRun.of("policy", "backtest", policy, "--journal", journal).exitCode());
        assertEquals(2, CommandRun.of("policy", "backtest", temporary.resolve("candidate.yaml"), policy, "--config",
            temporary.resolve("candidate.yaml"), "--journal", journal).exitCode());
    }

    @Test
    void shouldRefuseWhatASessionThatIsNotGrantedAsked() throws IOException
    {
        journal();
        backtest("1", "BTCUSDT");
        final Path policy = temporary.resolve("candidate-policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("[2]", "[3]"));
        final CommandRun run = CommandRun.of("policy", "backtest", temporary.resolve("candidate.yaml"),
            "--journal", temporary.resolve("journal"));
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.lines().getFirst().endsWith("was allowed (rule small), would be AUTHENTICATION_FAILED"),
            run.out());
    }

    @Test
    void shouldPrintEachDecisionThatWouldDiffer() throws IOException
    {
        journal();
        final CommandRun run = backtest("0.99999999", "LTCBTC");
        assertEquals(1, run.exitCode(), run.err());
        assertEquals(3, run.lines().size(), run.out());
        assertTrue(run.lines().get(0).contains("principal=maker-1 key=binance-1 NEW_ORDER LTCBTC: " +
            "was allowed (rule small), would be QUANTITY_ABOVE_LIMIT (rule one)"), run.out());
        assertTrue(run.lines().get(1).contains("principal=maker-2 key=binance-2 NEW_ORDER LTCBTC: " +
            "was SYMBOL_NOT_GRANTED (rule small), would be allowed (rule two)"), run.out());
        assertEquals("2 decisions, 2 would differ", run.lines().get(2));
    }

    @Test
    void shouldNotCallADamagedJournalWhole() throws IOException
    {
        try (JournalFixture fixture = new JournalFixture(temporary.resolve("journal")).life())
        {
            fixture.skipSequence();
            fixture.life();
        }
        final CommandRun run = backtest("1", "BTCUSDT");
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("damaged in 1 places"), run.err());
        assertEquals(2, CommandRun.of("policy", "backtest", temporary.resolve("candidate.yaml"),
            "--journal", temporary).exitCode());
        assertEquals(2, CommandRun.of("policy", "backtest", temporary.resolve("none.yaml"),
            "--journal", temporary.resolve("journal")).exitCode());
    }

    private void journal()
    {
        new JournalFixture(temporary.resolve("journal")).life().close();
    }

    private CommandRun backtest(final String maxQuantity, final String symbol) throws IOException
    {
        final Path candidate = Files.writeString(temporary.resolve("candidate.yaml"), CONFIG);
        Files.writeString(temporary.resolve("candidate-policy.yaml"), POLICY.formatted(maxQuantity, symbol));
        return CommandRun.of("policy", "backtest", candidate, "--journal", temporary.resolve("journal"));
    }
}
