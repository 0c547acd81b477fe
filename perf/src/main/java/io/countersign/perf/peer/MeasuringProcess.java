package io.countersign.perf.peer;

import org.HdrHistogram.Histogram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A peer that signs, and takes the time of it, in a process of its own. What is said to it and what it answers:
 * <pre>
 *   (at its start)   ready REST
 *   sign             signature HEX
 *   round COUNT      latencies COUNT, then so many int64, little endian: ns of each signature
 *   (at any time)    failed REASON, and it ends
 * </pre>
 */
final class MeasuringProcess implements Peer
{
    static final String READY = "ready";
    static final String SIGN = "sign";
    static final String SIGNATURE = "signature ";
    static final String ROUND = "round ";
    static final String LATENCIES = "latencies ";

    private final String name;
    private final PeerProcess process;
    private final PeerProcess server;
    private final String readiness;

    /**
     * Takes over processes, and ends them when the first does not get ready.
     *
     * @param name    of the peer.
     * @param process that was just started.
     * @param server  that it asks, or null.
     * @throws PeerException when it does not get ready.
     */
    MeasuringProcess(final String name, final PeerProcess process, final PeerProcess server) throws PeerException
    {
        this.name = name;
        this.process = process;
        this.server = server;
        boolean isReady = false;
        try
        {
            readiness = process.awaitLine(READY);
            isReady = true;
        }
        finally
        {
            if (!isReady)
            {
                close();
            }
        }
    }

    @Override
    public String name()
    {
        return name;
    }

    /** What the process said when it was ready. */
    String readiness()
    {
        return readiness;
    }

    /**
     * Have the payload signed once.
     *
     * @return the signature as the peer's user gets it.
     * @throws PeerException when it is not signed.
     */
    byte[] sign() throws PeerException
    {
        process.say(SIGN);
        return HexFormat.of().parseHex(process.awaitLine(SIGNATURE));
    }

    @Override
    public void round(final int count, final Histogram into) throws PeerException
    {
        process.say(ROUND + count);
        final int given = Integer.parseInt(process.awaitLine(LATENCIES));
        final ByteBuffer latencies =
            ByteBuffer.wrap(process.awaitBytes(given * Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        while (latencies.hasRemaining())
        {
            into.recordValue(latencies.getLong());
        }
    }

    @Override
    public void close()
    {
        process.close();
        if (null != server)
        {
            server.close();
        }
    }
}
