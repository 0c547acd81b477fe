package io.countersign.venues;

import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.Position;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.RequestMethod;
import java.util.List;
import java.util.Set;

/** Profiles that set up a scheme in code. */
public final class CodeProfiles
{
    private static final Position AT = new Position("venue.yaml", 1, 1);

    private CodeProfiles()
    {
    }

    public static Profile profile(
        final String scheme,
        final KeyAlgorithm algorithm,
        final NonceRule nonce,
        final List<VenueParameter> parameters,
        final Operation... operations)
    {
        return new Profile(AT, "venue", "Venue", List.of(), List.of("localhost"), Binding.A, scheme,
            List.of(new KeyRule(algorithm, null, SignatureEncoding.HEX)), PassphraseUse.NONE, parameters, nonce, null,
            List.of(operations).stream().map(CodeProfiles::operation).toList());
    }

    private static ProfileOperation operation(final Operation operation)
    {
        return new ProfileOperation(AT, operation, RequestMethod.POST, List.of(), FieldsIn.NONE, false, false, null,
            null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Set.of(), Binding.A, false);
    }
}
