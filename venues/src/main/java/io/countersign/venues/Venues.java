package io.countersign.venues;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The venues that may be used, by the names that configuration uses. Immutable.
 */
public final class Venues
{
    private final List<Venue> venues;

    private Venues(final List<Venue> venues)
    {
        this.venues = venues;
    }

    /**
     * These venues.
     *
     * @param venues each with a name of its own.
     * @return the venues.
     */
    public static Venues of(final List<Venue> venues)
    {
        return new Venues(List.copyOf(venues));
    }

    /**
     * The venue of a name.
     *
     * @param name for example {@code binance-spot}.
     * @return the venue, or null when none has this name.
     */
    public Venue byName(final String name)
    {
        for (final Venue venue : venues)
        {
            if (venue.name().equals(name))
            {
                return venue;
            }
        }
        return null;
    }

    /**
     * Every venue.
     *
     * @return the venues in the order in which they were given.
     */
    public List<Venue> all()
    {
        return venues;
    }

    /**
     * Every name that {@link #byName} knows, for messages to people.
     *
     * @return the names, separated by a comma and a space.
     */
    public String names()
    {
        return venues.stream().map(Venue::name).collect(Collectors.joining(", "));
    }
}
