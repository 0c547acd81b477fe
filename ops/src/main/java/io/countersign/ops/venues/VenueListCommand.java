package io.countersign.ops.venues;

import io.countersign.gateway.config.VenueProfiles;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.ProfileDescribed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * {@code countersign venue list}.
 */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Lists the venues that come with the gateway: name, binding class, what it is of.",
    footerHeading = "%nExit codes:%n",
    footer = "  0 always")
public final class VenueListCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    /**
     * For picocli.
     */
    public VenueListCommand()
    {
    }

    /**
     * Lists the venues.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        for (final Venue venue : VenueProfiles.shipped().all())
        {
            if (venue instanceof final ProfileDescribed described)
            {
                out.printf("%-22s %s  %s%n", venue.name(), described.profile().binding(), described.profile().title());
            }
        }
        out.flush();
        return ExitCode.OK;
    }
}
