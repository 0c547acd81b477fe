package io.countersign.ops.venues;

import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.venues.KeyRule;
import io.countersign.venues.Operation;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code countersign venue show}.
 */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Shows what a profile says: its hosts, keys, parameters and operations, and what a signature of " +
        "each operation is also good for.",
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign venue show okx-v5",
        "  countersign venue show acme.yaml",
        "",
        "Exit codes: 0 shown, 2 there is no such profile, or a gateway would refuse it."
    })
public final class VenueShowCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROFILE", description = VenueProfile.WHAT)
    private String name;

    /**
     * For picocli.
     */
    public VenueShowCommand()
    {
    }

    /**
     * Shows the profile.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final ProfileDescribed venue = VenueProfile.of(name, spec);
        final Profile profile = venue.profile();
        out.println(profile.name() + ": " + profile.title());
        out.println("hosts: " + String.join(", ", profile.hosts()));
        for (final KeyRule rule : profile.keys())
        {
            out.println("key: " + rule.algorithm().configName() + ", signature " + rule.signature().configName() +
                (null == rule.secret() ? "" : ", secret " + rule.secret().configName()));
        }
        out.println("passphrase: " + (PassphraseUse.PLAIN == profile.passphrase() ? "required" :
            PassphraseUse.MAC == profile.passphrase() ? "hmac" : "none"));
        for (final VenueParameter parameter : profile.parameters())
        {
            out.println("parameter: " + parameter.name() + (parameter.values().isEmpty() ? "" :
                ", one of " + String.join(", ", parameter.values())) +
                (null == parameter.defaultValue() ? ", required" : ", default " + parameter.defaultValue()));
        }
        out.println("nonce: " + profile.nonce().kind().name().toLowerCase(Locale.ROOT));
        for (final ProfileOperation operation : profile.operations())
        {
            out.println(operation.operation().configName() + ": class " + venue.binding(operation.operation()) +
                (operation.equivalents().isEmpty() ? "" : ", also valid as " + operation.equivalents().stream()
                .map(Operation::configName).sorted().collect(Collectors.joining(", "))) +
                (operation.isSession() ? ", opens a session" : ""));
        }
        out.flush();
        return ExitCode.OK;
    }
}
