package io.countersign.venues.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts that a venue has for the codes of one enumerated field, made once so that writing one is a copy.
 * Immutable.
 */
public final class LiteralTable
{
    private final byte[][] texts;
    private final short nullCode;

    private LiteralTable(final byte[][] texts, final short nullCode)
    {
        this.texts = texts;
        this.nullCode = nullCode;
    }

    /**
     * A table without texts.
     *
     * @param nullCode the code that means that the field is absent.
     * @return the table.
     */
    public static LiteralTable of(final short nullCode)
    {
        return new LiteralTable(new byte[0][], nullCode);
    }

    /**
     * A table that has one text more.
     *
     * @param code of the wire schema, not negative and not the null code.
     * @param text the venue's word for it, ASCII.
     * @return a new table.
     */
    public LiteralTable with(final short code, final String text)
    {
        final byte[][] longer = Arrays.copyOf(texts, Math.max(texts.length, code + 1));
        longer[code] = text.getBytes(StandardCharsets.US_ASCII);
        return new LiteralTable(longer, nullCode);
    }

    /**
     * One more than the largest code that has a text.
     *
     * @return the size of an array with a place for each.
     */
    public int size()
    {
        return texts.length;
    }

    /**
     * Whether a code has a text.
     *
     * @param code any.
     * @return true when {@link #text} has one.
     */
    public boolean has(final short code)
    {
        return code >= 0 && code < texts.length && texts[code] != null;
    }

    /**
     * Whether a code has a text or means that the field is absent.
     *
     * @param code any.
     * @return true when a request may carry it.
     */
    public boolean hasOrNull(final short code)
    {
        return code == nullCode || has(code);
    }

    /**
     * The text of a code.
     *
     * @param code that {@link #has} a text.
     * @return its bytes, not to be changed.
     */
    public byte[] text(final short code)
    {
        return texts[code];
    }
}
