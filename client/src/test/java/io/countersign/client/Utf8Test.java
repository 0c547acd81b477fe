package io.countersign.client;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class Utf8Test
{
    private static final int MAX_LENGTH = 64;

    @Test
    void shouldWriteWhatTheJdkWrites()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int[] limits = {0x80, 0x800, 0x10000, 0x110000};
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH + 8]);
        for (int i = 0; i < 100_000; i++)
        {
            final StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--)
            {
                text.appendCodePoint(random.nextInt(limits[random.nextInt(limits.length)]));
            }

            final String expected = text.toString();
            final byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
            final boolean isEncodable = bytes.length <= MAX_LENGTH &&
                StandardCharsets.UTF_8.newEncoder().canEncode(expected);
            final int length = Utf8.encode(text, buffer, 4, MAX_LENGTH);

            assertEquals(isEncodable ? bytes.length : Utf8.NOT_ENCODABLE, length, "seed=" + seed);
            if (isEncodable)
            {
                assertEquals(expected, buffer.getStringWithoutLengthUtf8(4, length), "seed=" + seed);
            }

            assertEquals(0, buffer.getInt(0), "seed=" + seed);
            assertEquals(0, buffer.getInt(4 + MAX_LENGTH), "seed=" + seed);
        }
    }
}
