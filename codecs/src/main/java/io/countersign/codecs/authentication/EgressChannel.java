package io.countersign.codecs.authentication;

/**
 * The way back to a bot, as far as both ends know it beforehand: a part of what they prove to each other.
 *
 * @param medium {@link #IPC_MEDIUM} or {@link #UDP_MEDIUM}.
 * @param port   UDP port that replies go to, 0 on IPC.
 */
public record EgressChannel(int medium, int port)
{
    /** Shared memory. */
    public static final int IPC_MEDIUM = 1;

    /** The network. */
    public static final int UDP_MEDIUM = 2;

    /** The one way back in shared memory. */
    public static final EgressChannel IPC = new EgressChannel(IPC_MEDIUM, 0);

    private static final int MAX_PORT = 65_535;

    /**
     * Check that medium and port go together.
     *
     * @param medium {@link #IPC_MEDIUM} or {@link #UDP_MEDIUM}.
     * @param port   UDP port that replies go to, 0 on IPC.
     */
    public EgressChannel
    {
        final boolean isIpc = IPC_MEDIUM == medium && 0 == port;
        final boolean isUdp = UDP_MEDIUM == medium && 0 < port && port <= MAX_PORT;
        if (!isIpc && !isUdp)
        {
            throw new IllegalArgumentException("no egress: medium " + medium + ", port " + port);
        }
    }

    /**
     * The way back over the network.
     *
     * @param port UDP port that replies go to, 1 to 65535.
     * @return the way back.
     */
    public static EgressChannel udp(final int port)
    {
        return new EgressChannel(UDP_MEDIUM, port);
    }
}
