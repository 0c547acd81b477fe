package io.countersign.ops.score;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.venues.Binding;
import io.countersign.venues.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class GrantsReaderTest
{
    private static final String CONFIG = """
        gateway:
          ingresses:
            - {name: "ipc:bots", aeron-directory: aeron}
            - {name: "udp:desk", endpoint: "10.0.0.1:40456", egress-port: 40457, aeron-directory: aeron-desk}
          journal-directory: journal
        token: {module: module.so, label: trading, pin-file: pin}
        authentication:
          master-key: {alias: master, id: "c0", check-value: ffeeddccbbaa99887766554433221100}
          access-tokens: {issuer: "https://idp.example", audience: countersign, jwks-file: jwks.json}
        keys:
          - alias: spot
            id: "01"
            algorithm: HMAC-SHA256
            check-value: 00112233445566778899aabbccddeeff
            venue: binance-spot
            api-key: PUBLIC-ID
        %s
        policy: policy.yaml
        """;
    private static final String FUTURES = """
          - alias: futures
            id: "01"
            algorithm: HMAC-SHA256
            check-value: 00112233445566778899aabbccddeeff
            venue: binance-um
            api-key: PUBLIC-ID
        """.stripTrailing();

    @TempDir
    private Path temporary;

    @Test
    void shouldGrantNothingWithoutARule() throws Exception
    {
        assertEquals(Grants.NONE, grants(FUTURES, """
            principals:
              - name: other
                api-key-versions: [1]
                sources: [{ingress: "udp:desk", addresses: [0.0.0.0/0]}]
                rules: [{name: look, keys: [futures], operations: [query-account]}]
            """));
    }

    @Test
    void shouldTakeTheWidestOfEach() throws Exception
    {
        final Grants grants = grants("", """
            principals:
              - name: reader
                api-key-versions: [1]
                rules:
                  - {name: look, keys: [spot], operations: [query-account]}
              - name: trader
                api-key-versions: [1]
                sources:
                  - {ingress: "ipc:bots"}
                  - {ingress: "udp:desk", addresses: [10.1.0.0/17, 10.1.128.0/17]}
                rules:
                  - {name: buy, keys: [spot], operations: [new-order], symbols: [BTCUSDT], max-notional: 5}
            """);
        assertEquals(List.of("reader", "trader"), grants.principals());
        assertEquals(new Grants.Blamed<>(SourceWidth.NETWORK, "trader from 10.1.0.0/17, 10.1.128.0/17"),
            grants.sources());
        assertEquals(new Grants.Blamed<>(Scope.TRADE, "trader"), grants.power());
        assertEquals(new Grants.Missing("trader/buy", "", "trader/buy", "trader for trade", ""), grants.missing());
        assertEquals(Binding.C, grants.binding().worst());
        assertEquals(List.of("binance-spot"), grants.venues());
    }

    @Test
    void shouldCountWhatHoldsAPrincipal() throws Exception
    {
        final Grants grants = grants("", """
            principals:
              - name: trader
                api-key-versions: [1]
                max-messages: {per: 1s, count: 5}
                access-token: {subject: trader, required-for: [trade]}
                rules:
                  - {name: buy, keys: [spot], scopes: [trade], symbols: [BTCUSDT], max-quantity: 1}
            """);
        assertEquals(new Grants.Missing("", "trader/buy", "", "", ""), grants.missing());
        assertEquals(new Grants.Blamed<>(SourceWidth.LOCAL, ""), grants.sources());
    }

    @Test
    void shouldGoByEffectivePower() throws Exception
    {
        final Grants grants = grants(FUTURES, """
            principals:
              - name: watcher
                api-key-versions: [1]
                rules:
                  - name: watch
                    keys: [spot]
                    operations: [query-order]
                    symbols: [BTCUSDT]
                    acknowledge: [cancel-order, binance-um/cancel-order]
            """);
        assertEquals(new Grants.Blamed<>(Scope.CANCEL, "watcher"), grants.power());
        assertEquals(List.of("binance-spot", "binance-um"), grants.venues());
        assertEquals("watcher for cancel", grants.missing().accessToken());
        assertEquals("", grants.missing().quantity());
    }

    @Test
    void shouldLeaveOutWhoCannotCome() throws Exception
    {
        assertEquals(Grants.NONE, grants("", """
            principals:
              - name: keyless
                api-key-versions: []
                rules: [{name: look, keys: [spot], operations: [query-account]}]
              - name: gone
                api-key-versions: [1]
                expires: 2026-11-30T00:00:00Z
                rules: [{name: look, keys: [spot], operations: [query-account]}]
            """));
    }

    @Test
    void shouldSeeWhoMayTradeAndMore() throws Exception
    {
        final Grants grants = grants("", """
            principals:
              - name: desk
                api-key-versions: [1]
                rules:
                  - {name: all, keys: [spot], scopes: [trade, withdraw], symbols: [BTCUSDT]}
            acknowledge: [withdraw]
            """);
        assertEquals("desk", grants.missing().oneScope());
        assertEquals(Scope.WITHDRAW, grants.power().worst());
    }

    private Grants grants(final String moreKeys, final String policy) throws Exception
    {
        final Path file = Files.writeString(
            temporary.resolve("gateway.yaml"), CONFIG.formatted(moreKeys));
        Files.writeString(temporary.resolve("policy.yaml"), policy);
        try
        {
            final GatewayConfig config = ConfigReader.read(file);
            return GrantsReader.of(PolicyReader.read(config), config.keys(), config.keys().getFirst(),
                ScoreRig.NOW_MS);
        }
        catch (final ConfigException ex)
        {
            throw new AssertionError(String.join("\n", ex.errors()), ex);
        }
    }
}
