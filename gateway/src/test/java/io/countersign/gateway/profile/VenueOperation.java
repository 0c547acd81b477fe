package io.countersign.gateway.profile;

import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyRule;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.ProfileVenue;

import java.util.ArrayList;
import java.util.List;

/** An operation of a venue that a profile describes. */
record VenueOperation(ProfileVenue venue, ProfileOperation operation)
{
    /** Every operation of every profile that comes with this build. */
    static List<VenueOperation> all()
    {
        final List<VenueOperation> operations = new ArrayList<>();
        for (final Venue venue : VenueProfiles.shipped().all())
        {
            if (venue instanceof final ProfileVenue profileVenue)
            {
                profileVenue.profile().operations()
                    .forEach((operation) -> operations.add(new VenueOperation(profileVenue, operation)));
            }
        }
        return operations;
    }

    Profile profile()
    {
        return venue.profile();
    }

    VenueKey key()
    {
        final KeyRule rule = profile().keys().getFirst();
        return VenueKey.builder("api-key", rule.algorithm(), rule.signature())
            .passphrase(PassphraseUse.NONE == venue.passphrase() ? null : "pass phrase")
            .parameters(venue.parameters().stream().map((parameter) -> null != parameter.defaultValue() ?
                parameter.defaultValue() : parameter.values().isEmpty() ? "any" : parameter.values().getFirst())
                .toList())
            .nonceSeed(7)
            .build();
    }

    @Override
    public String toString()
    {
        return venue.name() + " " + operation.operation().configName();
    }
}
