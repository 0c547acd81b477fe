package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What opens a session at a venue: only where policy acknowledges it, not often, and marked in the journal.
 */
@Timeout(120)
class LoginRoadTest
{
    private static final String POLICY = """
        acknowledge: [login]
        principals:
          - name: maker
            api-key-versions: [1]
            rules:
              - {name: in, keys: [ed25519], scopes: [login], max-logins: {per: 1h, count: 2}}
              - {name: look, keys: [ed25519], operations: [query-account], acknowledge: [login]}
        """;

    @Test
    void shouldSignFewLoginsAndMarkThem() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            final Path config = fixture.directory().resolve("gateway.yaml");
            fixture.write("gateway.yaml", Files.readString(config).replace(
                "venue: binance-spot\n    api-key: second", "venue: binance-spot-ws\n    api-key: second"));
            fixture.write("policy.yaml", POLICY);
            fixture.launch();
            try (BlockingClient client = fixture.connect())
            {
                final SignedRequest login = client.login((request) -> request.key("ed25519"));
                assertTrue(login.body().contains("\"session.logon\""), login::body);
                client.login((request) -> request.key("ed25519"));
                assertEquals(Reason.LOGINS_ABOVE_LIMIT, refusal(client));
                client.queryAccount((request) -> request.key("ed25519"));
            }
            fixture.stop();
            fixture.launch();
            try (BlockingClient client = fixture.connect())
            {
                assertEquals(Reason.LOGINS_ABOVE_LIMIT, refusal(client), "counted again from the journal");
            }
            fixture.stop();
            assertEquals(List.of(Binding.E, Binding.E, Binding.C), bindings(fixture));
            assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
        }
    }

    private static Reason refusal(final BlockingClient client)
    {
        return assertThrows(
            RejectedException.class, () -> client.login((request) -> request.key("ed25519"))).reason();
    }

    private static List<Binding> bindings(final GatewayFixture fixture) throws Exception
    {
        final List<Binding> bindings = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final IntentDecoder intent = new IntentDecoder();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (IntentDecoder.TEMPLATE_ID == reader.templateId())
                {
                    bindings.add(intent.wrapAndApplyHeader(reader.buffer(), reader.offset(), header).binding());
                }
            }
        }
        return bindings;
    }
}
