package io.countersign.gateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a text, so that reading can go on behind each mistake.
 */
final class Problems
{
    private final List<String> messages = new ArrayList<>();

    void add(final ConfigException problem)
    {
        messages.add(problem.getMessage());
        for (final Throwable further : problem.getSuppressed())
        {
            messages.add(further.getMessage());
        }
    }

    /** What reading gives, or {@code absent} when it fails, which is noted. */
    <T> T attempt(final T absent, final Reading<T> reading)
    {
        try
        {
            return reading.read();
        }
        catch (final ConfigException ex)
        {
            add(ex);
            return absent;
        }
    }

    /** Notes what is wrong with something of which the outcome does not matter. */
    void check(final Check check)
    {
        try
        {
            check.check();
        }
        catch (final ConfigException ex)
        {
            add(ex);
        }
    }

    boolean isEmpty()
    {
        return messages.isEmpty();
    }

    List<String> messages()
    {
        return messages;
    }

    /** Looks at one thing of a text. */
    @FunctionalInterface
    interface Check
    {
        void check() throws ConfigException;
    }

    /** Reads one thing of a text. */
    @FunctionalInterface
    interface Reading<T>
    {
        T read() throws ConfigException;
    }
}
