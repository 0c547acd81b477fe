package io.countersign.ops.policy;

import io.countersign.ops.CommandRun;
import io.countersign.ops.audit.JournalFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PolicyExplainCommandTest
{
    private static final String ORDER = """
        {"principal": "maker-1", "operation": "new-order", "key": "binance-1", "symbol": "BTCUSDT", "side": "BUY",
         "orderType": "LIMIT", "quantity": "0.1", "price": 1000.50, "time": "2026-11-23T12:00:00Z", "ingress": "%s"}
        """;

    @TempDir
    private Path temporary;

    @BeforeEach
    void write() throws IOException
    {
        Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal}
            token: {module: module.so, label: token, pin-file: pin}
            authentication:
              master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}
              access-tokens: {issuer: "https://idp.example", audience: countersign, jwks-file: jwks.json}
            keys:
              - {alias: binance-1, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
                 venue: binance-spot, api-key: public}
            policy: policy.yaml
            """);
        Files.writeString(temporary.resolve("policy.yaml"), """
            principals:
              - name: maker-1
                api-key-versions: [1]
                limits: [{per: day, max-notional: 101}]
                rules:
                  - {name: tiny, keys: [binance-1], scopes: [trade], symbols: [BTCUSDT], max-quantity: 0.01}
                  - {name: small, keys: [binance-1], scopes: [trade], symbols: [BTCUSDT], max-quantity: 1}
            """);
    }

    @Test
    void shouldShowTheRoadOfAnOrderThatIsAllowed() throws IOException
    {
        final CommandRun run = explain(ORDER.formatted("ipc"));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("-   power: binance-spot/new-order, class C: binds the parameters, not the endpoint",
            run.lines().getFirst());
        assertTrue(run.out().contains("yes principal maker-1: known\n"), run.out());
        assertTrue(run.out().contains("NO  rule tiny: key yes, operation yes, symbol yes, side yes, order type yes, " +
            "quantity NO: QUANTITY_ABOVE_LIMIT\n"), run.out());
        assertTrue(run.out().contains("yes rule small: key yes, "), run.out());
        assertTrue(run.out().contains("yes limit of the principal, max-notional per day: holds\n"), run.out());
        assertTrue(run.out().endsWith("decision: allowed by rule small\n"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "\"0.1\", \"0.2\", NO  limit of the principal, TURNOVER_ABOVE_LIMIT",
        "BTCUSDT, ETHUSDT, NO  rule small: key yes, SYMBOL_NOT_GRANTED",
        "binance-1, other, NO  key: unknown, UNKNOWN_KEY",
        "maker-1, maker-2, NO  principal maker-2: unknown, AUTHENTICATION_FAILED",
        "ipc, udp:lan, NO  source udp:lan: not granted, SOURCE_NOT_GRANTED"})
    void shouldSayWhereAnOrderIsRefused(
        final String what, final String with, final String line, final String reason) throws IOException
    {
        final CommandRun run = explain(ORDER.formatted("ipc").replace(what, with));
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(run.out().contains(line), run.out());
        assertTrue(run.out().lines().toList().getLast().startsWith("decision: " + reason), run.out());
    }

    @Test
    void shouldTakeLimitsSwitchesAndStoppedRulesFromAJournal() throws IOException
    {
        final Path journal = temporary.resolve("journal");
        // The journal's clock is ahead of the question: 18 s later, on the same day.
        final String order = ORDER.formatted("ipc").replace("12:00:00Z", "19:00:30Z").replace("BTCUSDT", "LTCBTC");
        Files.writeString(temporary.resolve("policy.yaml"), """
            principals:
              - name: maker-1
                api-key-versions: [1]
                limits: [{per: day, max-orders: 2}]
                rules: [{name: small, keys: [binance-1], scopes: [trade], symbols: [LTCBTC]}]
            """);
        try (JournalFixture fixture = new JournalFixture(journal))
        {
            fixture.intent("maker-1", "binance-1");
        }
        assertEnd("yes limit of the principal, max-orders per day: holds", "decision: allowed by rule small",
            explain(order, "--journal", journal));
        try (JournalFixture fixture = new JournalFixture(journal))
        {
            fixture.intent("maker-1", "binance-1");
        }
        assertEnd("NO  limit of the principal, max-orders per day: would be passed",
            "decision: ORDERS_ABOVE_LIMIT (nearest rule small)", explain(order, "--journal", journal));
        try (JournalFixture fixture = new JournalFixture(journal))
        {
            fixture.stopped("maker-1", "small");
        }
        assertEnd("NO  rule not stopped: its throttle has stopped it: an operator re-enables it",
            "decision: REPEATED_EXECUTION (nearest rule small)", explain(order, "--journal", journal));
        try (JournalFixture fixture = new JournalFixture(journal))
        {
            fixture.switchChanged("binance-1");
        }
        assertEnd("NO  kill switches: one is on for this request", "decision: SWITCHED_OFF",
            explain(order, "--journal", journal));
        assertEnd("yes limit of the principal, max-orders per day: holds", "decision: allowed by rule small",
            explain(order));
    }

    @Test
    void shouldTakeTheScopesOfAnAccessToken() throws IOException
    {
        Files.writeString(temporary.resolve("policy.yaml"), """
            principals:
              - name: maker-1
                api-key-versions: [1]
                access-token: {subject: me, required-for: [trade]}
                rules: [{name: small, keys: [binance-1], scopes: [trade], symbols: [BTCUSDT]}]
            """);
        final String order = ORDER.formatted("ipc");
        assertEnd("NO  access token: required for trade, and none grants it", "decision: ACCESS_TOKEN_REQUIRED",
            explain(order));
        final CommandRun run = explain(order.replace("\"BUY\"", "\"BUY\", \"accessScopes\": [\"trade\"]"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("yes access token: grants trade\n"), run.out());
    }

    @Test
    void shouldTakeAPolicyFileWithTheConfigurationBesideIt() throws IOException
    {
        final Path file = Files.writeString(temporary.resolve("order.json"), ORDER.formatted("ipc"));
        final CommandRun run =
            CommandRun.of("policy", "explain", temporary.resolve("policy.yaml"), "--order", file);
        assertEquals(0, run.exitCode(), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "cancel-all, '', allowed by rule every", "cancel-all, '\"symbol\": \"X\",', allowed by rule every",
        "query-orders, '', OPERATION_NOT_GRANTED", "query-orders, '\"symbol\": \"X\",', OPERATION_NOT_GRANTED",
        "login, '', allowed by rule in"})
    void shouldShowTheRoadOfWhatIsAboutTheWholeAccount(
        final String operation, final String symbol, final String decision) throws IOException
    {
        Files.writeString(temporary.resolve("policy.yaml"), """
            acknowledge: [login]
            principals:
              - name: maker-1
                api-key-versions: [1]
                rules:
                  - {name: every, keys: [binance-1], scopes: [cancel], symbols: ["*"]}
                  - {name: in, keys: [binance-1], scopes: [login]}
            """);
        final CommandRun run = explain("{\"principal\": \"maker-1\", " + symbol + " \"operation\": \"" + operation +
            "\", \"key\": \"binance-1\"}");
        assertTrue(run.out().lines().toList().getLast().startsWith("decision: " + decision), run.out() + run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, 2, allowed by rule pay",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, 3, QUANTITY_ABOVE_LIMIT",
        "0x52908400098527886e0f7030069857d2e4169ee7, 2, SYMBOL_NOT_GRANTED"})
    void shouldShowTheRoadOfATransaction(final String recipient, final String ether, final String decision)
        throws IOException
    {
        Files.writeString(temporary.resolve("policy.yaml"), """
            acknowledge: [transfer]
            principals:
              - name: maker-1
                api-key-versions: [1]
                rules:
                  - name: pay
                    keys: [binance-1]
                    operations: [transact]
                    symbols: ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]
                    max-quantity: 2
            """);
        final CommandRun run = explain("{\"principal\": \"maker-1\", \"operation\": \"transact\", \"quantity\": \"" +
            ether + "\", \"key\": \"binance-1\", \"symbol\": \"" + recipient + "\"}");
        assertTrue(run.out().lines().toList().getLast().startsWith("decision: " + decision), run.out() + run.err());
        assertTrue(run.out().contains("symbol"), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, UP, 'side' is 'UP'; expected one of [BUY, SELL]",
        "quantity, size, unknown field 'size' in the order",
        "\"0.1\", 1e3, 'quantity' is '1e3'; expected a plain decimal number",
        "12:00:00Z, noon, 'time' is '2026-11-23Tnoon'",
        "new-order, buy, 'operation' is 'buy'; expected one of new-order"})
    void shouldSayWhatIsWrongWithAnOrder(final String what, final String with, final String error) throws IOException
    {
        final CommandRun run = explain(ORDER.formatted("ipc").replace(what, with));
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains(error), run.err());
    }

    private static void assertEnd(final String line, final String decision, final CommandRun run)
    {
        assertEquals(List.of(line, decision), run.lines().subList(run.lines().size() - 2, run.lines().size()));
    }

    private CommandRun explain(final String order, final Object... options) throws IOException
    {
        final Path file = Files.writeString(temporary.resolve("order.json"), order);
        final List<Object> arguments = new ArrayList<>(
            List.of("policy", "explain", temporary.resolve("gateway.yaml"), "--order", file));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray());
    }
}
