package io.countersign.venues.profile;

import java.util.List;

/**
 * A header of a request; left out when its value is empty.
 *
 * @param at    where it stands in the profile.
 * @param name  of the header.
 * @param parts of its value.
 */
public record ProfileHeader(Position at, String name, List<Part> parts)
{
}
