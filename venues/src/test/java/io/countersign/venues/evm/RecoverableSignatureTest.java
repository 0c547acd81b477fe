package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.countersign.venues.Seed;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

class RecoverableSignatureTest
{
    private static final int KEYS = 20;
    private static final int CASES = 2_000;

    private final Seed seed = new Seed();
    private final Random random = seed.random();
    private final RecoverableSignature signature = new RecoverableSignature();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecoverableSignature.LENGTH]);

    @Test
    void shouldFindTheNonceOfEverySignature()
    {
        int high = 0;
        int odd = 0;
        for (int k = 0; k < KEYS; k++)
        {
            final SoftwareKey key = new SoftwareKey(new BigInteger(255, random).add(BigInteger.ONE));
            for (int i = 0; i < CASES / KEYS; i++)
            {
                final byte[] digest = digest(random);
                final BigInteger nonce = new BigInteger(255, random).add(BigInteger.ONE);
                final ECPoint point = SoftwareKey.CURVE.getG().multiply(nonce).normalize();
                final UnsafeBuffer made = key.sign(digest, nonce);
                final boolean isHigh = number(made, 32).compareTo(SoftwareKey.N.shiftRight(1)) > 0;
                assertTrue(signature.take(key.publicKey(), new UnsafeBuffer(digest), 0, made, 0), seed);
                assertEquals(point.getAffineYCoord().testBitZero() ^ isHigh, signature.parity() == 1, seed);
                assertForm(made);
                high += isHigh ? 1 : 0;
                odd += signature.parity();
            }
        }
        assertTrue(high > CASES / 4 && high < CASES * 3 / 4, high + " high" + seed);
        assertTrue(odd > CASES / 4 && odd < CASES * 3 / 4, odd + " odd" + seed);
    }

    @Test
    void shouldRecoverTheSigner()
    {
        final SoftwareKey key = new SoftwareKey(new BigInteger(255, random).add(BigInteger.ONE));
        for (int i = 0; i < 100; i++)
        {
            final byte[] digest = digest(random);
            final UnsafeBuffer made = key.sign(digest, new BigInteger(255, random).add(BigInteger.ONE));
            assertTrue(signature.take(key.publicKey(), new UnsafeBuffer(digest), 0, made, 0), seed);
            assertRecovers(key, digest, made);
        }
    }

    /** Small private keys make points of both tables meet, equal and opposite. */
    @Test
    void shouldRecoverWherePointsMeet()
    {
        for (final String scalar : new String[]{ "1", "2", "3", "80", "100", "8001", SoftwareKey.N.subtract(
            BigInteger.ONE).toString(16) })
        {
            final SoftwareKey key = SoftwareKey.ofHex(scalar);
            for (int i = 0; i < 50; i++)
            {
                // Small nonces, and digests for which the multiples of G and of Q are equal, unlike or zero.
                final BigInteger nonce = BigInteger.valueOf(1 + i);
                final BigInteger r =
                    SoftwareKey.CURVE.getG().multiply(nonce).normalize().getAffineXCoord().toBigInteger();
                final BigInteger z = new BigInteger[]{ r.multiply(new BigInteger(scalar, 16)), r, BigInteger.ZERO }
                    [i % 3].mod(SoftwareKey.N);
                final byte[] digest = HexFormat.of().parseHex(String.format("%064x", z));
                final UnsafeBuffer made = key.sign(digest, nonce);
                if (number(made, 32).signum() != 0)
                {
                    assertTrue(signature.take(key.publicKey(), new UnsafeBuffer(digest), 0, made, 0), scalar);
                    assertRecovers(key, digest, made);
                }
            }
        }
    }

    @Test
    void shouldRefuseEveryFlippedBit()
    {
        final SoftwareKey key = SoftwareKey.ofHex("0123456789012345678901234567890123456789012345678901234567890123");
        final SoftwareKey other = SoftwareKey.ofHex("4646464646464646464646464646464646464646464646464646464646464646");
        final byte[] bytes = digest(random);
        final UnsafeBuffer digest = new UnsafeBuffer(bytes);
        final UnsafeBuffer made = key.sign(bytes, BigInteger.valueOf(random.nextLong() >>> 1));
        for (int bit = 0; bit < 512; bit++)
        {
            flip(made, bit);
            assertFalse(signature.take(key.publicKey(), digest, 0, made, 0), "bit " + bit + seed);
            flip(made, bit);
            if (bit < 256)
            {
                flip(digest, bit);
                assertFalse(signature.take(key.publicKey(), digest, 0, made, 0), "bit of digest " + bit + seed);
                flip(digest, bit);
            }
        }
        assertFalse(signature.take(other.publicKey(), digest, 0, made, 0), seed);
        assertTrue(signature.take(key.publicKey(), digest, 0, made, 0), seed);
    }

    @Test
    void shouldRefuseNumbersOutOfRange()
    {
        final SoftwareKey key = SoftwareKey.ofHex("1");
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
        final BigInteger[] good = { BigInteger.ONE, BigInteger.ONE };
        for (final BigInteger bad : new BigInteger[]{ BigInteger.ZERO, SoftwareKey.N, SoftwareKey.N.add(BigInteger.ONE),
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE) })
        {
            assertFalse(signature.take(
                key.publicKey(), digest, 0, SoftwareKey.buffer(new BigInteger[]{ bad, good[1] }), 0));
            assertFalse(signature.take(
                key.publicKey(), digest, 0, SoftwareKey.buffer(new BigInteger[]{ good[0], bad }), 0));
        }
    }

    /** The digest -r d makes R infinite whatever s is. */
    @Test
    void shouldRefuseThePointAtInfinity()
    {
        final SoftwareKey key = SoftwareKey.ofHex("7");
        final BigInteger r = BigInteger.valueOf(1000);
        final byte[] digest = HexFormat.of().parseHex(
            String.format("%064x", r.multiply(BigInteger.valueOf(-7)).mod(SoftwareKey.N)));
        assertFalse(signature.take(key.publicKey(), new UnsafeBuffer(digest), 0,
            SoftwareKey.buffer(new BigInteger[]{ r, BigInteger.TEN }), 0));
    }

    @Test
    void shouldNotAllocate()
    {
        final SoftwareKey key = SoftwareKey.ofHex("0123456789012345678901234567890123456789012345678901234567890123");
        final byte[] bytes = digest(random);
        final UnsafeBuffer digest = new UnsafeBuffer(bytes);
        final UnsafeBuffer made = key.sign(bytes, BigInteger.valueOf(random.nextLong() >>> 1));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        take(key, digest, made, 5_000);
        final int count = 2_000;
        final long before = threads.getCurrentThreadAllocatedBytes();
        final int taken = take(key, digest, made, count);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(count, taken);
        assertTrue(allocated < count, allocated + " bytes");
    }

    @Test
    void shouldKnowAddressAndPublicKey() throws Exception
    {
        final SoftwareKey key = SoftwareKey.ofHex("0123456789012345678901234567890123456789012345678901234567890123");
        assertEquals("14791697260e4c9a71f18484c9f997b308e59325",
            HexFormat.of().formatHex(key.publicKey().address()));
        assertArrayEquals(key.point().getEncoded(true), key.publicKey().compressed());
        final byte[] der = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a034200" +
            HexFormat.of().formatHex(key.point().getEncoded(false)));
        assertArrayEquals(key.publicKey().address(), Secp256k1Key.ofSubjectPublicKeyInfo(der).address());

        der[der.length - 1] ^= 1;
        assertEquals("not an uncompressed point on secp256k1", assertThrows(
            IllegalArgumentException.class, () -> Secp256k1Key.ofSubjectPublicKeyInfo(der)).getMessage());
        der[10] ^= 1;
        assertEquals("not a SubjectPublicKeyInfo of an uncompressed point on secp256k1",
            assertThrows(
            IllegalArgumentException.class, () -> Secp256k1Key.ofSubjectPublicKeyInfo(der)).getMessage());
    }

    private int take(final SoftwareKey key, final UnsafeBuffer digest, final UnsafeBuffer made, final int times)
    {
        int taken = 0;
        for (int i = 0; i < times; i++)
        {
            taken += signature.take(key.publicKey(), digest, 0, made, 0) ? 1 : 0;
        }
        return taken;
    }

    /** By SEC 1, section 4.1.6: Q = (s R - z G) / r. */
    private void assertRecovers(final SoftwareKey key, final byte[] digest, final UnsafeBuffer made)
    {
        assertForm(made);
        final BigInteger r = number(out, 0);
        final BigInteger s = number(out, 32);
        final ECPoint point = SoftwareKey.CURVE.getCurve().decodePoint(
            HexFormat.of().parseHex(String.format("%02x%064x", 2 + signature.parity(), r)));
        final BigInteger inverse = r.modInverse(SoftwareKey.N);
        final BigInteger z = new BigInteger(1, digest).negate().multiply(inverse).mod(SoftwareKey.N);
        final ECPoint signer = point.multiply(s.multiply(inverse).mod(SoftwareKey.N))
            .add(SoftwareKey.CURVE.getG().multiply(z)).normalize();
        assertEquals(key.point(), signer, seed);
    }

    private void assertForm(final UnsafeBuffer made)
    {
        signature.putR(out, 0);
        signature.putS(out, 32);
        final BigInteger s = number(out, 32);
        assertEquals(number(made, 0), number(out, 0), seed);
        assertTrue(s.compareTo(SoftwareKey.N.shiftRight(1)) <= 0, seed);
        assertTrue(s.equals(number(made, 32)) || s.equals(SoftwareKey.N.subtract(number(made, 32))), seed);
    }

    private static byte[] digest(final Random random)
    {
        final byte[] digest = new byte[32];
        random.nextBytes(digest);
        return digest;
    }

    private static BigInteger number(final UnsafeBuffer buffer, final int offset)
    {
        final byte[] bytes = new byte[32];
        buffer.getBytes(offset, bytes);
        return new BigInteger(1, bytes);
    }

    private static void flip(final UnsafeBuffer buffer, final int bit)
    {
        buffer.putByte(bit >> 3, (byte) (buffer.getByte(bit >> 3) ^ 1 << (bit & 7)));
    }
}
