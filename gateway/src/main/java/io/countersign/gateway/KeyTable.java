package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;

import java.util.List;

/**
 * The configured keys by index.
 */
final class KeyTable
{
    private final List<KeySpec> specs;
    private final Venue[] venues;
    private final VenueKey[] venueKeys;

    KeyTable(final List<KeyConfig> keys)
    {
        specs = keys.stream().map(KeyConfig::spec).toList();
        venues = keys.stream().map(KeyConfig::venue).toArray(Venue[]::new);
        venueKeys = keys.stream().map(KeyConfig::venueKey).toArray(VenueKey[]::new);
    }

    List<KeySpec> specs()
    {
        return specs;
    }

    Venue venue(final int keyIndex)
    {
        return venues[keyIndex];
    }

    VenueKey venueKey(final int keyIndex)
    {
        return venueKeys[keyIndex];
    }
}
