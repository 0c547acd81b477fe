package io.countersign.ops.score;

import io.countersign.gateway.policy.AddressRange;

import java.math.BigInteger;
import java.util.List;

/**
 * From how many places a principal may come, narrowest first.
 */
public enum SourceWidth
{
    /** Only from the machine itself. */
    LOCAL(1000, "this machine only"),

    /** One address of a network. */
    ADDRESS(970, "one address"),

    /** Up to 256 IPv4 addresses, or 2^64 of IPv6: a subnet. */
    SUBNET(930, "up to a subnet (/24, /64)"),

    /** Up to 65,536 IPv4 addresses, or 2^80 of IPv6. */
    NETWORK(850, "up to a network (/16, /48)"),

    /** More, but not all. */
    WIDE(700, "more than a network"),

    /** Every address there is. */
    ANY(500, "every address");

    private static final int[] V4_BITS = { 0, 8, 16, 31 };
    private static final int[] V6_BITS = { 0, 64, 80, 127 };

    private final int thousandths;
    private final String text;

    SourceWidth(final int thousandths, final String text)
    {
        this.thousandths = thousandths;
        this.text = text;
    }

    /**
     * Of ranges that are granted together.
     *
     * @param ranges of addresses; of each family, the addresses of all are added up.
     * @return {@link #LOCAL} when there is none.
     */
    public static SourceWidth of(final List<AddressRange> ranges)
    {
        final SourceWidth v4 = of(ranges, true, V4_BITS);
        final SourceWidth v6 = of(ranges, false, V6_BITS);
        return v4.compareTo(v6) > 0 ? v4 : v6;
    }

    /** The factor's value. */
    int thousandths()
    {
        return thousandths;
    }

    /** The words for it, for people. */
    @Override
    public String toString()
    {
        return text;
    }

    private static SourceWidth of(final List<AddressRange> ranges, final boolean isV4, final int... bits)
    {
        BigInteger count = BigInteger.ZERO;
        for (final AddressRange range : ranges)
        {
            count = isV4 == range.isV4() ? count.add(BigInteger.ONE.shiftLeft(range.openBits())) : count;
        }
        if (0 == count.signum())
        {
            return LOCAL;
        }
        for (int i = 0; i < bits.length - 1; i++)
        {
            if (count.compareTo(BigInteger.ONE.shiftLeft(bits[i])) <= 0)
            {
                return values()[ADDRESS.ordinal() + i];
            }
        }
        // Two halves are a whole, however they are written.
        return count.compareTo(BigInteger.ONE.shiftLeft(bits[bits.length - 1] + 1)) < 0 ? WIDE : ANY;
    }
}
