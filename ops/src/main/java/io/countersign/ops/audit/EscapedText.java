package io.countersign.ops.audit;

/**
 * Makes text that anybody may have written harmless on a terminal: control characters (which move the cursor, set the
 * title or paint over other lines), characters that turn the direction of text round or cannot be seen, and half
 * surrogates become a backslash, {@code u} and four hexadecimal digits; a backslash becomes two.
 */
public final class EscapedText
{
    private EscapedText()
    {
    }

    /**
     * Escape a text.
     *
     * @param text that anybody may have written.
     * @return the same when it was harmless.
     */
    public static String of(final String text)
    {
        final StringBuilder out = new StringBuilder(text.length());
        append(out, text);
        return out.toString();
    }

    static void append(final StringBuilder out, final String text)
    {
        text.codePoints().forEach((c) ->
        {
            if ('\\' == c)
            {
                out.append("\\\\");
            }
            else
            {
                append(out, c);
            }
        });
    }

    static void append(final StringBuilder out, final int codePoint)
    {
        if (isHarmless(codePoint))
        {
            out.appendCodePoint(codePoint);
        }
        else
        {
            for (final char unit : Character.toChars(codePoint))
            {
                appendUnit(out, unit);
            }
        }
    }

    private static void appendUnit(final StringBuilder out, final int unit)
    {
        out.append("\\u%04x".formatted(unit));
    }

    private static boolean isHarmless(final int codePoint)
    {
        return switch (Character.getType(codePoint))
        {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
