package io.countersign.gateway.config;

import io.countersign.gateway.address.IpEndpoint;

import java.nio.file.Path;

/**
 * A named ingress: a way in for bots, with a media driver of its own.
 *
 * @param name           {@code ipc:...} or {@code udp:...}, which also says what it is; at most 64 bytes.
 * @param aeronDirectory directory of the media driver, absolute or relative to the process.
 * @param group          operating system group whose members may open it, or null: its owner only.
 * @param endpoint       that a UDP ingress listens on, null on IPC.
 * @param egressPort     UDP port at a bot's own address that replies go to, 0 on IPC.
 */
public record IngressConfig(String name, Path aeronDirectory, String group, IpEndpoint endpoint, int egressPort)
{
    /** What the name of an ingress on this machine's memory begins with. */
    public static final String IPC_PREFIX = "ipc:";

    /** What the name of an ingress on the network begins with. */
    public static final String UDP_PREFIX = "udp:";

    /**
     * Whether bots come over the network.
     *
     * @return false on IPC.
     */
    public boolean isUdp()
    {
        return null != endpoint;
    }

    /**
     * Where it is, for people.
     *
     * @return name and place.
     */
    @Override
    public String toString()
    {
        return isUdp() ? name + " at " + endpoint : name + " in " + aeronDirectory;
    }
}
