package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;

/**
 * A key: where it is in the token and what its venue must be told with it.
 *
 * @param spec     alias, version, id, algorithm and pinned proof.
 * @param venue    the venue that knows this key.
 * @param venueKey what the venue's requests need of the key.
 * @param token    name of the token that has it.
 */
public record KeyConfig(KeySpec spec, Venue venue, VenueKey venueKey, String token)
{
}
