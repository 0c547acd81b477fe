package io.countersign.ops.venues;

import io.countersign.gateway.config.ProfileReader;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileException;
import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The profile that a command is about: a file, or one that comes with the gateway.
 */
final class VenueProfile
{
    static final String WHAT = "A profile: the path of its YAML file, or the name of one that comes with the gateway.";

    private VenueProfile()
    {
    }

    /** Ends the command when there is none, or when something is wrong with it. */
    static ProfileDescribed of(final String profile, final CommandSpec spec)
    {
        final Venue shipped = VenueProfiles.shipped().byName(profile);
        final Path file = Path.of(profile);
        if (shipped instanceof final ProfileDescribed venue)
        {
            return venue;
        }
        if (!Files.exists(file))
        {
            throw new CommandException(profile + " is neither a file nor a venue that comes with the gateway; " +
                "expected the path of a profile, or one of " + VenueProfiles.shipped().names());
        }
        try
        {
            return (ProfileDescribed) ProfileCompiler.compile(ProfileReader.read(file));
        }
        catch (final ProfileException ex)
        {
            final List<String> mistakes = ex.messages();
            mistakes.forEach(spec.commandLine().getErr()::println);
            throw new CommandException(profile + " has " + mistakes.size() +
                (1 == mistakes.size() ? " mistake" : " mistakes") + ": a gateway would refuse it", ExitCode.USAGE);
        }
    }
}
