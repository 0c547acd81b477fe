package io.countersign.client;

import org.agrona.MutableDirectBuffer;

/**
 * Writes characters as UTF-8 (RFC 3629) without allocating.
 */
final class Utf8
{
    static final int NOT_ENCODABLE = -1;

    private Utf8()
    {
    }

    /**
     * Writes a text.
     *
     * @param text      to write.
     * @param buffer    to write to.
     * @param offset    of the first byte.
     * @param maxLength most bytes that may be written.
     * @return bytes written, or {@link #NOT_ENCODABLE} where the text needs more or holds half a surrogate pair.
     */
    static int encode(final CharSequence text, final MutableDirectBuffer buffer, final int offset, final int maxLength)
    {
        final int chars = text.length();
        if (chars > maxLength)
        {
            return NOT_ENCODABLE;
        }

        int length = 0;
        for (int i = 0; i < chars; i++)
        {
            final char first = text.charAt(i);
            int codePoint = first;
            if (Character.isSurrogate(first))
            {
                if (!Character.isHighSurrogate(first) || ++i == chars || !Character.isLowSurrogate(text.charAt(i)))
                {
                    return NOT_ENCODABLE;
                }

                codePoint = Character.toCodePoint(first, text.charAt(i));
            }

            final int needed = lengthOf(codePoint);
            if (length + needed > maxLength)
            {
                return NOT_ENCODABLE;
            }

            put(codePoint, needed, buffer, offset + length);
            length += needed;
        }

        return length;
    }

    private static int lengthOf(final int codePoint)
    {
        if (codePoint < 0x80)
        {
            return 1;
        }

        if (codePoint < 0x800)
        {
            return 2;
        }

        return codePoint < 0x10000 ? 3 : 4;
    }

    private static void put(
        final int codePoint, final int length, final MutableDirectBuffer buffer, final int offset)
    {
        if (1 == length)
        {
            buffer.putByte(offset, (byte) codePoint);
            return;
        }

        int rest = codePoint;
        for (int i = length - 1; i > 0; i--)
        {
            buffer.putByte(offset + i, (byte) (0x80 | (rest & 0x3F)));
            rest >>>= 6;
        }

        final int lead = (0xF00 >> length) & 0xFF;
        buffer.putByte(offset, (byte) (lead | rest));
    }
}
