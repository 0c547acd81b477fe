package io.countersign.venues;

import java.util.List;

/**
 * Something that is fixed for a key by configuration and that a venue's requests need.
 *
 * @param name         in configuration.
 * @param values       that it may have; empty for any printable ASCII.
 * @param defaultValue when configuration does not say, or null when it must.
 */
public record VenueParameter(String name, List<String> values, String defaultValue)
{
}
