package io.countersign.gateway.address;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Literal IP addresses. Stricter than the JDK's own reader: an IPv4 address has four decimal parts without leading
 * zeros, an IPv6 address has no zone and no brackets, and a name is never looked up.
 */
public final class IpAddress
{
    /** Bytes of an IPv4 address. */
    public static final int V4_LENGTH = 4;

    /** Bytes of an IPv6 address. */
    public static final int V6_LENGTH = 16;

    private static final int MAX_TEXT_LENGTH = 45;
    private static final String V4_PART = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String V4_TEXT = V4_PART + "(?:\\." + V4_PART + "){3}";
    private static final Pattern V4 = Pattern.compile(V4_TEXT);
    private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]*(?:(?<=:)" + V4_TEXT + ")?");

    private IpAddress()
    {
    }

    /**
     * Read a literal address. An IPv4-mapped IPv6 address ({@code ::ffff:10.0.0.1}) becomes the IPv4 address that it
     * stands for.
     *
     * @param text for instance {@code 10.0.0.1} or {@code 2001:db8::1}.
     * @return 4 or 16 bytes in network order.
     * @throws IllegalArgumentException saying what was expected, when the text is anything else.
     */
    public static byte[] parse(final String text)
    {
        if (text.length() <= MAX_TEXT_LENGTH && (V4.matcher(text).matches() || V6.matcher(text).matches()))
        {
            try
            {
                return InetAddress.ofLiteral(text).getAddress();
            }
            catch (final IllegalArgumentException ex)
            {
                throw notAnAddress(text, ex);
            }
        }
        throw notAnAddress(text, null);
    }

    /**
     * Write an address, IPv6 in the form of RFC 5952.
     *
     * @param address 4 or 16 bytes.
     * @return the text that {@link #parse} reads.
     * @throws IllegalArgumentException when there are neither 4 nor 16 bytes.
     */
    public static String text(final byte[] address)
    {
        final StringBuilder text = new StringBuilder();
        if (V4_LENGTH == address.length)
        {
            for (final byte part : address)
            {
                text.append(text.isEmpty() ? "" : ".").append(part & 0xFF);
            }
            return text.toString();
        }
        if (V6_LENGTH == address.length)
        {
            return v6Text(address, text);
        }
        throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + address.length);
    }

    private static String v6Text(final byte[] address, final StringBuilder text)
    {
        int zerosAt = -1;
        int zeros = 1;
        for (int i = 0; i < V6_LENGTH; i += 2)
        {
            int end = i;
            while (end < V6_LENGTH && 0 == group(address, end))
            {
                end += 2;
            }
            if ((end - i) / 2 > zeros)
            {
                zerosAt = i;
                zeros = (end - i) / 2;
            }
        }
        for (int i = 0; i < V6_LENGTH; i += 2)
        {
            if (i == zerosAt)
            {
                text.append("::");
                i += 2 * zeros - 2;
            }
            else
            {
                text.append(0 == i || ':' == text.charAt(text.length() - 1) ? "" : ":")
                    .append(Integer.toHexString(group(address, i)));
            }
        }
        return text.toString();
    }

    private static int group(final byte[] address, final int index)
    {
        return (address[index] & 0xFF) << Byte.SIZE | address[index + 1] & 0xFF;
    }

    private static IllegalArgumentException notAnAddress(final String text, final Throwable cause)
    {
        return new IllegalArgumentException(
            "'" + text + "' is not an IP address; expected one such as 10.0.0.1 or 2001:db8::1", cause);
    }
}
