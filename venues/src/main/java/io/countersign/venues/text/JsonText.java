package io.countersign.venues.text;

import org.agrona.DirectBuffer;

/**
 * The inside of a JSON string (RFC 8259 section 7): quotation mark and backslash are escaped, the rest is UTF-8 as it
 * is. Text that {@link Utf8Text} does not know, control characters among it, is refused.
 */
public final class JsonText
{
    private JsonText()
    {
    }

    /**
     * Appends text in its escaped form. The writer fails with {@link TextWriter#INVALID} when the text is refused.
     *
     * @param out    to append to.
     * @param text   that holds the bytes; every index from offset is inside.
     * @param offset of the first byte.
     * @param length in bytes.
     */
    public static void append(final TextWriter out, final DirectBuffer text, final int offset, final int length)
    {
        final int end = offset + length;
        int position = offset;
        while (position < end)
        {
            final byte value = text.getByte(position);
            if (value == '"' || value == '\\')
            {
                out.put((byte) '\\').put(value);
                position++;
                continue;
            }
            final int sequenceLength = Utf8Text.sequenceLength(text, position, end);
            if (sequenceLength == 0)
            {
                out.invalid();
                return;
            }
            out.put(text, position, sequenceLength);
            position += sequenceLength;
        }
    }
}
