package io.countersign.venues.evm;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keccak-256 as Ethereum uses it: the padding of the original submission, so its digests are not those of SHA3-256.
 * Free of allocation after construction; not thread-safe.
 */
public final class Keccak256
{
    /** Length of a digest in bytes. */
    public static final int DIGEST_LENGTH = 32;

    private static final int RATE = 136;
    private static final int LANES = 25;

    private static final long[] ROUND_CONSTANTS =
    {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L,
        0x000000000000808BL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800AL, 0x800000008000000AL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    private final UnsafeBuffer block = new UnsafeBuffer(new byte[RATE]);
    private final long[] state = new long[LANES];
    private final long[] turned = new long[LANES];
    private int length;

    /**
     * Forget every byte so far.
     *
     * @return this.
     */
    public Keccak256 reset()
    {
        Arrays.fill(state, 0);
        length = 0;
        return this;
    }

    /**
     * Hash bytes.
     *
     * @param bytes  that hold them.
     * @param offset of the first.
     * @param count  how many.
     * @return this.
     */
    public Keccak256 update(final DirectBuffer bytes, final int offset, final int count)
    {
        int position = offset;
        int left = count;
        while (left > 0)
        {
            final int taken = Math.min(left, RATE - length);
            block.putBytes(length, bytes, position, taken);
            length += taken;
            position += taken;
            left -= taken;
            if (length == RATE)
            {
                absorb();
            }
        }
        return this;
    }

    /**
     * Write the digest of the bytes so far, and forget them.
     *
     * @param out    that takes {@link #DIGEST_LENGTH} bytes.
     * @param offset of the first.
     */
    public void digest(final MutableDirectBuffer out, final int offset)
    {
        block.setMemory(length, RATE - length, (byte) 0);
        block.putByte(length, (byte) 0x01);
        block.putByte(RATE - 1, (byte) (block.getByte(RATE - 1) | 0x80));
        absorb();
        for (int i = 0; i < DIGEST_LENGTH / Long.BYTES; i++)
        {
            out.putLong(offset + i * Long.BYTES, state[i], ByteOrder.LITTLE_ENDIAN);
        }
        reset();
    }

    /**
     * The digest of bytes, for what is made once: allocates.
     *
     * @param bytes to hash.
     * @return {@link #DIGEST_LENGTH} bytes.
     */
    public static byte[] of(final byte[] bytes)
    {
        final byte[] digest = new byte[DIGEST_LENGTH];
        new Keccak256().update(new UnsafeBuffer(bytes), 0, bytes.length).digest(new UnsafeBuffer(digest), 0);
        return digest;
    }

    private void absorb()
    {
        for (int i = 0; i < RATE / Long.BYTES; i++)
        {
            state[i] ^= block.getLong(i * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        }
        length = 0;
        for (final long constant : ROUND_CONSTANTS)
        {
            turn(state, turned);
            mix(turned, state);
            state[0] ^= constant;
        }
    }

    /** The steps theta, rho and pi. */
    private static void turn(final long[] a, final long[] b)
    {
        final long c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
        final long c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
        final long c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
        final long c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
        final long c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
        final long d0 = c4 ^ Long.rotateLeft(c1, 1);
        final long d1 = c0 ^ Long.rotateLeft(c2, 1);
        final long d2 = c1 ^ Long.rotateLeft(c3, 1);
        final long d3 = c2 ^ Long.rotateLeft(c4, 1);
        final long d4 = c3 ^ Long.rotateLeft(c0, 1);
        b[0] = a[0] ^ d0;
        b[16] = Long.rotateLeft(a[5] ^ d0, 36);
        b[7] = Long.rotateLeft(a[10] ^ d0, 3);
        b[23] = Long.rotateLeft(a[15] ^ d0, 41);
        b[14] = Long.rotateLeft(a[20] ^ d0, 18);
        b[10] = Long.rotateLeft(a[1] ^ d1, 1);
        b[1] = Long.rotateLeft(a[6] ^ d1, 44);
        b[17] = Long.rotateLeft(a[11] ^ d1, 10);
        b[8] = Long.rotateLeft(a[16] ^ d1, 45);
        b[24] = Long.rotateLeft(a[21] ^ d1, 2);
        b[20] = Long.rotateLeft(a[2] ^ d2, 62);
        b[11] = Long.rotateLeft(a[7] ^ d2, 6);
        b[2] = Long.rotateLeft(a[12] ^ d2, 43);
        b[18] = Long.rotateLeft(a[17] ^ d2, 15);
        b[9] = Long.rotateLeft(a[22] ^ d2, 61);
        b[5] = Long.rotateLeft(a[3] ^ d3, 28);
        b[21] = Long.rotateLeft(a[8] ^ d3, 55);
        b[12] = Long.rotateLeft(a[13] ^ d3, 25);
        b[3] = Long.rotateLeft(a[18] ^ d3, 21);
        b[19] = Long.rotateLeft(a[23] ^ d3, 56);
        b[15] = Long.rotateLeft(a[4] ^ d4, 27);
        b[6] = Long.rotateLeft(a[9] ^ d4, 20);
        b[22] = Long.rotateLeft(a[14] ^ d4, 39);
        b[13] = Long.rotateLeft(a[19] ^ d4, 8);
        b[4] = Long.rotateLeft(a[24] ^ d4, 14);
    }

    /** The step chi. */
    private static void mix(final long[] b, final long[] a)
    {
        for (int row = 0; row < LANES; row += 5)
        {
            final long b0 = b[row];
            final long b1 = b[row + 1];
            final long b2 = b[row + 2];
            final long b3 = b[row + 3];
            final long b4 = b[row + 4];
            a[row] = b0 ^ ~b1 & b2;
            a[row + 1] = b1 ^ ~b2 & b3;
            a[row + 2] = b2 ^ ~b3 & b4;
            a[row + 3] = b3 ^ ~b4 & b0;
            a[row + 4] = b4 ^ ~b0 & b1;
        }
    }
}
