package io.countersign.client;

import io.countersign.codecs.wire.Method;
import org.agrona.DirectBuffer;

/**
 * A finished request, ready for the venue. Send path, query, headers and body as they are: the signature covers them.
 * Where the method is MESSAGE, it is one WebSocket or FIX message: send the body alone.
 *
 * @param requestId       of the request that this answers.
 * @param method          of HTTP, or MESSAGE.
 * @param path            of the request line.
 * @param query           as it goes on the request line, without the question mark; empty where there is none.
 * @param headers         lines {@code Name: value}, each ended by LF; empty where there are none.
 * @param body            empty where there is none; goes out as UTF-8. A FIX message holds SOH (U+0001) as it is.
 * @param signature       as the venue writes it, before percent-encoding; already in its place in the request.
 * @param timestampMs     the venue timestamp inside the request: milliseconds since 1970, UTC.
 * @param outcomeSequence of the outcome record in the audit journal.
 * @param signNs          time inside the token in nanoseconds.
 */
public record SignedRequest(
    long requestId,
    Method method,
    String path,
    String query,
    String headers,
    String body,
    String signature,
    long timestampMs,
    long outcomeSequence,
    long signNs)
{
    static SignedRequest copyOf(final SignedRequestView signed)
    {
        return new SignedRequest(
            signed.requestId(),
            signed.method(),
            text(signed.path()),
            text(signed.query()),
            text(signed.headers()),
            text(signed.body()),
            text(signed.signature()),
            signed.timestampMs(),
            signed.outcomeSequence(),
            signed.signNs());
    }

    /**
     * Names the request without what would let a reader of a log send it.
     */
    @Override
    public String toString()
    {
        return "SignedRequest[requestId=" + requestId + ", method=" + method + ", path=" + path +
            ", timestampMs=" + timestampMs + ", outcomeSequence=" + outcomeSequence + ", signNs=" + signNs + "]";
    }

    private static String text(final DirectBuffer buffer)
    {
        return buffer.getStringWithoutLengthUtf8(0, buffer.capacity());
    }
}
