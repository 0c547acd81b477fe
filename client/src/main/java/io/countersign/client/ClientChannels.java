package io.countersign.client;

import io.countersign.codecs.authentication.EgressChannel;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channels of a client. Checked, because Aeron takes whatever stands in a channel for its parameters.
 *
 * @param ingress that requests go out on.
 * @param egress  that replies come in on, to be completed with the Aeron session id.
 * @param wayBack medium and port of the egress, which the handshake proves.
 */
record ClientChannels(String ingress, String egress, EgressChannel wayBack)
{
    /** Shared memory. */
    static final ClientChannels IPC = new ClientChannels("aeron:ipc", "aeron:ipc?session-id=", EgressChannel.IPC);

    private static final int MAX_PORT = 65_535;
    private static final Pattern GATEWAY_ENDPOINT =
        Pattern.compile("(?:[0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.]+]):([1-9][0-9]{0,4})");

    /**
     * UDP.
     *
     * @param gatewayEndpoint HOST:PORT or [IPv6]:PORT.
     * @param egressPort      at this bot's address.
     * @param ownAddress      literal, without brackets.
     * @return the channels.
     * @throws IllegalStateException saying what was expected.
     */
    static ClientChannels udp(final String gatewayEndpoint, final int egressPort, final String ownAddress)
    {
        final Matcher matcher = GATEWAY_ENDPOINT.matcher(gatewayEndpoint);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_PORT)
        {
            throw new IllegalStateException("gatewayEndpoint is '" + gatewayEndpoint +
                "'; expected the endpoint of the gateway's ingress, such as 10.0.0.1:40456 or [2001:db8::1]:40456");
        }
        if (egressPort < 1 || egressPort > MAX_PORT)
        {
            throw new IllegalStateException("egressPort is not from 1 to 65535: " + egressPort);
        }
        final String host = host(ownAddress);
        return new ClientChannels(
            "aeron:udp?endpoint=" + gatewayEndpoint + "|interface=" + host,
            "aeron:udp?endpoint=" + host + ":" + egressPort + "|session-id=",
            EgressChannel.udp(egressPort));
    }

    /** The channel that only the replies to one ingress publication come in on. */
    String egress(final int aeronSessionId)
    {
        return egress + aeronSessionId;
    }

    private static String host(final String ownAddress)
    {
        try
        {
            if (ownAddress.matches("[0-9A-Fa-f:.]+"))
            {
                final InetAddress address = InetAddress.ofLiteral(ownAddress);
                if (!address.isAnyLocalAddress() && !address.isMulticastAddress())
                {
                    return ownAddress.contains(":") ? "[" + ownAddress + "]" : ownAddress;
                }
            }
        }
        catch (final IllegalArgumentException ex)
        {
            // Told below, with what was expected.
        }
        throw new IllegalStateException("ownAddress is '" + ownAddress +
            "'; expected an IP address of this machine, such as 10.0.0.7 or 2001:db8::7");
    }
}
