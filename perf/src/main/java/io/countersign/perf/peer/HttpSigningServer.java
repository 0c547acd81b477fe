package io.countersign.perf.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The signer's process of {@link HttpPeer}: anyone on this machine may ask it, it is for measuring only. Requests are
 * handled on the server's own thread, without handing them to another, and signed by the quickest call that there is
 * from Java: our lane's.
 */
final class HttpSigningServer implements SigningListener
{
    private static final int HTTP_OK = 200;
    private static final int HTTP_ERROR = 500;

    private final SigningLane lane;
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(SigningLane.MAX_PAYLOAD_LENGTH));
    private byte[] signature;

    private HttpSigningServer(final SigningLane lane)
    {
        this.lane = lane;
    }

    /**
     * Serve until the end of the standard input.
     *
     * @param args of a {@link PeerKey}.
     */
    public static void main(final String[] args)
    {
        int exitCode = 0;
        try
        {
            serve(PeerKey.of(args));
        }
        catch (final Exception ex)
        {
            SignerLoop.say(PeerProcess.FAILED + SignerLoop.describe(ex));
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    @Override
    public void onSigned(final long correlationId, final DirectBuffer signature, final int offset, final int length)
    {
        this.signature = new byte[length];
        signature.getBytes(offset, this.signature);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        signature = null;
    }

    private static void serve(final PeerKey key) throws Exception
    {
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(key.module())
            .tokenLabel(key.tokenLabel())
            .tokenSerial(key.tokenSerial())
            .pinFile(key.pinFile())
            .keys(List.of(key.key()))
            .conclude());
            TokenConnection connection = connector.connect())
        {
            final HttpSigningServer signer = new HttpSigningServer(connection.inlineLane());
            final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/sign", signer::handle);
            server.start();
            SignerLoop.say(MeasuringProcess.READY + " " + server.getAddress().getPort());
            while (0 <= System.in.read())
            {
                Thread.onSpinWait();
            }
            server.stop(0);
        }
    }

    private void handle(final HttpExchange exchange) throws IOException
    {
        final byte[] request = SignJson.payload(exchange.getRequestBody().readAllBytes());
        payload.putBytes(0, request);
        signature = null;
        if (lane.submit(0, 0, payload, 0, request.length))
        {
            lane.poll(this);
        }
        final byte[] answer = null == signature ? new byte[]{'{', '}'} : SignJson.answer(signature);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(null == signature ? HTTP_ERROR : HTTP_OK, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
