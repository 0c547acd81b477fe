package io.countersign.gateway.config;

import io.countersign.venues.Venues;
import io.countersign.venues.binance.BinanceSpotRest;

import java.util.List;

/**
 * The venues whose profiles come with this build.
 */
public final class VenueProfiles
{
    private static final Venues SHIPPED = Venues.of(List.of(new BinanceSpotRest()));

    private VenueProfiles()
    {
    }

    /**
     * The venues that come with this build.
     *
     * @return each once.
     */
    public static Venues shipped()
    {
        return SHIPPED;
    }
}
