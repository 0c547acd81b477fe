package io.countersign.ops.status;

import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.Gateway;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the commands make of a gateway with two tokens, of which one is lost. */
@Timeout(120)
class SeveralTokensCommandsTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldTellWhichTokenIsLostAndReplayWhatWasDecidedMeanwhile() throws Exception
    {
        final SoftHsmFixture near = SoftHsmFixture.create();
        final SoftHsmFixture far = SoftHsmFixture.create();
        final KeySpec remote = secret(far, "remote");
        final Path config = configuration(near, far, secret(near, "local"), remote, secret(near, "master"));
        final Gateway gateway = Gateway.launch(config, (ex) -> assertTrue(ex.getMessage().contains("remote")), () ->
        {
            // The test would see it.
        });
        try (BlockingClient client = BlockingClient.connect(client(config)))
        {
            assertEquals(Reason.NONE, order(client, "local", 1));
            assertEquals(Reason.NONE, order(client, "remote", 1));
            assertStatus(config, "token near: ready +1", "token far: ready +1", "token: ready +1");

            try (RawToken raw = new RawToken(far))
            {
                raw.destroy(remote);
            }
            assertTrue(Reason.NONE != order(client, "remote", 1));
            assertEquals(Reason.TOKEN_UNAVAILABLE, order(client, "remote", 2));
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, order(client, "remote", 11));
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, order(client, "local", 11));
            assertEquals(Reason.NONE, order(client, "local", 2));
            assertStatus(config, "token near: ready +1", "token near: generation +1", "token far: ready +0",
                "token: ready +0", "gateway: ready to take requests +1");
        }
        gateway.close();

        final Path journal = temporary.resolve("journal");
        final CommandRun replay = CommandRun.of("audit", "replay", journal);
        assertEquals(0, replay.exitCode(), replay.err());
        assertEquals(1, replay.lines().stream().filter(
            (line) -> line.contains("LOST") && line.contains("token=far")).count(), replay.out());
        final CommandRun backtest = CommandRun.of("policy", "backtest", config, "--journal", journal);
        assertEquals(0, backtest.exitCode(), backtest.out());
        assertTrue(backtest.lines().getLast().endsWith(" decisions, 0 would differ"), backtest.out());

        // A wider limit lets the order of the key through whose token was there, and not that of the other.
        final Path policy = temporary.resolve("policy.yaml");
        Files.writeString(policy, Files.readString(policy).replace("max-quantity: 10", "max-quantity: 100"));
        final CommandRun wider = CommandRun.of("policy", "backtest", config, "--journal", journal);
        assertEquals(1, wider.exitCode(), wider.err());
        assertTrue(wider.out().contains("key=local NEW_ORDER LTCBTC: " +
            "was QUANTITY_ABOVE_LIMIT (rule trade), would be allowed (rule trade)"), wider.out());
        assertTrue(wider.out().contains("key=remote NEW_ORDER LTCBTC: " +
            "was QUANTITY_ABOVE_LIMIT (rule trade), would be TOKEN_UNAVAILABLE"), wider.out());
    }

    private static void assertStatus(final Path config, final String... expected)
    {
        final CommandRun status = CommandRun.of("status", "--config", config);
        assertEquals(0, status.exitCode(), status.err());
        for (final String line : expected)
        {
            assertTrue(status.lines().stream().anyMatch((one) -> one.matches(line)), line + " in " + status.out());
        }
    }

    private static Reason order(final BlockingClient client, final String key, final long quantity)
    {
        try
        {
            client.newOrder((order) -> order.key(key).symbol("LTCBTC").side(Side.BUY).orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC).quantity(quantity, 0).price(1, 0));
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    private CountersignClient.Context client(final Path config) throws Exception
    {
        final CommandRun issued = CommandRun.of(
            "principals", "issue", "--config", config, "--principal", "maker", "--version", 1);
        assertEquals(0, issued.exitCode(), issued.err());
        return new CountersignClient.Context().aeronDirectoryName(temporary.resolve("aeron").toString())
            .principal("maker").apiKey(issued.out().strip().getBytes(StandardCharsets.US_ASCII));
    }

    private Path configuration(
        final SoftHsmFixture near,
        final SoftHsmFixture far,
        final KeySpec local,
        final KeySpec remote,
        final KeySpec master) throws Exception
    {
        Files.writeString(temporary.resolve("policy.yaml"), """
            principals:
              - name: maker
                api-key-versions: [1]
                rules:
                  - {name: trade, keys: [local, remote], operations: [new-order], symbols: [LTCBTC], max-quantity: 10}
            """);
        return Files.writeString(temporary.resolve("gateway.yaml"), """
            gateway: {ingresses: [{name: "ipc:bots", aeron-directory: aeron}], journal-directory: journal, idle: yield}
            tokens:
              - {name: near, module: %1$s, label: %2$s, pin-file: %3$s}
              - {name: far, module: %1$s, label: %4$s, pin-file: %5$s}
            authentication: {master-key: {alias: master, token: near, %6$s}}
            keys:
              - {alias: local, token: near, algorithm: HMAC-SHA256, venue: binance-spot, api-key: a, %7$s}
              - {alias: remote, token: far, algorithm: HMAC-SHA256, venue: binance-spot, api-key: b, %8$s}
            policy: policy.yaml
            """.formatted(
            SoftHsmFixture.modulePath(), near.tokenLabel(), near.pinFile(), far.tokenLabel(), far.pinFile(),
            place(master), place(local), place(remote)));
    }

    private static String place(final KeySpec key)
    {
        return "id: \"" + HexFormat.of().formatHex(key.id()) + "\", check-value: \"" +
            HexFormat.of().formatHex(key.pinned()) + "\"";
    }

    private static KeySpec secret(final SoftHsmFixture token, final String alias) throws Exception
    {
        return token.importSecret(
            alias, SigningAlgorithm.HMAC_SHA256, ("a secret of " + alias).getBytes(StandardCharsets.US_ASCII));
    }
}
