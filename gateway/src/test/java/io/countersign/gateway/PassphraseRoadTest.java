package io.countersign.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.client.BlockingClient;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A passphrase that goes along as its MAC under the key leaves the gateway in no other form. */
@Timeout(60)
class PassphraseRoadTest
{
    @Test
    void shouldSendTheMacOfThePassphrase() throws Exception
    {
        final Map<?, ?> vector = vector("derived.kucoin.passphrase");
        try (GatewayFixture fixture = new GatewayFixture())
        {
            fixture.write("policy.yaml", """
                principals:
                  - name: maker
                    api-key-versions: [1]
                    rules: [{name: look, keys: [kucoin-1], scopes: [query], symbols: [BTC-USDT]}]
                """);
            final KeySpec key = fixture.token().importSecret("kucoin-1", SigningAlgorithm.HMAC_SHA256,
                vector.get("key").toString().getBytes(StandardCharsets.UTF_8));
            fixture.write("gateway.yaml", Files.readString(fixture.config()).replace("policy: policy.yaml", """
                  - alias: kucoin-1
                    id: "%s"
                    algorithm: HMAC-SHA256
                    check-value: %s
                    venue: kucoin
                    api-key: key-1
                    passphrase: %s
                policy: policy.yaml""".formatted(HexFormat.of().formatHex(key.id()),
                HexFormat.of().formatHex(key.pinned()), vector.get("canonical_payload"))));

            fixture.launch();
            try (BlockingClient client = fixture.connect())
            {
                final String headers = client.queryAccount((request) -> request.key("kucoin-1")).headers().toString();
                assertTrue(headers.contains(vector.get("expected_signature").toString()), headers);
                assertFalse(headers.contains(vector.get("canonical_payload").toString()), headers);
            }
            assertEquals(List.of(), List.copyOf(fixture.errors()));
        }
    }

    private static Map<?, ?> vector(final String id) throws Exception
    {
        try (InputStream in = PassphraseRoadTest.class.getResourceAsStream(
            "/io/countersign/venues/venue-vectors-derived.json"))
        {
            return ((List<?>) new Load(LoadSettings.builder().build()).loadFromString(
                new String(in.readAllBytes(), StandardCharsets.UTF_8))).stream().map((item) -> (Map<?, ?>) item)
                .filter((vector) -> id.equals(vector.get("id"))).findFirst().orElseThrow();
        }
    }
}
