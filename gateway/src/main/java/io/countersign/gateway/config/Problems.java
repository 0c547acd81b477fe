package io.countersign.gateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what is wrong with a text, so that reading can go on behind each mistake.
 */
final class Problems
{
    private static final Comparator<ConfigException> IN_FILE_ORDER =
        Comparator.comparingInt(ConfigException::line).thenComparingInt(ConfigException::column);

    private final List<ConfigException> found = new ArrayList<>();

    void add(final ConfigException problem)
    {
        found.add(problem);
        for (final Throwable further : problem.getSuppressed())
        {
            found.add((ConfigException) further);
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

    int count()
    {
        return found.size();
    }

    /** In the order of the file; each once, though a role may be looked at for many principals. */
    List<String> messages()
    {
        return found.stream().sorted(IN_FILE_ORDER).map(Throwable::getMessage).distinct().toList();
    }

    /** Several mistakes in one exception: the first that was found, with the others suppressed. */
    void throwAny() throws ConfigException
    {
        if (!found.isEmpty())
        {
            final ConfigException first = found.getFirst();
            found.subList(1, found.size()).forEach(first::addSuppressed);
            throw first;
        }
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
