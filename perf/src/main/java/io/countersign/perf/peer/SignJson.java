package io.countersign.perf.peer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The bodies that {@link HttpPeer}'s processes exchange. Written and read by hand, which is quicker than a library.
 */
final class SignJson
{
    private static final String PAYLOAD = "payload";
    private static final String SIGNATURE = "signature";

    private SignJson()
    {
    }

    static byte[] request(final String keyAlias, final byte[] payload)
    {
        return ("{\"key\":\"" + keyAlias + "\",\"" + PAYLOAD + "\":\"" + encode(payload) + "\"}")
            .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] payload(final byte[] request)
    {
        return value(new String(request, StandardCharsets.US_ASCII), PAYLOAD);
    }

    static byte[] answer(final byte[] signature)
    {
        return ("{\"" + SIGNATURE + "\":\"" + encode(signature) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] signature(final String answer)
    {
        return value(answer, SIGNATURE);
    }

    private static String encode(final byte[] bytes)
    {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] value(final String json, final String name)
    {
        final String before = "\"" + name + "\":\"";
        final int found = json.indexOf(before);
        final int end = json.indexOf('"', found + before.length());
        if (found < 0 || end < 0)
        {
            throw new IllegalArgumentException("no " + name + " in " + json);
        }
        return Base64.getDecoder().decode(json.substring(found + before.length(), end));
    }
}
