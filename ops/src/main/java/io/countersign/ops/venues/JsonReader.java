package io.countersign.ops.venues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads JSON as RFC 8259 has it and keeps what others lose: the order of names, and how numbers stand. Throws
 * IllegalArgumentException with line and column.
 */
public final class JsonReader
{
    /**
     * A number as it stands.
     *
     * @param text its digits, point and exponent.
     */
    public record Digits(String text)
    {
        @Override
        public String toString()
        {
            return text;
        }
    }

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final String BARE = "+-.0123456789abcdefghijklmnopqrstuvwxyzE";
    private static final int MAX_DEPTH = 32;
    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 4;

    private final String text;
    private int position;
    private int depth;

    private JsonReader(final String text)
    {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @param text with nothing but it.
     * @return a map, a list, a string, {@link Digits}, a Boolean or null.
     */
    public static Object parse(final String text)
    {
        final JsonReader reader = new JsonReader(text);
        reader.blanks();
        final Object value = reader.value();
        if (reader.position < text.length())
        {
            throw reader.error("something stands behind the end");
        }
        return value;
    }

    private Object value()
    {
        if (++depth > MAX_DEPTH)
        {
            throw error("nested deeper than " + MAX_DEPTH + " levels");
        }
        final Object value = switch (peek())
        {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> bare();
        };
        depth--;
        blanks();
        return value;
    }

    private Map<String, Object> object()
    {
        final Map<String, Object> members = new LinkedHashMap<>();
        take('{');
        blanks();
        while ('}' != peek())
        {
            if (!members.isEmpty())
            {
                take(',');
                blanks();
            }
            final String name = string();
            blanks();
            take(':');
            blanks();
            if (members.containsKey(name))
            {
                throw error("'" + name + "' stands twice");
            }
            members.put(name, value());
        }
        take('}');
        return members;
    }

    private List<Object> array()
    {
        final List<Object> values = new ArrayList<>();
        take('[');
        blanks();
        while (']' != peek())
        {
            if (!values.isEmpty())
            {
                take(',');
                blanks();
            }
            values.add(value());
        }
        take(']');
        return values;
    }

    private String string()
    {
        final StringBuilder value = new StringBuilder();
        take('"');
        while ('"' != peek())
        {
            final char c = text.charAt(position);
            if (c < ' ')
            {
                throw error("a control character in a string");
            }
            position++;
            value.append('\\' == c ? escaped() : c);
        }
        take('"');
        return value.toString();
    }

    private char escaped()
    {
        final char c = peek();
        position++;
        return switch (c)
        {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("no escape: \\" + c);
        };
    }

    private char unicode()
    {
        final int end = position + ESCAPE_LENGTH;
        if (end > text.length() || !text.substring(position, end).matches("[0-9a-fA-F]{4}"))
        {
            throw error("\\u without four hexadecimal digits");
        }
        final char c = (char) Integer.parseInt(text.substring(position, end), HEX);
        position = end;
        return c;
    }

    private Object bare()
    {
        final int begin = position;
        while (position < text.length() && BARE.indexOf(text.charAt(position)) >= 0)
        {
            position++;
        }
        final String word = text.substring(begin, position);
        return switch (word)
        {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default ->
            {
                if (!NUMBER.matcher(word).matches())
                {
                    position = begin;
                    throw error("no value");
                }
                yield new Digits(word);
            }
        };
    }

    private void blanks()
    {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0)
        {
            position++;
        }
    }

    private char peek()
    {
        if (position >= text.length())
        {
            throw error("it ends too early");
        }
        return text.charAt(position);
    }

    private void take(final char c)
    {
        if (c != peek())
        {
            throw error("expected " + c);
        }
        position++;
    }

    private IllegalArgumentException error(final String what)
    {
        final String before = text.substring(0, Math.min(position, text.length()));
        final int line = 1 + (int) before.chars().filter((c) -> '\n' == c).count();
        return new IllegalArgumentException(
            line + ":" + (before.length() - before.lastIndexOf('\n')) + ": not JSON: " + what);
    }
}
