package io.countersign.codecs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A command as an operator signs it and as the journal keeps it: lines of a name, a blank and a value, the first named
 * {@code command}. What is signed is what is carried out, and a person can read it. Immutable. Off the hot path.
 * <pre>
 *   command keys revoke
 *   alias binance-main
 *   comment laptop was stolen
 * </pre>
 */
public final class CommandText
{
    /** Longest text, in bytes of UTF-8. */
    public static final int MAX_LENGTH = 3_072;

    /** Longest value, in bytes of UTF-8. */
    public static final int MAX_VALUE_LENGTH = 1_024;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final String COMMAND = "command";

    private final Map<String, String> fields;
    private final String text;

    private CommandText(final Map<String, String> fields)
    {
        final StringBuilder lines = new StringBuilder();
        fields.forEach((name, value) -> lines.append(name).append(' ').append(value).append('\n'));
        this.fields = Collections.unmodifiableMap(fields);
        text = lines.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH)
        {
            throw new IllegalArgumentException("the command is longer than " + MAX_LENGTH + " bytes");
        }
    }

    /**
     * A command with no fields yet.
     *
     * @param command its words, for example {@code keys revoke}.
     * @return the command.
     * @throws IllegalArgumentException where the words cannot stand in a command.
     */
    public static CommandText of(final String command)
    {
        return new CommandText(new LinkedHashMap<>()).with(COMMAND, command);
    }

    /**
     * Reads a command in the one form that {@link #toString()} has.
     *
     * @param utf8 the text.
     * @return the command.
     * @throws IllegalArgumentException where it is anything else; the message says what, for people.
     */
    public static CommandText parse(final byte[] utf8)
    {
        final String text;
        try
        {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            throw new IllegalArgumentException("the command is not UTF-8 text");
        }
        final Map<String, String> fields = new LinkedHashMap<>();
        int start = 0;
        while (start < text.length())
        {
            final int end = text.indexOf('\n', start);
            final int blank = text.indexOf(' ', start);
            if (end < 0 || blank < 0 || blank > end)
            {
                throw new IllegalArgumentException("line " + (fields.size() + 1) +
                    " of the command is not a name, a blank, a value and a line feed");
            }
            put(fields, text.substring(start, blank), text.substring(blank + 1, end));
            start = end + 1;
        }
        if (fields.isEmpty() || !COMMAND.equals(fields.keySet().iterator().next()))
        {
            throw new IllegalArgumentException("the first line of the command does not name it");
        }
        return new CommandText(fields);
    }

    /**
     * The same with one field more.
     *
     * @param name  lower case letters, digits and hyphens.
     * @param value without control characters; null or empty leaves the field out.
     * @return another command.
     * @throws IllegalArgumentException where name or value cannot stand in a command, or the field is there already.
     */
    public CommandText with(final String name, final String value)
    {
        if (null == value || value.isEmpty())
        {
            return this;
        }
        final Map<String, String> more = new LinkedHashMap<>(fields);
        put(more, name, value);
        return new CommandText(more);
    }

    /**
     * Its words.
     *
     * @return for example {@code keys revoke}.
     */
    public String command()
    {
        return fields.get(COMMAND);
    }

    /**
     * A field.
     *
     * @param name of it.
     * @return its value, or null when it is not there.
     */
    public String get(final String name)
    {
        return fields.get(name);
    }

    /**
     * All fields in their order, the words of the command first.
     *
     * @return unmodifiable.
     */
    public Map<String, String> fields()
    {
        return fields;
    }

    /**
     * What an operator signs for it: see the wire protocol, rule 16.
     *
     * @param sessionId  that it is given in.
     * @param requestId  of it.
     * @param deadlineNs of it, UTC.
     * @return UTF-8 bytes.
     */
    public byte[] signedBytes(final long sessionId, final long requestId, final long deadlineNs)
    {
        return ("countersign command, version 1\nsession " + sessionId + "\nrequest " + requestId + "\ndeadline " +
            deadlineNs + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** The text: every line with a line feed at its end. */
    @Override
    public String toString()
    {
        return text;
    }

    private static void put(final Map<String, String> fields, final String name, final String value)
    {
        if (!NAME.matcher(name).matches())
        {
            throw new IllegalArgumentException("'" + printable(name) + "' cannot be the name of a command's field");
        }
        if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_LENGTH ||
            value.codePoints().anyMatch((c) -> Character.isISOControl(c) || '\uFFFD' == c))
        {
            throw new IllegalArgumentException("the value of '" + name + "' is not 1 to " + MAX_VALUE_LENGTH +
                " bytes of text without control characters");
        }
        if (null != fields.put(name, value))
        {
            throw new IllegalArgumentException("'" + name + "' stands twice in the command");
        }
    }

    private static String printable(final String text)
    {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
