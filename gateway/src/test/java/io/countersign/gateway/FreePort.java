package io.countersign.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * UDP ports that nobody comes by between the choice and the use: below those that the system gives away by itself, each
 * once in this process, and from a place of this process on.
 */
final class FreePort
{
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
        new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePort()
    {
    }

    static int next()
    {
        while (true)
        {
            final int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (isFree("127.0.0.1", port) && isFree("::1", port))
            {
                return port;
            }
        }
    }

    private static boolean isFree(final String address, final int port)
    {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName(address)))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }
}
