package io.countersign.gateway.transport;

import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.gateway.address.IpEndpoint;

import java.nio.charset.StandardCharsets;

/**
 * Where a publication comes from, as the transport saw it when it began. Arrays are not to be written to.
 *
 * @param ingress     name of the ingress.
 * @param ingressName the same in UTF-8, for records.
 * @param address     4 or 16 bytes of the sender's IP address in network order, null on IPC.
 * @param text        address and port in ASCII for records, such as {@code 10.0.0.7:4711}; empty on IPC.
 * @param egress      medium and port that replies go to.
 */
public record Source(String ingress, byte[] ingressName, byte[] address, byte[] text, EgressChannel egress)
{
    private static final byte[] NOTHING = new byte[0];

    /**
     * A publication in a media driver's directory on this machine.
     *
     * @param ingress name of the ingress.
     * @return source without an address.
     */
    public static Source ipc(final String ingress)
    {
        return new Source(ingress, ingress.getBytes(StandardCharsets.UTF_8), null, NOTHING, EgressChannel.IPC);
    }

    /**
     * A publication from the network.
     *
     * @param ingress    name of the ingress.
     * @param endpoint   that its first packet came from.
     * @param egressPort that replies go to at the same address.
     * @return source with an address.
     */
    public static Source udp(final String ingress, final IpEndpoint endpoint, final int egressPort)
    {
        return new Source(
            ingress,
            ingress.getBytes(StandardCharsets.UTF_8),
            endpoint.address(),
            endpoint.toString().getBytes(StandardCharsets.US_ASCII),
            EgressChannel.udp(egressPort));
    }
}
