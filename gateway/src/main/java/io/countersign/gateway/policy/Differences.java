package io.countersign.gateway.policy;

import io.countersign.gateway.config.OrderLimits.Limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects differences, each with what it is about in front.
 */
final class Differences
{
    private final List<PolicyDifference> found;
    private final String about;
    private final boolean isNarrowingDrift;

    Differences(final String about)
    {
        this(new ArrayList<>(), about, false);
    }

    private Differences(final List<PolicyDifference> found, final String about, final boolean isNarrowingDrift)
    {
        this.found = found;
        this.about = about;
        this.isNarrowingDrift = isNarrowingDrift;
    }

    /** The same list, with this in front of each line. */
    Differences of(final String subject)
    {
        return new Differences(found, about.isEmpty() ? subject : about + ", " + subject, isNarrowingDrift);
    }

    /** The same list, where also what became narrower counts as drift. */
    Differences whereNarrowingIsDrift()
    {
        return new Differences(found, about, true);
    }

    List<PolicyDifference> sorted()
    {
        return found.stream().distinct().sorted().toList();
    }

    void add(final boolean isWider, final String what)
    {
        found.add(new PolicyDifference(isWider || isNarrowingDrift, about + ": " + what));
    }

    void value(final String what, final String old, final String next, final boolean isWider)
    {
        if (!old.equals(next))
        {
            add(isWider, what + " was " + old + ", is " + next);
        }
    }

    /** What is in a set is allowed. */
    void allowed(final String what, final Collection<String> old, final Collection<String> next)
    {
        if (old.equals(next))
        {
            return; // Thousands of principals may share ten thousand symbols.
        }
        final Set<String> oldNames = new TreeSet<>(old);
        final Set<String> nextNames = new TreeSet<>(next);
        for (final String each : nextNames)
        {
            if (!oldNames.contains(each))
            {
                add(true, what + " " + each + " added");
            }
        }
        for (final String each : oldNames)
        {
            if (!nextNames.contains(each))
            {
                add(false, what + " " + each + " removed");
            }
        }
    }

    /** Null allows everything. */
    void ceiling(final String what, final Limit old, final Limit next)
    {
        value(what, Texts.limit(old), Texts.limit(next), null != old &&
            (null == next || Texts.decimal(next).compareTo(Texts.decimal(old)) > 0));
    }

    /** Null allows everything. */
    void floor(final String what, final Limit old, final Limit next)
    {
        value(what, Texts.limit(old), Texts.limit(next), null != old &&
            (null == next || Texts.decimal(next).compareTo(Texts.decimal(old)) < 0));
    }
}
