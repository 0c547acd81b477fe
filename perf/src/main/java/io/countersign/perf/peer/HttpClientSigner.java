package io.countersign.perf.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bot's process of {@link HttpPeer}. A client of its own on one socket with TCP_NODELAY, which is quicker than
 * {@code java.net.http}: each request is one write, and nothing is handed to other threads.
 */
final class HttpClientSigner implements PayloadSigner
{
    private static final int BUFFER_LENGTH = 16 * 1024;
    private static final String CONTENT_LENGTH = "content-length:";
    private static final String HEADERS_END = "\r\n\r\n";

    private final PeerKey key;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_LENGTH];

    private HttpClientSigner(final PeerKey key, final Socket socket) throws IOException
    {
        this.key = key;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Sign as told on the standard input.
     *
     * @param args of a {@link PeerKey}, then the port.
     */
    public static void main(final String[] args)
    {
        SignerLoop.run(() ->
        {
            final Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[PeerKey.ARGUMENTS]));
            socket.setTcpNoDelay(true);
            return new HttpClientSigner(PeerKey.of(args), socket);
        });
    }

    @Override
    public byte[] sign() throws IOException
    {
        final byte[] body = SignJson.request(key.key().alias(), key.payload());
        final byte[] head = ("POST /sign HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
            "Content-Length: " + body.length + HEADERS_END).getBytes(StandardCharsets.US_ASCII);
        final byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
        return SignJson.signature(answer());
    }

    private String answer() throws IOException
    {
        String answer = more("");
        int headersEnd = answer.indexOf(HEADERS_END);
        while (headersEnd < 0)
        {
            answer = more(answer);
            headersEnd = answer.indexOf(HEADERS_END);
        }
        if (!answer.startsWith("HTTP/1.1 200 "))
        {
            throw new IOException("the signer answered " + answer.lines().findFirst().orElse(""));
        }
        final String headers = answer.substring(0, headersEnd).toLowerCase(Locale.ROOT);
        final int valueOffset = headers.indexOf(CONTENT_LENGTH) + CONTENT_LENGTH.length();
        final int lineEnd = headers.indexOf('\r', valueOffset);
        final int length =
            Integer.parseInt(headers.substring(valueOffset, lineEnd < 0 ? headersEnd : lineEnd).strip());
        final int bodyOffset = headersEnd + HEADERS_END.length();
        while (answer.length() < bodyOffset + length)
        {
            answer = more(answer);
        }
        return answer.substring(bodyOffset);
    }

    private String more(final String before) throws IOException
    {
        final int length = in.read(buffer);
        if (length < 0)
        {
            throw new EOFException("the signer closed the connection");
        }
        return before + new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }
}
