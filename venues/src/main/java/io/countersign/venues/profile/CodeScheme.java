package io.countersign.venues.profile;

import io.countersign.venues.Venue;

/**
 * A way of writing and signing requests that no profile can describe. A profile names it and gives it what differs
 * from venue to venue.
 */
public interface CodeScheme
{
    /**
     * The name that profiles use.
     *
     * @return for example {@code hyperliquid-l1}.
     */
    String name();

    /**
     * The venue of a profile that names this scheme.
     *
     * @param profile with name, keys, parameters and the operations that the venue takes.
     * @return the venue.
     * @throws ProfileException when the profile does not fit the scheme.
     */
    Venue venue(Profile profile) throws ProfileException;
}
