package io.countersign.venues;

import io.countersign.venues.binance.BinanceSpotRest;

/**
 * The venues that this build knows, by the names that configuration uses.
 */
public final class Venues
{
    private static final Venue[] VENUES = {new BinanceSpotRest()};

    private Venues()
    {
    }

    /**
     * The venue of a name.
     *
     * @param name for example {@code binance-spot}.
     * @return the venue, or null when none has this name.
     */
    public static Venue byName(final String name)
    {
        for (final Venue venue : VENUES)
        {
            if (venue.name().equals(name))
            {
                return venue;
            }
        }
        return null;
    }

    /**
     * Every name that {@link #byName} knows, for messages to people.
     *
     * @return the names, separated by a comma and a space.
     */
    public static String names()
    {
        final StringBuilder names = new StringBuilder();
        for (final Venue venue : VENUES)
        {
            names.append(names.isEmpty() ? "" : ", ").append(venue.name());
        }
        return names.toString();
    }
}
