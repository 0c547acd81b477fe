package io.countersign.gateway.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) that can be understood in one way only: well-formed UTF-8, no member twice in an object, no
 * half of a surrogate pair, nothing before or after. Objects become {@code Map<String, Object>}, arrays
 * {@code List<Object>}, texts {@code String}, numbers {@link Literal} as they are written, true and false
 * {@code Boolean}, null {@link #NULL}.
 */
public final class StrictJson
{
    /** The value null. */
    public static final Object NULL = new Literal("null");

    private static final int MAX_DEPTH = 16;

    private final String text;
    private int position;
    private int depth;

    /**
     * A number as it is written.
     *
     * @param text of the number.
     */
    public record Literal(String text)
    {
    }

    private StrictJson(final String text)
    {
        this.text = text;
    }

    /**
     * Reads a text that is one object.
     *
     * @param utf8 the text.
     * @return its members, in the order in which they are written.
     * @throws JsonException when it is something else.
     */
    public static Map<String, Object> object(final byte[] utf8) throws JsonException
    {
        final String text;
        try
        {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            throw new JsonException("1:1: not UTF-8 text", false);
        }
        final StrictJson json = new StrictJson(text);
        json.skipSpace();
        if ('{' != json.peek())
        {
            throw json.error("expected a JSON object");
        }
        final Map<String, Object> object = json.object();
        json.skipSpace();
        if (json.position < text.length())
        {
            throw json.error("expected nothing after the JSON object");
        }
        return object;
    }

    private Object value() throws JsonException
    {
        skipSpace();
        return switch (peek())
        {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() throws JsonException
    {
        enter();
        final Map<String, Object> members = new LinkedHashMap<>();
        skipSpace();
        if ('}' != peek())
        {
            do
            {
                skipSpace();
                final int start = position;
                final String name = string();
                skipSpace();
                expect(':');
                if (null != members.put(name, value()))
                {
                    position = start;
                    throw new JsonException(place() + "a member stands twice in one object", true);
                }
                skipSpace();
            }
            while (isNext(','));
        }
        expect('}');
        depth--;
        return members;
    }

    private List<Object> array() throws JsonException
    {
        enter();
        final List<Object> items = new ArrayList<>();
        skipSpace();
        if (']' != peek())
        {
            do
            {
                items.add(value());
                skipSpace();
            }
            while (isNext(','));
        }
        expect(']');
        depth--;
        return items;
    }

    private void enter() throws JsonException
    {
        position++;
        if (++depth > MAX_DEPTH)
        {
            throw error("nested more than " + MAX_DEPTH + " deep");
        }
    }

    private String string() throws JsonException
    {
        expect('"');
        int end = position;
        while (end < text.length() && isPlain(text.charAt(end)))
        {
            end++;
        }
        if (end == text.length() || '"' != text.charAt(end))
        {
            return stringWithEscapes();
        }
        // The text is well-formed, so only an escape can bring half of a surrogate pair.
        final String value = text.substring(position, end);
        position = end + 1;
        return value;
    }

    private static boolean isPlain(final char c)
    {
        return ' ' <= c && '"' != c && '\\' != c;
    }

    private String stringWithEscapes() throws JsonException
    {
        final StringBuilder value = new StringBuilder();
        while ('"' != peek())
        {
            final char next = next();
            if (next < ' ')
            {
                throw error("a control character in a text");
            }
            value.append('\\' == next ? escaped() : next);
        }
        position++;
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value))
        {
            throw error("half of a surrogate pair in a text");
        }
        return value.toString();
    }

    private char escaped() throws JsonException
    {
        final char next = next();
        return switch (next)
        {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("an unknown escape in a text");
        };
    }

    private char unicode() throws JsonException
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            final char next = next();
            final int digit = next < 128 ? Character.digit(next, 16) : -1;
            if (digit < 0)
            {
                throw error("an escape without four hexadecimal digits in a text");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private Object word(final String word, final Object value) throws JsonException
    {
        if (!text.startsWith(word, position))
        {
            throw error("expected a JSON value");
        }
        position += word.length();
        return value;
    }

    private Literal number() throws JsonException
    {
        final int start = position;
        isNext('-');
        if (!isNext('0'))
        {
            digits();
        }
        if (isNext('.'))
        {
            digits();
        }
        if (isNext('e') || isNext('E'))
        {
            if (!isNext('-'))
            {
                isNext('+');
            }
            digits();
        }
        return new Literal(text.substring(start, position));
    }

    private void digits() throws JsonException
    {
        final int start = position;
        while ('0' <= peek() && peek() <= '9')
        {
            position++;
        }
        if (start == position)
        {
            throw error("expected a JSON value");
        }
    }

    private void skipSpace()
    {
        while (' ' == peek() || '\t' == peek() || '\n' == peek() || '\r' == peek())
        {
            position++;
        }
    }

    /** The next character, 0 at the end: that one can stand nowhere in JSON. */
    private char peek()
    {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private char next() throws JsonException
    {
        if (position == text.length())
        {
            throw error("ends too early");
        }
        return text.charAt(position++);
    }

    private boolean isNext(final char expected)
    {
        if (expected != peek())
        {
            return false;
        }
        position++;
        return true;
    }

    private void expect(final char expected) throws JsonException
    {
        if (!isNext(expected))
        {
            throw error("expected " + expected);
        }
    }

    private JsonException error(final String what)
    {
        return new JsonException(place() + what, false);
    }

    private String place()
    {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(position, text.length()); i++)
        {
            final boolean isEnd = '\n' == text.charAt(i);
            line += isEnd ? 1 : 0;
            column = isEnd ? 1 : column + 1;
        }
        return line + ":" + column + ": ";
    }
}
