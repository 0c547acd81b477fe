package io.countersign.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.client.BlockingClient;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A gateway signs for a venue of which it knows nothing but a file that a user dropped into a directory. */
@Timeout(60)
class UserProfileRoadTest
{
    private final Map<?, ?> vector = (Map<?, ?>) ((List<?>) new Load(LoadSettings.builder().build())
        .loadFromString(resource("acme-vectors.json"))).getFirst();

    @Test
    void shouldSignTheExampleAndReplayItWithoutTheDirectory() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            fixture.write("policy.yaml", """
                principals:
                  - name: maker
                    api-key-versions: [1]
                    rules:
                      - {name: trade, keys: [acme-1], scopes: [trade], symbols: [BTC-EUR], max-quantity: 1}
                """);
            final KeySpec key = fixture.token().importSecret("acme-1", SigningAlgorithm.HMAC_SHA256,
                Base64.getDecoder().decode(vector.get("key").toString()));
            fixture.write("gateway.yaml", Files.readString(fixture.config()).replace("policy: policy.yaml", """
                  - alias: acme-1
                    id: "%s"
                    algorithm: HMAC-SHA256
                    check-value: %s
                    venue: acme
                    api-key: %s
                    example-timestamp-ms: %s
                venue-profiles: profiles
                policy: policy.yaml""".formatted(HexFormat.of().formatHex(key.id()),
                HexFormat.of().formatHex(key.pinned()), vector.get("api_key"), vector.get("timestamp"))));
            Files.createDirectories(fixture.directory().resolve("profiles"));
            fixture.write("profiles/acme.yaml", resource("acme.yaml"));

            fixture.launch();
            try (BlockingClient client = fixture.connect())
            {
                assertRequest(client.newOrder((order) -> order.side(Side.SELL).orderType(OrderType.LIMIT)
                    .timeInForce(TimeInForce.GTC).quantity("0.50").price("95000.10").key("acme-1").symbol("BTC-EUR")
                    .clientOrderId("bot7-1")));
            }
            fixture.stop();
            assertTrue(fixture.errors().isEmpty(), fixture.errors().toString());

            Files.delete(fixture.directory().resolve("profiles/acme.yaml"));
            assertEquals(1, decidedAgain(fixture));
        }
    }

    private void assertRequest(final SignedRequest request)
    {
        final String payload = vector.get("canonical_payload").toString();
        assertEquals(Method.POST, request.method());
        assertEquals("/v1/orders", request.path());
        assertEquals(payload.substring(payload.indexOf('{')), request.body());
        assertEquals(vector.get("expected_signature"), request.signature());
        assertTrue(request.headers().toString().contains(vector.get("expected_signature").toString()),
            request.headers().toString());
    }

    private static int decidedAgain(final GatewayFixture fixture) throws Exception
    {
        final Redecision redecision = new Redecision(fixture.journal());
        int decisions = 0;
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (redecision.onRecord(reader.buffer(), reader.offset()))
                {
                    assertTrue(redecision.replay().isSameDecision());
                    decisions++;
                }
            }
        }
        return decisions;
    }

    private static String resource(final String name)
    {
        try (InputStream in =
            UserProfileRoadTest.class.getResourceAsStream("/io/countersign/venues/examples/" + name))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final java.io.IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }
}
