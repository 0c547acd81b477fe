package io.countersign.perf.peer;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BareSignTest
{
    private static Path programs;

    @BeforeAll
    static void build() throws Exception
    {
        programs = NativePrograms.directory();
    }

    /** RFC 4231, test case 2. */
    @Test
    void shouldSignAsPublished() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = token.importSecret("jefe", SigningAlgorithm.HMAC_SHA256, ascii("Jefe"));
        try (MeasuringProcess bare =
            BareSign.start(key(token, key, "what do ya want for nothing?"), programs))
        {
            assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                HexFormat.of().formatHex(bare.sign()));
        }
    }

    @Test
    void shouldGiveAsManyLatenciesAsAsked() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = token.importSecret("key", SigningAlgorithm.HMAC_SHA256, ascii("secret"));
        try (MeasuringProcess bare = BareSign.start(key(token, key, "x".repeat(200)), programs))
        {
            final Histogram latencies = PeerSamples.histogram();
            for (final int count : new int[]{ 1, 0, 999 })
            {
                bare.round(count, latencies);
            }
            assertEquals(1000, latencies.getTotalCount());
            assertTrue(0 < latencies.getMinValue());
        }
    }

    @Test
    void shouldSayWhichKeyIsMissing() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec absent =
            new KeySpec("absent", 1, new byte[]{ 0x77 }, SigningAlgorithm.HMAC_SHA256, new byte[16]);
        final PeerException refusal =
            assertThrows(PeerException.class, () -> BareSign.start(key(token, absent, "payload"), programs));
        assertEquals("peer bare: 0 keys with id 77", refusal.getMessage());
    }

    private static PeerKey key(final SoftHsmFixture token, final KeySpec key, final String payload)
    {
        return new PeerKey(
            SoftHsmFixture.modulePath(), token.tokenLabel(), token.tokenSerial(), token.pinFile(), key,
            ascii(payload));
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
