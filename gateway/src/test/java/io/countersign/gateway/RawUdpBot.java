package io.countersign.gateway;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;

/**
 * Sends packets of Aeron's protocol from an address, without a media driver, and listens there at the egress port.
 */
final class RawUdpBot implements AutoCloseable
{
    private static final int STREAM_ID = 1001;
    private static final int TERM_LENGTH = 64 * 1024;
    private static final int SILENCE_MS = 300;

    private final DatagramSocket socket;
    private final DatagramSocket listener;
    private final InetAddress gateway;
    private final int port;

    RawUdpBot(final String address, final int port, final int egressPort) throws IOException
    {
        gateway = InetAddress.getByName("127.0.0.1");
        this.port = port;
        socket = new DatagramSocket(0, InetAddress.getByName(address));
        listener = new DatagramSocket(egressPort, InetAddress.getByName(address));
        listener.setSoTimeout(SILENCE_MS);
    }

    void sendSetup(final int aeronSessionId, final int termId) throws IOException
    {
        final byte[] packet = new byte[SetupFlyweight.HEADER_LENGTH];
        final SetupFlyweight setup = new SetupFlyweight(new UnsafeBuffer(packet));
        setup
            .sessionId(aeronSessionId)
            .streamId(STREAM_ID)
            .initialTermId(termId)
            .activeTermId(termId)
            .termOffset(0)
            .termLength(TERM_LENGTH)
            .mtuLength(1408)
            .ttl(0);
        setup.version(SetupFlyweight.CURRENT_VERSION)
            .flags((short) 0)
            .headerType(SetupFlyweight.HDR_TYPE_SETUP)
            .frameLength(SetupFlyweight.HEADER_LENGTH);
        send(packet);
    }

    void sendData(final int aeronSessionId, final int termId, final int termOffset, final byte[] frame)
        throws IOException
    {
        final byte[] packet = new byte[DataHeaderFlyweight.HEADER_LENGTH + frame.length];
        final DataHeaderFlyweight data = new DataHeaderFlyweight(new UnsafeBuffer(packet));
        data.sessionId(aeronSessionId).streamId(STREAM_ID).termId(termId).termOffset(termOffset).reservedValue(0);
        data.version(DataHeaderFlyweight.CURRENT_VERSION)
            .flags(DataHeaderFlyweight.BEGIN_AND_END_FLAGS)
            .headerType(DataHeaderFlyweight.HDR_TYPE_DATA)
            .frameLength(packet.length);
        System.arraycopy(frame, 0, packet, DataHeaderFlyweight.HEADER_LENGTH, frame.length);
        send(packet);
    }

    /** The next packet at the egress port, or null when there is none. */
    byte[] received() throws IOException
    {
        final DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        try
        {
            listener.receive(packet);
            return packet.getData();
        }
        catch (final SocketTimeoutException ex)
        {
            return null;
        }
    }

    @Override
    public void close()
    {
        socket.close();
        listener.close();
    }

    private void send(final byte[] packet) throws IOException
    {
        socket.send(new DatagramPacket(packet, packet.length, gateway, port));
    }
}
