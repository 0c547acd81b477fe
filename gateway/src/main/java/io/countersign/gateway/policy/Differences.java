package io.countersign.gateway.policy;

import io.countersign.gateway.config.OrderLimits.Limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects differences of one subject, each with what in it is about.
 */
final class Differences
{
    private static final int MAX_LISTED = 8;

    private final List<Line> found;
    private final String about;
    private final boolean isNarrowingDrift;

    /**
     * One difference. Equal ones of several subjects are told in one line.
     *
     * @param isDrift whether something became wider.
     * @param about   the part of the subject, empty for the whole.
     * @param what    differs.
     */
    record Line(boolean isDrift, String about, String what)
    {
        PolicyDifference of(final String subject)
        {
            return new PolicyDifference(isDrift, subject + (about.isEmpty() ? "" : ", " + about) + ": " + what);
        }
    }

    Differences()
    {
        this(new ArrayList<>(), "", false);
    }

    private Differences(final List<Line> found, final String about, final boolean isNarrowingDrift)
    {
        this.found = found;
        this.about = about;
        this.isNarrowingDrift = isNarrowingDrift;
    }

    /** The same list, with this in front of each line. */
    Differences of(final String part)
    {
        return new Differences(found, about.isEmpty() ? part : about + ", " + part, isNarrowingDrift);
    }

    /** The same list, where also what became narrower counts as drift. */
    Differences whereNarrowingIsDrift()
    {
        return new Differences(found, about, true);
    }

    List<Line> lines()
    {
        return found;
    }

    void addAll(final List<Line> lines)
    {
        found.addAll(lines);
    }

    void add(final boolean isWider, final String what)
    {
        found.add(new Line(isWider || isNarrowingDrift, about, what));
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
        if (!old.equals(next))
        {
            only(true, what, next, old, "added");
            only(false, what, old, next, "removed");
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

    /** The first names, and how many more there are. */
    static String list(final Collection<String> names)
    {
        return names.isEmpty() ? "none" : names.size() <= MAX_LISTED ? String.join(", ", names) :
            String.join(", ", names.stream().limit(MAX_LISTED).toList()) + " and " +
                number(names.size() - MAX_LISTED) + " more";
    }

    static String number(final int number)
    {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void only(
        final boolean isWider,
        final String what,
        final Collection<String> in,
        final Collection<String> notIn,
        final String became)
    {
        final Set<String> known = new HashSet<>(notIn);
        final Set<String> names = new TreeSet<>();
        for (final String name : in)
        {
            if (!known.contains(name))
            {
                names.add(name);
            }
        }
        if (!names.isEmpty())
        {
            add(isWider, what + (names.size() > 1 ? "s " : " ") + list(names) + " " + became);
        }
    }
}
