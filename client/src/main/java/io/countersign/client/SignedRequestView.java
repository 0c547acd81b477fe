package io.countersign.client;

import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.SignedRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A finished request, ready for the venue, read in place. Texts may be read in any order; all of it is valid only until
 * the listener returns. Send path, query, headers and body byte for byte: the signature covers them as they are. Where
 * the method is {@link Method#MESSAGE}, it is one WebSocket or FIX message: send the body alone.
 */
public final class SignedRequestView
{
    private final SignedRequestDecoder decoder = new SignedRequestDecoder();
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer query = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer headers = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer signature = new UnsafeBuffer(0, 0);

    SignedRequestView()
    {
    }

    SignedRequestView wrap(final DirectBuffer frame, final MessageHeaderDecoder header)
    {
        decoder.wrapAndApplyHeader(frame, 0, header);
        decoder.wrapPath(path);
        decoder.wrapQuery(query);
        decoder.wrapHeaders(headers);
        decoder.wrapBody(body);
        decoder.wrapSignature(signature);

        return this;
    }

    long sessionId()
    {
        return decoder.sessionId();
    }

    long egressSequence()
    {
        return decoder.egressSequence();
    }

    /**
     * When the request is worth nothing any more and is not to be sent to the venue.
     *
     * @return UTC nanoseconds since 1970, the deadline of the request that was signed.
     */
    public long deadlineNs()
    {
        return decoder.deadlineNs();
    }

    /**
     * Id of the request this answers.
     *
     * @return id as returned by {@link Request#offer()}.
     */
    public long requestId()
    {
        return decoder.requestId();
    }

    /**
     * Sequence of the outcome record in the audit journal.
     *
     * @return sequence of the outcome record in the audit journal.
     */
    public long outcomeSequence()
    {
        return decoder.outcomeSequence();
    }

    /**
     * The venue timestamp inside the request.
     *
     * @return milliseconds since 1970, UTC.
     */
    public long timestampMs()
    {
        return decoder.timestampMs();
    }

    /**
     * Time inside the token.
     *
     * @return nanoseconds.
     */
    public long signNs()
    {
        return decoder.signNs();
    }

    /**
     * How the request is sent.
     *
     * @return the HTTP method, or {@link Method#MESSAGE} for a WebSocket or FIX message.
     */
    public Method method()
    {
        return decoder.method();
    }

    /**
     * The path of the request line.
     *
     * @return UTF-8 bytes, from 0 to the buffer's capacity.
     */
    public DirectBuffer path()
    {
        return path;
    }

    /**
     * The query as it goes on the request line, without the question mark.
     *
     * @return UTF-8 bytes, from 0 to the buffer's capacity; of capacity 0 where there is none.
     */
    public DirectBuffer query()
    {
        return query;
    }

    /**
     * The headers: lines {@code Name: value}, each ended by LF.
     *
     * @return UTF-8 bytes, from 0 to the buffer's capacity; of capacity 0 where there are none.
     */
    public DirectBuffer headers()
    {
        return headers;
    }

    /**
     * The body.
     *
     * @return UTF-8 bytes, from 0 to the buffer's capacity; of capacity 0 where there is none.
     */
    public DirectBuffer body()
    {
        return body;
    }

    /**
     * The signature as the venue writes it, before percent-encoding. It is already in its place in the request.
     *
     * @return UTF-8 bytes, from 0 to the buffer's capacity.
     */
    public DirectBuffer signature()
    {
        return signature;
    }
}
