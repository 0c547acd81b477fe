package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.countersign.venues.Seed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Keccak256Test
{
    private static final int CASES = 2_000;

    private final Seed seed = new Seed();
    private final Keccak256 keccak = new Keccak256();

    /** The first is the hash of empty code of Ethereum's yellow paper, the last the selector of ERC-20's transfer. */
    @ParameterizedTest
    @CsvSource(
        {
            "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
            "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
            "'transfer(address,uint256)', a9059cbb2ab09eb219583f4a59a5d0623ade346d962bcd4e46b11da047c9049b"
        })
    void shouldHashPublishedTexts(final String text, final String digest)
    {
        assertEquals(digest, HexFormat.of().formatHex(Keccak256.of(text.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void shouldHashAnyBytesInAnyPieces()
    {
        final Random random = seed.random();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[40]);
        for (int i = 0; i < CASES; i++)
        {
            // Every length up to three blocks comes first.
            final byte[] bytes = new byte[i < 3 * 136 ? i : random.nextInt(1024)];
            random.nextBytes(bytes);
            final KeccakDigest expected = new KeccakDigest(256);
            expected.update(bytes, 0, bytes.length);
            final byte[] digest = new byte[32];
            expected.doFinal(digest, 0);

            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            int position = 0;
            while (position < bytes.length)
            {
                final int piece = 1 + random.nextInt(bytes.length - position);
                keccak.update(buffer, position, piece);
                position += piece;
            }
            keccak.digest(out, 8);
            final byte[] actual = new byte[32];
            out.getBytes(8, actual);
            assertArrayEquals(digest, actual, () -> bytes.length + " bytes" + seed);
        }
    }

    @Test
    void shouldForgetOnReset()
    {
        final byte[] bytes = new byte[200];
        keccak.update(new UnsafeBuffer(bytes), 0, bytes.length).reset();
        final byte[] digest = new byte[32];
        keccak.digest(new UnsafeBuffer(digest), 0);
        assertArrayEquals(Keccak256.of(new byte[0]), digest);
    }
}
