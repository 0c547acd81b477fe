package io.countersign.gateway.register;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a register's file.
 */
final class RegisterWriter
{
    static final String TAG = ",\"tag\":\"";
    static final String SEAL = ",\"seal\":\"";
    static final String END = "\"}";

    private RegisterWriter()
    {
    }

    /** The head goes first in the file, but is sealed last. */
    static byte[] write(final Register register, final RegisterHead head, final RegisterSeal seal)
        throws RegisterException
    {
        final EntryWriter writer = new EntryWriter();
        final List<String> bodies = new ArrayList<>(head.entries());
        register.keys().forEach((key) -> bodies.add(writer.body(key)));
        register.operators().forEach((operator) -> bodies.add(writer.body(operator)));
        register.recoveries().forEach((recovery) -> bodies.add(writer.body(recovery)));

        try (LineTags tags = new LineTags(seal))
        {
            final byte[] headBody = writer.body(head).getBytes(StandardCharsets.UTF_8);
            final MessageDigest digest = tags.begin(headBody, 0, headBody.length);
            final ByteArrayOutputStream entries = new ByteArrayOutputStream(1024 * (1 + bodies.size()));
            final byte[] tag = new byte[LineTags.LENGTH];
            int lineNumber = 1;
            for (final String text : bodies)
            {
                final byte[] body = text.getBytes(StandardCharsets.UTF_8);
                tags.tag(++lineNumber, body, 0, body.length, tag);
                digest.update(tag);
                append(entries, body, TAG, tag);
            }

            final ByteArrayOutputStream file = new ByteArrayOutputStream(entries.size() + 1024);
            append(file, headBody, SEAL, tags.seal(digest));
            entries.writeTo(file);
            return file.toByteArray();
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("an array took no bytes", ex);
        }
    }

    private static void append(
        final ByteArrayOutputStream file, final byte[] body, final String member, final byte[] mac)
    {
        file.writeBytes(body);
        file.writeBytes((member + HexFormat.of().formatHex(mac) + END + '\n').getBytes(StandardCharsets.US_ASCII));
    }
}
