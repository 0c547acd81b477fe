package io.countersign.gateway.register;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Files with a genuine seal over whatever lines a test wants. */
final class SealedText
{
    private SealedText()
    {
    }

    /** The lines are whole objects without tags. */
    static byte[] file(final RegisterSeal seal, final String head, final String... lines) throws RegisterException
    {
        try (LineTags tags = new LineTags(seal))
        {
            final ByteArrayOutputStream entries = new ByteArrayOutputStream();
            final byte[] headBody = body(head);
            final MessageDigest digest = tags.begin(headBody, 0, headBody.length);
            final byte[] tag = new byte[LineTags.LENGTH];
            for (int i = 0; i < lines.length; i++)
            {
                final byte[] body = body(lines[i]);
                tags.tag(2 + i, body, 0, body.length, tag);
                digest.update(tag);
                append(entries, body, RegisterWriter.TAG, tag);
            }
            final ByteArrayOutputStream file = new ByteArrayOutputStream();
            append(file, headBody, RegisterWriter.SEAL, tags.seal(digest));
            file.writeBytes(entries.toByteArray());
            return file.toByteArray();
        }
    }

    static String head(final int keys, final int operators, final int recoveries)
    {
        return "{\"register\":\"countersign-register 1\",\"generation\":1,\"saved\":\"2026-11-30T19:00:00.000Z\"," +
            "\"previous\":\"" + "0".repeat(64) + "\",\"keys\":" + keys + ",\"operators\":" + operators +
            ",\"recoveries\":" + recoveries + "}";
    }

    private static byte[] body(final String object)
    {
        return object.substring(0, object.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static void append(
        final ByteArrayOutputStream file, final byte[] body, final String member, final byte[] mac)
    {
        file.writeBytes(body);
        file.writeBytes((member + HexFormat.of().formatHex(mac) + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    }
}
