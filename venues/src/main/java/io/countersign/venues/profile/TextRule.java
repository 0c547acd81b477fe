package io.countersign.venues.profile;

import io.countersign.venues.text.JsonText;
import io.countersign.venues.text.PercentEncoding;
import io.countersign.venues.text.TextWriter;
import io.countersign.venues.text.Utf8Text;
import org.agrona.DirectBuffer;

/**
 * Which texts may stand in a place and how they are written there, so that none can end the place. Immutable.
 */
final class TextRule
{
    /** Printable ASCII: what configuration gives. */
    static final CharacterSet PRINTABLE = CharacterSet.of(" -~");

    private static final String UNRESERVED_MARKS = "-_.~";

    /** Where a text goes. */
    enum Place
    {
        /** A value of a query or form, percent-encoded. */
        PERCENT(""),

        /** A value of a query or form as it is. */
        RAW("&=%+# "),

        /** The inside of a JSON string. */
        JSON(""),

        /** A value of FIX. */
        FIX(""),

        /** The value of a header. */
        HEADER(""),

        /** A segment of a path, percent-encoded. */
        PATH("/\\"),

        /** What is signed and not sent. */
        SIGNED("");

        private final String delimiters;

        Place(final String delimiters)
        {
            this.delimiters = delimiters;
        }

        /** Whether the place can hold characters beyond ASCII. */
        boolean isUnicode()
        {
            return this != FIX && this != HEADER;
        }

        /** Whether a character of ASCII that is none of control must not stand here, in no form. */
        boolean excludes(final int character)
        {
            return delimiters.indexOf(character) >= 0;
        }
    }

    private final Place place;
    private final int maxLength;
    private final boolean isUnicode;
    /** ASCII that may stand here. */
    private final boolean[] isAllowed = new boolean[128];
    /** Bytes that may stand here as they are. */
    private final boolean[] isPlain = new boolean[256];

    TextRule(final Place place, final CharacterSet characters, final int maxLength)
    {
        this.place = place;
        this.maxLength = maxLength;
        isUnicode = characters.hasAny() && place.isUnicode();
        for (int c = ' '; c < 127; c++)
        {
            isAllowed[c] = characters.has(c) && !place.excludes(c);
            isPlain[c] = isAllowed[c] && switch (place)
            {
                case PERCENT, PATH -> Character.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0;
                case JSON -> c != '"' && c != '\\';
                default -> true;
            };
        }
    }

    /** Appends a text, or returns false when it may not stand here. */
    boolean append(final TextWriter out, final DirectBuffer text, final int offset, final int length)
    {
        if (length > maxLength)
        {
            return false;
        }
        final int end = offset + length;
        int position = offset;
        while (position < end && isPlain[text.getByte(position) & 0xFF])
        {
            position++;
        }
        if (position < end)
        {
            return isAllowed(text, offset, end) && appendEncoded(out, text, offset, length);
        }
        out.put(text, offset, length);
        return place != Place.PATH || !isDots(text, offset, end);
    }

    private boolean appendEncoded(final TextWriter out, final DirectBuffer text, final int offset, final int length)
    {
        switch (place)
        {
            case PERCENT, PATH -> PercentEncoding.append(out, text, offset, length);
            case JSON -> JsonText.append(out, text, offset, length);
            default -> out.put(text, offset, length);
        }
        return out.fault() != TextWriter.INVALID;
    }

    private boolean isAllowed(final DirectBuffer text, final int offset, final int end)
    {
        int position = offset;
        while (position < end)
        {
            final byte value = text.getByte(position);
            final int length = value >= 0 ? 1 : isUnicode ? Utf8Text.sequenceLength(text, position, end) : 0;
            if (length == 0 || value >= 0 && !isAllowed[value])
            {
                return false;
            }
            position += length;
        }
        return true;
    }

    /** Segments of dots are steps up the path, whoever follows them. */
    private static boolean isDots(final DirectBuffer text, final int offset, final int end)
    {
        int position = offset;
        while (position < end && text.getByte(position) == '.')
        {
            position++;
        }
        return position == end;
    }
}
