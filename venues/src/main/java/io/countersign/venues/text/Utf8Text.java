package io.countersign.venues.text;

import org.agrona.DirectBuffer;

/**
 * Checks text that somebody else chose: well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF) without control characters (U+0000 to U+001F, U+007F to U+009F).
 */
public final class Utf8Text
{
    private static final int LAST_CONTROL_C0 = 0x1F;
    private static final int DELETE = 0x7F;

    private Utf8Text()
    {
    }

    /**
     * How long the character at a position is. The ranges are those of RFC 3629 section 4.
     *
     * @param text     that holds it.
     * @param position of its first byte, below end.
     * @param end      of the text.
     * @return 1 to 4 bytes; 0 when there is no well-formed character, or a control character.
     */
    public static int sequenceLength(final DirectBuffer text, final int position, final int end)
    {
        final int lead = text.getByte(position) & 0xFF;
        if (lead <= DELETE)
        {
            return lead > LAST_CONTROL_C0 && lead < DELETE ? 1 : 0;
        }
        final int second = position + 1 < end ? text.getByte(position + 1) & 0xFF : 0;
        if (lead < 0xE0)
        {
            // C0 and C1 would be overlong, C2 80 to C2 9F are the controls U+0080 to U+009F.
            return lead >= 0xC2 && isBetween(second, lead == 0xC2 ? 0xA0 : 0x80, 0xBF) ? 2 : 0;
        }
        if (lead < 0xF0)
        {
            return isBetween(second, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) &&
                isContinuation(text, position + 2, end) ? 3 : 0;
        }
        return lead <= 0xF4 &&
            isBetween(second, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) &&
            isContinuation(text, position + 2, end) &&
            isContinuation(text, position + 3, end) ? 4 : 0;
    }

    private static boolean isContinuation(final DirectBuffer text, final int position, final int end)
    {
        return position < end && isBetween(text.getByte(position) & 0xFF, 0x80, 0xBF);
    }

    private static boolean isBetween(final int value, final int first, final int last)
    {
        return value >= first && value <= last;
    }
}
