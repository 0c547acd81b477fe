package io.countersign.gateway.config;

import io.countersign.venues.Venue;
import io.countersign.venues.Venues;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The venues whose profiles come with this build: what {@code shipped.txt} lists beside them.
 */
public final class VenueProfiles
{
    private static final String LIST = "shipped.txt";
    private static final Venues SHIPPED = Venues.of(resource(LIST).lines().toList(), VenueProfiles::load);

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

    private static Venue load(final String name)
    {
        final String file = name + ".yaml";
        try
        {
            return ProfileCompiler.compile(ProfileReader.of(Path.of(file), resource(file)));
        }
        catch (final ProfileException ex)
        {
            throw new IllegalStateException("a profile of this build is broken: " + ex.getMessage(), ex);
        }
    }

    private static String resource(final String name)
    {
        try (InputStream in = Profile.class.getResourceAsStream("/io/countersign/venues/profiles/" + name))
        {
            if (null == in)
            {
                throw new IllegalStateException("this build has no profile " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
