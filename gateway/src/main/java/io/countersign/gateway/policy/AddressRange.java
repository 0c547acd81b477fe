package io.countersign.gateway.policy;

import io.countersign.gateway.address.IpAddress;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation. Immutable; safe to share between threads.
 * <p>
 * An IPv4-mapped IPv6 address, in a range as in an address that is asked for, is the IPv4 address that it stands for.
 * A range of one family holds no address of the other: {@code ::/0} holds no IPv4 address.
 */
public final class AddressRange
{
    private static final Pattern CIDR = Pattern.compile("([^/]*)(?:/(0|[1-9]\\d{0,2}))?");
    private static final int MAPPED_PREFIX_LENGTH = 96;
    private static final long MAPPED = 0xFFFFL << Integer.SIZE;
    private static final long V4_MASK = 0xFFFF_FFFFL;

    private final boolean isV4;
    private final int prefixLength;
    private final long high;
    private final long low;
    private final long highMask;
    private final long lowMask;

    /** An IPv4 range is held as the range of the IPv4-mapped addresses. */
    private AddressRange(final byte[] address, final int prefixLength)
    {
        this.isV4 = IpAddress.V4_LENGTH == address.length;
        this.prefixLength = prefixLength;
        this.high = high(address);
        this.low = low(address);
        final int bits = isV4 ? MAPPED_PREFIX_LENGTH + prefixLength : prefixLength;
        this.highMask = mask(bits);
        this.lowMask = mask(bits - Long.SIZE);
    }

    /**
     * Read a range.
     *
     * @param text for instance {@code 10.1.0.0/16} or {@code 2001:db8::/32}; an address alone is the range of just it.
     * @return the range.
     * @throws IllegalArgumentException saying in one line what was expected, when the text is not a range, or when bits
     *                                  behind its prefix are set.
     */
    public static AddressRange parse(final String text)
    {
        final Matcher matcher = CIDR.matcher(text);
        if (!matcher.matches())
        {
            throw notARange(text);
        }
        final byte[] address;
        try
        {
            address = IpAddress.parse(matcher.group(1));
        }
        catch (final IllegalArgumentException ex)
        {
            throw notARange(text);
        }
        final int bits = address.length * Byte.SIZE;
        final boolean isMapped = IpAddress.V4_LENGTH == address.length && matcher.group(1).contains(":");
        final int prefixLength = null == matcher.group(2) ?
            bits : Integer.parseInt(matcher.group(2)) - (isMapped ? MAPPED_PREFIX_LENGTH : 0);
        if (prefixLength < 0 || prefixLength > bits)
        {
            throw new IllegalArgumentException("address range '" + text + "' has a prefix length that does not fit; " +
                "expected " + (isMapped ? "96 to 128 for an IPv4-mapped address" : "0 to " + bits));
        }
        final AddressRange range = new AddressRange(address, prefixLength);
        if (0 != (range.high & ~range.highMask) || 0 != (range.low & ~range.lowMask))
        {
            throw new IllegalArgumentException("address range '" + text +
                "' has bits set behind its prefix; expected " + range.networkText());
        }
        return range;
    }

    /**
     * Whether an address is in the range. Allocates nothing.
     *
     * @param address 4 or 16 bytes in network order.
     * @return false also for bytes of any other number.
     */
    public boolean contains(final byte[] address)
    {
        if (IpAddress.V4_LENGTH != address.length && IpAddress.V6_LENGTH != address.length)
        {
            return false;
        }
        final long addressHigh = high(address);
        final long addressLow = low(address);
        final boolean isAddressV4 = 0 == addressHigh && MAPPED == (addressLow & ~V4_MASK);
        return isV4 == isAddressV4 && high == (addressHigh & highMask) && low == (addressLow & lowMask);
    }

    /**
     * Whether it is a range of IPv4 addresses.
     *
     * @return false for IPv6.
     */
    public boolean isV4()
    {
        return isV4;
    }

    /**
     * How many bits of an address the range leaves open: it holds 2 to this power addresses.
     *
     * @return 0 to 32, or 0 to 128.
     */
    public int openBits()
    {
        return (isV4 ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH) * Byte.SIZE - prefixLength;
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof final AddressRange that && isV4 == that.isV4 && prefixLength == that.prefixLength &&
            high == that.high && low == that.low;
    }

    @Override
    public int hashCode()
    {
        return Long.hashCode(high * 31 + low) * 31 + prefixLength;
    }

    /**
     * The range in CIDR notation, always with a prefix length.
     *
     * @return what {@link #parse} reads as an equal range.
     */
    @Override
    public String toString()
    {
        return networkText();
    }

    private String networkText()
    {
        final byte[] network = new byte[isV4 ? IpAddress.V4_LENGTH : IpAddress.V6_LENGTH];
        for (int i = 0; i < network.length; i++)
        {
            final int shift = (network.length - 1 - i) * Byte.SIZE;
            final long half = shift >= Long.SIZE ? high & highMask : low & lowMask;
            network[i] = (byte) (half >>> shift);
        }
        return IpAddress.text(network) + "/" + prefixLength;
    }

    private static long high(final byte[] address)
    {
        return IpAddress.V4_LENGTH == address.length ? 0 : bytesAt(address, 0, Long.BYTES);
    }

    private static long low(final byte[] address)
    {
        return IpAddress.V4_LENGTH == address.length ?
            MAPPED | bytesAt(address, 0, Integer.BYTES) : bytesAt(address, Long.BYTES, Long.BYTES);
    }

    private static long bytesAt(final byte[] address, final int offset, final int count)
    {
        long value = 0;
        for (int i = 0; i < count; i++)
        {
            value = value << Byte.SIZE | address[offset + i] & 0xFF;
        }
        return value;
    }

    /** The first bits of a long, none when there are none to take, all when there are more than it has. */
    private static long mask(final int bits)
    {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    private static IllegalArgumentException notARange(final String text)
    {
        return new IllegalArgumentException("'" + text +
            "' is not an address range; expected one such as 10.1.0.0/16, 10.1.2.3, 2001:db8::/32 or ::1");
    }
}
