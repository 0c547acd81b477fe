package io.countersign.gateway.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Text under one or more signatures, as C2SP signed-note has it: the text, an empty line, and lines
 * {@code — NAME BASE64(key id, 4 bytes || signature)}.
 *
 * @param text       ends with a line feed.
 * @param signatures in the order of their lines.
 */
public record SignedNote(String text, List<Line> signatures)
{
    /** What a signature line begins with: an em dash and a space. */
    public static final String LINE_PREFIX = "\u2014 ";

    private static final int MAX_SIGNATURES = 64;
    private static final int KEY_ID_LENGTH = 4;

    /**
     * One signature, not yet verified.
     *
     * @param name      of the key.
     * @param keyId     of the key, {@link NoteKey#keyId()}.
     * @param signature without the key id; its format is a matter of the key's type.
     */
    public record Line(String name, int keyId, byte[] signature)
    {
        /**
         * As in a note.
         *
         * @return the line with its line feed.
         */
        public String format()
        {
            final byte[] bytes =
                ByteBuffer.allocate(KEY_ID_LENGTH + signature.length).putInt(keyId).put(signature).array();
            return LINE_PREFIX + name + ' ' + Base64.getEncoder().encodeToString(bytes) + '\n';
        }

        private static Line parse(final String line) throws NoteException
        {
            final String[] words = line.split(" ", -1);
            if (!line.startsWith(LINE_PREFIX) || 3 != words.length || words[1].isEmpty())
            {
                throw new NoteException("a signature line is not '\u2014 NAME BASE64'");
            }
            final byte[] bytes = base64(words[2]);
            if (bytes.length <= KEY_ID_LENGTH)
            {
                throw new NoteException("a signature is too short");
            }
            return new Line(
                words[1], ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, KEY_ID_LENGTH, bytes.length));
        }
    }

    /**
     * Read a note.
     *
     * @param note the whole of it, with its last line feed.
     * @return what is in it; nothing is verified.
     * @throws NoteException when it is none.
     */
    public static SignedNote parse(final String note) throws NoteException
    {
        final int blank = note.lastIndexOf("\n\n");
        if (blank <= 0 || !note.endsWith("\n") || note.chars().anyMatch((c) -> c < ' ' && '\n' != c))
        {
            throw new NoteException("it is not a text, an empty line and signature lines");
        }
        final List<Line> lines = new ArrayList<>();
        for (final String line : note.substring(blank + 2).lines().toList())
        {
            lines.add(Line.parse(line));
        }
        if (lines.isEmpty() || lines.size() > MAX_SIGNATURES)
        {
            throw new NoteException(
                "it has " + lines.size() + " signatures, and 1 to " + MAX_SIGNATURES + " are taken");
        }
        return new SignedNote(note.substring(0, blank + 1), List.copyOf(lines));
    }

    /**
     * The whole note.
     *
     * @return text that {@link #parse(String)} reads.
     */
    public String format()
    {
        final StringBuilder note = new StringBuilder(text).append('\n');
        for (final Line line : signatures)
        {
            note.append(line.format());
        }
        return note.toString();
    }

    /**
     * What is signed.
     *
     * @return the text in UTF-8.
     */
    public byte[] signedBytes()
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Strict: as an encoder writes it, with padding, so that no two texts stand for the same bytes. */
    static byte[] base64(final String text) throws NoteException
    {
        try
        {
            final byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text))
            {
                return bytes;
            }
        }
        catch (final IllegalArgumentException ignore)
        {
            // Answered below.
        }
        throw new NoteException("'" + text + "' is no base64");
    }
}
