package io.countersign.gateway.config;

import java.nio.file.Path;

/**
 * Where something stands in a text, as editors and the YAML parser count: from 1, a character outside the basic plane
 * as one column, a byte order mark as none.
 *
 * @param line   from 1.
 * @param column from 1.
 */
record TextPosition(int line, int column)
{
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The position of a char, or of the end of the text. */
    static TextPosition of(final CharSequence text, final int index)
    {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++)
        {
            final char character = text.charAt(i);
            final boolean isLast = i + 1 == text.length();
            if ('\n' == character || '\r' == character && (isLast || '\n' != text.charAt(i + 1)))
            {
                line++;
                column = 1;
            }
            else if (BYTE_ORDER_MARK != character && !Character.isLowSurrogate(character))
            {
                column++;
            }
        }
        return new TextPosition(line, column);
    }

    ConfigException error(final Path file, final String what)
    {
        return new ConfigException(file, line, column, what);
    }
}
