package io.countersign.codecs.authentication;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ApiKeyTest
{
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldReadBackWhatItWrites()
    {
        for (int i = 0; i < 10_000; i++)
        {
            final byte[] secret = new byte[ApiKey.SECRET_LENGTH];
            random.nextBytes(secret);
            final int version = 1 + (random.nextInt() >>> 1 >>> random.nextInt(31));
            assertReadsBack(Math.max(1, version), secret);
        }
        final byte[] ones = new byte[ApiKey.SECRET_LENGTH];
        Arrays.fill(ones, (byte) 0xFF);
        assertReadsBack(Integer.MAX_VALUE, ones);
        assertReadsBack(1, new byte[ApiKey.SECRET_LENGTH]);
    }

    @Test
    void shouldWriteOneKnownText()
    {
        final byte[] secret = new byte[ApiKey.SECRET_LENGTH];
        for (int i = 0; i < secret.length; i++)
        {
            secret[i] = (byte) i;
        }
        assertEquals(
            "csk1_000000yhnTFi6TIWSkvXUzVKQx0pUavwJozxFdUUM2897Qlah3X1IaY",
            new String(new ApiKey(1, secret).text(), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldSeeEveryChangedCharacterAndEveryOtherLength()
    {
        final byte[] secret = new byte[ApiKey.SECRET_LENGTH];
        random.nextBytes(secret);
        final byte[] text = new ApiKey(3, secret).text();
        for (int i = 0; i < text.length; i++)
        {
            for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++)
            {
                final byte[] changed = text.clone();
                changed[i] = (byte) value;
                assertEquals(value == text[i], null != ApiKey.parse(changed), "seed=" + seed + " at " + i);
            }
            assertNull(ApiKey.parse(Arrays.copyOf(text, i)));
        }
        assertNull(ApiKey.parse(Arrays.copyOf(text, text.length + 1)));
    }

    @Test
    void shouldZeroItsSecret()
    {
        final byte[] secret = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
            6, 7, 8};
        new ApiKey(1, secret).close();
        assertArrayEquals(new byte[ApiKey.SECRET_LENGTH], secret);
    }

    @Test
    void shouldRefusePartsThatMakeNoKey()
    {
        assertThrows(IllegalArgumentException.class, () -> new ApiKey(0, new byte[32]));
        assertThrows(IllegalArgumentException.class, () -> new ApiKey(1, new byte[31]));
    }

    private void assertReadsBack(final int version, final byte[] secret)
    {
        final byte[] text = new ApiKey(version, secret).text();
        assertTrue(
            new String(text, StandardCharsets.US_ASCII).matches("csk1_[0-9A-Za-z]{55}"), () -> "seed=" + seed);
        final ApiKey read = ApiKey.parse(text);
        assertNotNull(read, () -> "seed=" + seed);
        assertEquals(version, read.version(), () -> "seed=" + seed);
        assertArrayEquals(secret, read.secret(), () -> "seed=" + seed);
    }
}
