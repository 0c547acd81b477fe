package io.countersign.gateway.register;

import io.countersign.gateway.json.JsonException;
import io.countersign.gateway.json.StrictJson;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The members of one line, asked for by name and type; none may be left at the end.
 */
final class EntryMembers
{
    private static final int MAX_DIGITS = 18;

    private final Map<String, Object> members;

    private EntryMembers(final Map<String, Object> members)
    {
        this.members = members;
    }

    static EntryMembers of(final byte[] utf8) throws RegisterException
    {
        try
        {
            return new EntryMembers(StrictJson.object(utf8));
        }
        catch (final JsonException ex)
        {
            // "1:7: what": each line is read alone, so its line is always the first.
            throw new RegisterException("column " + ex.getMessage().substring(2), ex);
        }
    }

    boolean has(final String name)
    {
        return members.containsKey(name);
    }

    String text(final String name) throws RegisterException
    {
        return taken(name, String.class, "a text");
    }

    String optionalText(final String name) throws RegisterException
    {
        return has(name) ? text(name) : null;
    }

    long number(final String name, final long minimum, final long maximum) throws RegisterException
    {
        final String digits = taken(name, StrictJson.Literal.class, "a number").text();
        final boolean isWhole = digits.length() <= MAX_DIGITS && digits.chars().allMatch((c) -> '0' <= c && c <= '9');
        final long value = isWhole ? Long.parseLong(digits) : -1;
        if (!isWhole || value < minimum || maximum < value)
        {
            throw new RegisterException(
                "'" + name + "' is not a whole number from " + minimum + " to " + maximum);
        }
        return value;
    }

    boolean flag(final String name) throws RegisterException
    {
        return taken(name, Boolean.class, "true or false");
    }

    long time(final String name) throws RegisterException
    {
        final long timeMs = TimeFormat.parse(text(name));
        if (timeMs < 0)
        {
            throw new RegisterException("'" + name + "' is no time in UTC such as 2026-11-30T19:00:00.000Z");
        }
        return timeMs;
    }

    long optionalTime(final String name) throws RegisterException
    {
        return has(name) ? time(name) : KeyTimes.NEVER;
    }

    byte[] hex(final String name) throws RegisterException
    {
        final String digits = text(name);
        try
        {
            final byte[] bytes = HexFormat.of().parseHex(digits);
            if (HexFormat.of().formatHex(bytes).equals(digits))
            {
                return bytes;
            }
        }
        catch (final IllegalArgumentException ignore)
        {
            // Told below, as are digits in capitals.
        }
        throw new RegisterException("'" + name + "' is not hexadecimal digits in lower case");
    }

    byte[] base64(final String name) throws RegisterException
    {
        final String text = text(name);
        try
        {
            final byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text))
            {
                return bytes;
            }
        }
        catch (final IllegalArgumentException ignore)
        {
            // Told below, as are forms that are not the canonical one.
        }
        throw new RegisterException("'" + name + "' is not base64");
    }

    <T> T choice(final String name, final Function<String, T> ofName) throws RegisterException
    {
        final T value = ofName.apply(text(name));
        if (null == value)
        {
            throw new RegisterException("'" + name + "' is none that this version knows");
        }
        return value;
    }

    Map<String, String> texts(final String name) throws RegisterException
    {
        final Map<String, String> texts = new LinkedHashMap<>();
        if (!has(name))
        {
            return texts;
        }
        final Map<?, ?> object = taken(name, Map.class, "an object");
        for (final Map.Entry<?, ?> member : object.entrySet())
        {
            if (!(member.getValue() instanceof final String text))
            {
                throw new RegisterException("'" + name + "' has a member that is no text");
            }
            texts.put((String) member.getKey(), text);
        }
        return texts;
    }

    void refuseOthers() throws RegisterException
    {
        if (!members.isEmpty())
        {
            throw new RegisterException("has the member '" +
                EntryText.shown(members.keySet().iterator().next()) + "', which this version does not know");
        }
    }

    private <T> T taken(final String name, final Class<T> type, final String expected) throws RegisterException
    {
        final Object value = members.remove(name);
        if (null == value)
        {
            throw new RegisterException("has no '" + name + "'");
        }
        if (!type.isInstance(value) || StrictJson.NULL == value)
        {
            throw new RegisterException("'" + name + "' is not " + expected);
        }
        return type.cast(value);
    }
}
