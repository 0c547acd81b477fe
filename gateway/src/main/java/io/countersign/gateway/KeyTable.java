package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.venues.Stamp;
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
    private final long[] lastNonces;

    KeyTable(final List<KeyConfig> keys)
    {
        specs = keys.stream().map(KeyConfig::spec).toList();
        venues = keys.stream().map(KeyConfig::venue).toArray(Venue[]::new);
        venueKeys = keys.stream().map(KeyConfig::venueKey).toArray(VenueKey[]::new);
        lastNonces = new long[venues.length];
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

    /** What the next request of a key is to carry: the time, and a number above that of every earlier request. */
    void stamp(final int keyIndex, final long utcNs, final Stamp stamp)
    {
        final VenueKey key = venueKeys[keyIndex];
        final long stampedNs = key.utcNs(utcNs);
        final long atTime = venues[keyIndex].nonce().at(stampedNs);
        final long nonce = key.isExample() ? atTime : Math.max(atTime, lastNonces[keyIndex] + 1);
        lastNonces[keyIndex] = nonce;
        stamp.set(stampedNs, nonce);
    }
}
