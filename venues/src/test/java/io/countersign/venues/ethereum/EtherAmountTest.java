package io.countersign.venues.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.MutableDecimal;
import io.countersign.venues.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtherAmountTest
{
    private final Seed seed = new Seed();
    private final EtherAmount amount = new EtherAmount();
    private final MutableDecimal ether = new MutableDecimal();

    @Test
    void shouldBeExactForEveryDecimal()
    {
        final Random random = seed.random();
        for (int i = 0; i < 20_000; i++)
        {
            final long mantissa = random.nextLong() >>> 1 + random.nextInt(63);
            final int exponent = random.nextInt(37) - 18;
            assertTrue(amount.set(ether.set(mantissa, exponent)), seed);
            assertEquals(new BigDecimal(BigInteger.valueOf(mantissa), -exponent).movePointRight(18).toBigIntegerExact(),
                wei(), seed);
        }
        assertTrue(amount.set(ether.set(Long.MAX_VALUE, 18)));
        assertEquals(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.TEN.pow(36)), wei());
        assertTrue(amount.set(ether.reset()));
        assertEquals(BigInteger.ZERO, wei());
    }

    @Test
    void shouldRefuseWhatIsNoAmount()
    {
        assertFalse(amount.set(ether.set(-1, 0)));
        assertFalse(amount.set(ether.set(1, -19)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 50000000000000000", "0.000000000000000001, 1", "9.2, 9200000000000000000", "1, 1000000000000000000",
        "0, 0", "00.10, 100000000000000000", "9.3, -1", "10, -1", "0.0000000000000000001, -1", "'', -1", "., -1",
        ".5, -1", "5., -1", "1.2.3, -1", "-1, -1", "+1, -1", "1e-2, -1", "'1,5', -1",
        "99999999999999999999999999, -1" })
    void shouldReadLimits(final String text, final long expected)
    {
        assertEquals(expected, EtherAmount.weiOf(new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII))));
    }

    private BigInteger wei()
    {
        return new BigInteger(1, ((UnsafeBuffer) amount.wei()).byteArray());
    }
}
