package io.countersign.perf.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A signer that speaks HTTP and JSON on the JDK's server, and a bot that asks it over one kept connection, each in a
 * process of its own.
 */
final class HttpPeer
{
    static final String NAME = "http";

    /**
     * Without delays of small packets; and the connection is kept while other peers are measured, for an hour, where
     * the server would drop it after half a minute.
     */
    private static final List<String> SERVER_FLAGS =
        List.of("-Dsun.net.httpserver.nodelay=true", "-Dsun.net.httpserver.idleInterval=3600");

    private HttpPeer()
    {
    }

    /**
     * Start server and client.
     *
     * @param key       to sign with.
     * @param temporary directory.
     * @return the peer.
     * @throws PeerException when it cannot sign.
     */
    static MeasuringProcess start(final PeerKey key, final Path temporary) throws PeerException
    {
        final PeerProcess server = PeerProcess.start(NAME + " server",
            JvmCommand.of(temporary, HttpSigningServer.class, SERVER_FLAGS, key.arguments()), Map.of());
        boolean isStarted = false;
        try
        {
            final List<String> arguments = new ArrayList<>(key.arguments());
            arguments.add(server.awaitLine(MeasuringProcess.READY));
            final MeasuringProcess peer = new MeasuringProcess(NAME, PeerProcess.start(
                NAME, JvmCommand.of(temporary, HttpClientSigner.class, List.of(), arguments), Map.of()), server);
            isStarted = true;
            return peer;
        }
        finally
        {
            if (!isStarted)
            {
                server.close();
            }
        }
    }
}
