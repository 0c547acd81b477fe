package io.countersign.venues.text;

import java.nio.charset.StandardCharsets;

/**
 * UUIDs of RFC 9562, version 4, from bits that somebody else drew: 36 characters in lower case.
 */
public final class UuidText
{
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int DASHES = 1 << 8 | 1 << 12 | 1 << 16 | 1 << 20;

    private UuidText()
    {
    }

    /**
     * Appends a UUID. Version and variant take the place of four bits of the one and two bits of the other number.
     *
     * @param out  to append to.
     * @param high its first 64 bits.
     * @param low  its last 64 bits, of which the upper two do not count.
     */
    public static void append(final TextWriter out, final long high, final long low)
    {
        final long versioned = high & ~0xF000L | 0x4000L;
        final long variant = low & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        for (int i = 0; i < 32; i++)
        {
            if (i > 0 && (DASHES >> i & 1) != 0)
            {
                out.put((byte) '-');
            }
            final long half = i < 16 ? versioned : variant;
            out.put(DIGITS[(int) (half >>> 60 - 4 * (i & 15)) & 0xF]);
        }
    }
}
