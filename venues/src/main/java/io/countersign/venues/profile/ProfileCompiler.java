package io.countersign.venues.profile;

import io.countersign.venues.Operation;
import io.countersign.venues.Venue;

import java.util.List;

/**
 * Makes of a profile the venue that it describes.
 */
public final class ProfileCompiler
{
    private ProfileCompiler()
    {
    }

    /**
     * Checks a profile and compiles it.
     *
     * @param profile as it was read.
     * @return the venue.
     * @throws ProfileException with everything that does not go together.
     */
    public static Venue compile(final Profile profile) throws ProfileException
    {
        if (!Profile.PROFILE_SCHEME.equals(profile.scheme()))
        {
            final CodeScheme scheme = CodeSchemes.byName(profile.scheme());
            if (null == scheme)
            {
                throw new ProfileException(List.of(profile.at() + ": scheme '" + profile.scheme() +
                    "' is unknown; expected one of " + CodeSchemes.names()));
            }
            return scheme.venue(profile);
        }
        new ProfileChecks(profile).check();
        final OperationPlan[] plans = new OperationPlan[Operation.values().length];
        for (final ProfileOperation operation : profile.operations())
        {
            plans[operation.operation().code()] = new OperationCompiler(profile, operation).compile();
        }
        return new ProfileVenue(profile, plans);
    }
}
