package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangedKeysTest
{
    private static final SigningAlgorithm MAC = SigningAlgorithm.HMAC_SHA256;
    private static final byte[] MESSAGE = "symbol=BTCUSDT".getBytes(StandardCharsets.US_ASCII);
    private static final int CHANGES = 50;

    private SoftHsmFixture token;
    private KeySpec first;
    private KeySpec second;
    private KeySpec pair;

    @BeforeEach
    void makeKeys() throws Exception
    {
        token = SoftHsmFixture.create();
        first = token.importSecret("first", MAC, new byte[]{ 1 });
        second = token.importSecret("second", MAC, new byte[]{ 2 });
        pair = token.generateKeyPair("pair", SigningAlgorithm.ED25519);
    }

    @Test
    void shouldSignOnTheOldLaneWhileKeysChange() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(first))))
        {
            final TokenConnection old = connector.connect();
            final byte[] expected = new LaneSignatures(old.inlineLane()).sign(0, MESSAGE);
            final AtomicInteger good = new AtomicInteger();
            final AtomicInteger bad = new AtomicInteger();
            final AtomicBoolean isDone = new AtomicBoolean();
            final Thread signer = Thread.ofPlatform().start(() ->
            {
                final LaneSignatures lane = new LaneSignatures(old.inlineLane());
                while (!isDone.get())
                {
                    (Arrays.equals(expected, lane.sign(0, MESSAGE)) ? good : bad).incrementAndGet();
                }
            });

            try
            {
                for (int i = 0; i < CHANGES; i++)
                {
                    final List<KeySpec> keys = 0 == i % 2 ? List.of(second, pair, first) : List.of(first, second);
                    final int signed = good.get();
                    try (TokenConnection changed = connector.connect(keys))
                    {
                        assertEquals(2 + i, changed.generation());
                        final LaneSignatures lane = new LaneSignatures(changed.inlineLane());
                        assertArrayEquals(expected, lane.sign(keys.indexOf(first), MESSAGE));
                        while (good.get() == signed && 0 == bad.get())
                        {
                            Thread.onSpinWait();
                        }
                    }
                }
            }
            finally
            {
                isDone.set(true);
                signer.join();
            }

            assertEquals(0, bad.get());
            assertFalse(old.inlineLane().isBroken());
            old.close();
            try (TokenConnection again = connector.connect())
            {
                assertEquals(2, again.signingMethods().size());
                assertArrayEquals(expected, new LaneSignatures(again.inlineLane()).sign(0, MESSAGE));
            }
        }
    }

    @Test
    void shouldProveNewKeysOnly() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(first)));
            RawToken raw = new RawToken(token))
        {
            final TokenConnection connection = connector.connect();
            // Another secret under the first id: no connection would be made if the key were looked for again.
            raw.createSecret(first.id(), MAC, new byte[32]);

            final TokenConnection changed = connector.connect(List.of(second, first));
            assertNotNull(new LaneSignatures(changed.inlineLane()).sign(1, MESSAGE));

            final KeySpec wrong = new KeySpec("wrong", 1, second.id(), MAC, first.pinned());
            assertRefused(connector, List.of(first, wrong), "does not have the pinned check value");
            assertNotNull(new LaneSignatures(changed.inlineLane()).sign(0, MESSAGE));
            assertNotNull(new LaneSignatures(connection.inlineLane()).sign(0, MESSAGE));
            assertEquals(3, connector.connect(List.of(first, second)).generation());
        }
    }

    @Test
    void shouldProveAllKeysAgainAfterALaneBroke() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(first, second)));
            RawToken raw = new RawToken(token))
        {
            final TokenConnection connection = connector.connect();
            raw.createSecret(first.id(), MAC, new byte[32]);
            raw.destroy(second);
            assertNull(new LaneSignatures(connection.inlineLane()).sign(1, MESSAGE));

            assertRefused(connector, List.of(first), "found 2 times");
            connection.close();
            assertRefused(connector, List.of(first), "found 2 times");
        }
    }

    private static void assertRefused(final TokenConnector connector, final List<KeySpec> keys, final String words)
    {
        final String message = assertThrows(TokenException.class, () -> connector.connect(keys)).getMessage();
        assertTrue(message.contains(words), message);
    }
}
