package io.countersign.ops.venues;

import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.venues.Verdict.Kind;
import io.countersign.venues.profile.ProfileDescribed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code countersign venue test}.
 */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Holds a profile to vectors, without a gateway or a token.",
        "Each vector's parameters are read back into a bot's order, from which the venue writes the request as it " +
            "would in the gateway. What is signed, the signature, and what else the vector states are compared byte " +
            "for byte. Prints one line for each vector, more where something differs, and a sum.",
        "Keys are taken from the vectors; they are not printed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign venue test acme.yaml acme-vectors.json",
        "  countersign venue test binance-spot venue-vectors.json",
        "",
        "Exit codes: 0 all that the profile describes is equal, 1 something differs, 2 wrong usage, a file that " +
            "cannot be used, or no vector that the profile describes."
    })
public final class VenueTestCommand implements Callable<Integer>
{
    private static final int MAX_LENGTH = 16 << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROFILE", description = VenueProfile.WHAT)
    private String profile;

    @Parameters(index = "1", paramLabel = "VECTORS", description =
        "A JSON file with a list of vectors, or one (see docs/venues.md).")
    private Path file;

    /**
     * For picocli.
     */
    public VenueTestCommand()
    {
    }

    /**
     * Tests the profile.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final ProfileDescribed venue = VenueProfile.of(profile, spec);
        final List<Vector> vectors = vectors();
        final PrintWriter out = spec.commandLine().getOut();
        final VectorBench bench = new VectorBench(venue, vectors, VectorSigner.SOFTWARE);
        final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (final Vector vector : vectors)
        {
            final Verdict verdict = bench.check(vector);
            counts.merge(verdict.kind(), 1, Integer::sum);
            out.println(verdict.kind() + "  " + oneLine(verdict.id()) + "  " + oneLine(verdict.what()));
            verdict.details().forEach((line) -> out.println("    " + line));
        }
        final int equal = counts.getOrDefault(Kind.OK, 0);
        final int different = counts.getOrDefault(Kind.DIFFERENT, 0);
        out.printf("%s: %d %s, %d ok, %d different, %d not described%n",
            venue.name(), vectors.size(), 1 == vectors.size() ? "vector" : "vectors", equal, different,
            counts.getOrDefault(Kind.NOT_DESCRIBED, 0));
        out.flush();
        if (0 == equal + different)
        {
            throw new CommandException("nothing was tested: " + venue.name() + " describes none of the vectors in " +
                file);
        }
        return 0 == different ? ExitCode.OK : ExitCode.WRONG;
    }

    private List<Vector> vectors()
    {
        try (InputStream in = Files.newInputStream(file))
        {
            final byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (MAX_LENGTH < bytes.length)
            {
                throw new CommandException(file + " is longer than " + MAX_LENGTH + " bytes; expected fewer vectors");
            }
            return Vector.read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        }
        catch (final CharacterCodingException ex)
        {
            throw new CommandException(file + " is not UTF-8 text; expected a JSON file of vectors");
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be read: " + FileErrors.reason(ex));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(file + ":" + ex.getMessage());
        }
    }

    private static String oneLine(final String text)
    {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
