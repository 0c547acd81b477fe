package io.countersign.venues.profile;

import java.util.List;

/**
 * Fields of an order of which at least one must be there.
 *
 * @param at       where the choice stands in the profile.
 * @param any      the fields.
 * @param forTypes order types for which it holds.
 */
public record FieldChoice(Position at, List<FieldSource> any, int forTypes)
{
}
