package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.SigningAlgorithm;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the fields of one command; what is no such field or value is refused in words for the operator.
 */
final class CommandFields
{
    /** Of commands that do not say which version. */
    static final int ANY_VERSION = 0;

    private static final int MAX_COMMENT_LENGTH = 254;
    private static final long MAX_DURATION_MS = TimeUnit.DAYS.toMillis(3_650);

    private final CommandText text;

    CommandFields(final CommandText text, final String... allowed) throws RegisterException
    {
        this.text = text;
        for (final String name : text.fields().keySet())
        {
            if (!"command".equals(name) && !"comment".equals(name) && !Arrays.asList(allowed).contains(name))
            {
                throw new RegisterException("'" + text.command() + "' has no field '" + name + "'; it has " +
                    String.join(", ", allowed) + ", comment");
            }
        }
        if (comment().getBytes(StandardCharsets.UTF_8).length > MAX_COMMENT_LENGTH)
        {
            throw new RegisterException("the comment is longer than " + MAX_COMMENT_LENGTH + " bytes");
        }
    }

    String comment()
    {
        return null == text.get("comment") ? "" : text.get("comment");
    }

    /** Null when it is not there. */
    String optional(final String name)
    {
        return text.get(name);
    }

    String required(final String name) throws RegisterException
    {
        final String value = text.get(name);
        if (null == value)
        {
            throw new RegisterException("'" + text.command() + "' has no field '" + name + "'");
        }
        return value;
    }

    String alias() throws RegisterException
    {
        return required("alias");
    }

    boolean flag(final String name) throws RegisterException
    {
        final String value = text.get(name);
        if (null != value && !"yes".equals(value) && !"no".equals(value))
        {
            throw new RegisterException("'" + name + "' is '" + value + "'; expected yes or no");
        }
        return "yes".equals(value);
    }

    int number(final String name, final int min, final int absent) throws RegisterException
    {
        final String value = text.get(name);
        try
        {
            final int number = null == value ? absent : Integer.parseInt(value);
            if (null == value || min <= number)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Told below.
        }
        throw new RegisterException("'" + name + "' is '" + value + "'; expected a number from " + min + " on");
    }

    int version() throws RegisterException
    {
        return number("version", 1, ANY_VERSION);
    }

    /** {@link KeyTimes#NEVER} when it is not there. */
    long time(final String name, final long absent) throws RegisterException
    {
        final String value = text.get(name);
        try
        {
            return null == value ? absent : Instant.parse(value).toEpochMilli();
        }
        catch (final DateTimeException | ArithmeticException ex)
        {
            throw new RegisterException("'" + name + "' is '" + value + "'; expected a time like 2026-11-30T19:00:00Z");
        }
    }

    /** A duration like {@code PT24H}, in milliseconds. */
    long duration(final String name, final long absentMs) throws RegisterException
    {
        final String value = text.get(name);
        try
        {
            final long ms = null == value ? absentMs : Duration.parse(value).toMillis();
            if (0 <= ms && ms <= MAX_DURATION_MS)
            {
                return ms;
            }
        }
        catch (final DateTimeException | ArithmeticException ex)
        {
            // Told below.
        }
        throw new RegisterException("'" + name + "' is '" + value + "'; expected a duration like PT24H");
    }

    byte[] hex(final String name) throws RegisterException
    {
        try
        {
            return HexFormat.of().parseHex(required(name));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException("'" + name + "' is not an even number of hexadecimal digits");
        }
    }

    byte[] base64(final String name) throws RegisterException
    {
        try
        {
            return Base64.getDecoder().decode(required(name));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException("'" + name + "' is not base64");
        }
    }

    SigningAlgorithm algorithm() throws RegisterException
    {
        final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(required("algorithm"));
        if (null == algorithm)
        {
            throw new RegisterException("there is no algorithm '" + required("algorithm") + "'; expected one of " +
                Arrays.stream(SigningAlgorithm.values())
                    .map(SigningAlgorithm::configName).collect(Collectors.joining(", ")));
        }
        return algorithm;
    }

    KeyTraits traits() throws RegisterException
    {
        return new KeyTraits(flag("recoverable"), flag("high-value"));
    }

    /** The version that the command is about: the one it names, or the only one that it can be about. */
    KeyEntry entry(final Register register, final String what, final Predicate<KeyEntry> isMeant)
        throws RegisterException
    {
        final String alias = alias();
        final List<KeyEntry> versions = register.versionsOf(alias);
        if (versions.isEmpty())
        {
            throw new RegisterException("the register has no key '" + alias + "'");
        }
        if (ANY_VERSION != version())
        {
            final KeyEntry named = register.key(alias, version());
            if (null == named)
            {
                throw new RegisterException("key " + alias + " has no version " + version() + "; it has " +
                    versions.stream().map((each) -> Integer.toString(each.version()))
                        .collect(Collectors.joining(", ")));
            }
            return named;
        }
        final List<KeyEntry> meant = versions.stream().filter(isMeant).toList();
        if (1 != meant.size())
        {
            throw new RegisterException("key " + alias + " has " + (meant.isEmpty() ? "no" : meant.size()) +
                " versions " + what + ": say which with 'version'; it has " + versions.stream()
                    .map((each) -> each.version() + " (" + each.state().configName() + ")")
                    .collect(Collectors.joining(", ")));
        }
        return meant.getFirst();
    }

    /** Whether a version is in one of these states. */
    static Predicate<KeyEntry> in(final KeyState... states)
    {
        return (entry) -> Arrays.asList(states).contains(entry.state());
    }
}
