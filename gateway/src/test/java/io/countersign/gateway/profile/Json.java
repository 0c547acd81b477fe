package io.countersign.gateway.profile;

import java.util.ArrayList;
import java.util.List;

/** Reads JSON as RFC 8259 has it and nothing more, and keeps what others lose: order, doublets, how numbers stand. */
final class Json
{
    /** A member of an object. */
    record Member(String name, Object value)
    {
    }

    /** What stands without quotes: a number, true, false or null. */
    record Bare(String text)
    {
    }

    private final String text;
    private int position;

    private Json(final String text)
    {
        this.text = text;
    }

    /** A list of members, a list of values, a string or a bare word. */
    static Object parse(final String text)
    {
        final Json json = new Json(text);
        final Object value = json.value();
        if (json.position != text.length())
        {
            throw new IllegalArgumentException("more behind the end: " + text.substring(json.position));
        }
        return value;
    }

    private Object value()
    {
        return switch (peek())
        {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> bare();
        };
    }

    private List<Object> object()
    {
        final List<Object> members = new ArrayList<>();
        expect('{');
        while (peek() != '}')
        {
            if (!members.isEmpty())
            {
                expect(',');
            }
            final String name = string();
            expect(':');
            members.add(new Member(name, value()));
        }
        expect('}');
        return members;
    }

    private List<Object> array()
    {
        final List<Object> values = new ArrayList<>();
        expect('[');
        while (peek() != ']')
        {
            if (!values.isEmpty())
            {
                expect(',');
            }
            values.add(value());
        }
        expect(']');
        return values;
    }

    private String string()
    {
        final StringBuilder value = new StringBuilder();
        expect('"');
        while (peek() != '"')
        {
            final char c = text.charAt(position++);
            if (c < ' ')
            {
                throw new IllegalArgumentException("control character in a string");
            }
            if (c == '\\')
            {
                final char escaped = text.charAt(position++);
                if (escaped != '"' && escaped != '\\')
                {
                    throw new IllegalArgumentException("escape \\" + escaped);
                }
                value.append(escaped);
            }
            else
            {
                value.append(c);
            }
        }
        expect('"');
        return value.toString();
    }

    private Bare bare()
    {
        final int begin = position;
        while (position < text.length() && ",]}".indexOf(text.charAt(position)) < 0)
        {
            position++;
        }
        final String word = text.substring(begin, position);
        if (!word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?"))
        {
            throw new IllegalArgumentException("no JSON: " + word);
        }
        return new Bare(word);
    }

    private char peek()
    {
        return text.charAt(position);
    }

    private void expect(final char c)
    {
        if (text.charAt(position) != c)
        {
            throw new IllegalArgumentException("expected " + c + " at " + position + " of " + text);
        }
        position++;
    }
}
