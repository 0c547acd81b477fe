package io.countersign.gateway.address;

/**
 * A literal IP address and a UDP port. The address is not to be written to.
 *
 * @param address 4 or 16 bytes in network order.
 * @param port    1 to 65535.
 */
public record IpEndpoint(byte[] address, int port)
{
    private static final int MAX_PORT = 65_535;

    /**
     * Read an endpoint.
     *
     * @param text for instance {@code 10.0.0.1:40456} or {@code [2001:db8::1]:40456}.
     * @return the endpoint.
     * @throws IllegalArgumentException saying what was expected, when the text is anything else.
     */
    public static IpEndpoint parse(final String text)
    {
        final int colon = text.lastIndexOf(':');
        final boolean isBracketed = text.startsWith("[") && text.startsWith("]", colon - 1);
        if (colon > 0 && isBracketed == text.substring(0, colon).contains(":"))
        {
            try
            {
                return new IpEndpoint(
                    IpAddress.parse(isBracketed ? text.substring(1, colon - 1) : text.substring(0, colon)),
                    port(text.substring(colon + 1)));
            }
            catch (final IllegalArgumentException ex)
            {
                throw notAnEndpoint(text, ex);
            }
        }
        throw notAnEndpoint(text, null);
    }

    /**
     * Whether the address is one that a single host has.
     *
     * @return false for a group's (multicast), and for all ones.
     */
    public boolean isUnicast()
    {
        final int first = address[0] & 0xFF;
        return IpAddress.V4_LENGTH == address.length ?
            first < 0xE0 : first < 0xFF;
    }

    /**
     * The endpoint as Aeron's channels and records have it.
     *
     * @return what {@link #parse} reads.
     */
    @Override
    public String toString()
    {
        final String text = IpAddress.text(address);
        return IpAddress.V4_LENGTH == address.length ? text + ":" + port : "[" + text + "]:" + port;
    }

    private static int port(final String text)
    {
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= MAX_PORT)
        {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static IllegalArgumentException notAnEndpoint(final String text, final Throwable cause)
    {
        return new IllegalArgumentException("'" + text +
            "' is not an address and a port; expected one such as 10.0.0.1:40456 or [2001:db8::1]:40456", cause);
    }
}
