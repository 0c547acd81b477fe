package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;

import java.nio.charset.StandardCharsets;

/**
 * A key: where it is in the token and what its venue must be told with it.
 *
 * @param spec         alias, version, id, algorithm and pinned proof.
 * @param venue        the venue that knows this key.
 * @param venueKey     what the venue's requests need of the key.
 * @param token        name of the token that has it.
 * @param isRegistered whether the key register has its versions. Until {@link RegisteredKeys} has put one in their
 *                     place, spec, venue key and token stand for none: alias, algorithm, venue and parameters are true.
 */
public record KeyConfig(KeySpec spec, Venue venue, VenueKey venueKey, String token, boolean isRegistered)
{
    /**
     * A key of which the configuration says everything.
     *
     * @param spec     alias, version, id, algorithm and pinned proof.
     * @param venue    the venue that knows this key.
     * @param venueKey what the venue's requests need of the key.
     * @param token    name of the token that has it.
     */
    public KeyConfig(final KeySpec spec, final Venue venue, final VenueKey venueKey, final String token)
    {
        this(spec, venue, venueKey, token, false);
    }

    /**
     * The same key with what its venue must be told.
     *
     * @param next what the venue's requests need of the key.
     * @return another.
     */
    public KeyConfig withVenueKey(final VenueKey next)
    {
        return new KeyConfig(spec, venue, next, token, isRegistered);
    }

    /**
     * The venue's public id of the key.
     *
     * @return text; null where only a version in the register has one.
     */
    public String apiKey()
    {
        final byte[] bytes = new byte[venueKey.apiKey().capacity()];
        venueKey.apiKey().getBytes(0, bytes);
        final String text = new String(bytes, StandardCharsets.US_ASCII);
        return isRegistered && text.equals(RegisteredKeys.placeholderApiKey(spec)) ? null : text;
    }
}
