package io.countersign.gateway.config;

import io.countersign.venues.Venue;
import io.countersign.venues.Venues;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileException;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The profiles of the directory {@code venue-profiles}, which are added to those that come with this build. The journal
 * keeps their texts behind the configuration's, as comments, so that what it holds can be read again when the
 * directory has changed.
 */
final class UserProfiles
{
    /** Longest profile in bytes; the longest of this build has a tenth. */
    static final int MAX_LENGTH = 64 << 10;

    /** Most profiles in the directory. */
    static final int MAX_COUNT = 64;

    private static final String SUFFIX = ".yaml";
    private static final String KEPT = "# countersign: the venue profiles that were in force";
    private static final String KEPT_FILE = "# countersign: profile ";
    private static final String KEPT_LINE = "#|";

    private final Map<Path, String> texts;

    private UserProfiles(final Map<Path, String> texts)
    {
        this.texts = texts;
    }

    static UserProfiles none()
    {
        return new UserProfiles(Map.of());
    }

    /** Every {@code *.yaml} in a directory; whoever names one expects it to be there. */
    static UserProfiles read(final Path directory) throws ConfigException
    {
        final Map<Path, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory))
        {
            for (final Path file : files)
            {
                final String name = file.getFileName().toString();
                if (name.endsWith(".yml"))
                {
                    throw new ConfigException(file + ": is not read as a profile; expected a name that ends in " +
                        SUFFIX);
                }
                if (name.endsWith(SUFFIX) && !name.startsWith("."))
                {
                    texts.put(file, text(file));
                }
            }
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigException(directory + ": there is no such directory of venue profiles");
        }
        catch (final IOException ex)
        {
            throw new ConfigException(directory + ": the venue profiles cannot be read: " + FileErrors.reason(ex));
        }
        catch (final DirectoryIteratorException ex)
        {
            throw new ConfigException(
                directory + ": the venue profiles cannot be read: " + FileErrors.reason(ex.getCause()));
        }
        if (MAX_COUNT < texts.size())
        {
            throw new ConfigException(directory + ": has " + texts.size() + " profiles; expected at most " + MAX_COUNT);
        }
        return new UserProfiles(texts);
    }

    /** Those behind a configuration's text that the journal kept, whatever the directory holds now. */
    static UserProfiles kept(final Path directory, final String text) throws ConfigException
    {
        final int begin = beginOfKept(text);
        if (begin < 0)
        {
            throw new ConfigException(directory + ": the journal has not kept the venue profiles that were in force");
        }
        final Map<Path, String> texts = new LinkedHashMap<>();
        Path file = null;
        final StringBuilder profile = new StringBuilder();
        for (final String line : (text.substring(begin) + KEPT_FILE + "\n").split("\n", -1))
        {
            if (line.startsWith(KEPT_FILE))
            {
                if (null != file)
                {
                    texts.put(file, profile.substring(0, Math.max(0, profile.length() - 1)));
                }
                file = directory.resolve(line.substring(KEPT_FILE.length()));
                profile.setLength(0);
            }
            else if (line.startsWith(KEPT_LINE))
            {
                profile.append(line, KEPT_LINE.length(), line.length()).append('\n');
            }
        }
        return new UserProfiles(texts);
    }

    /** Refuses a text that the journal has kept: what it says of profiles would be taken for comments. */
    static void requireNotKept(final Path file, final String text) throws ConfigException
    {
        final int begin = beginOfKept(text);
        if (0 <= begin)
        {
            throw TextPosition.of(text, begin + 1).error(file, "the profiles that a journal kept stand from here on; " +
                "expected the configuration alone, and the profiles as files in its 'venue-profiles'");
        }
    }

    /** A configuration's text without the profiles that were kept behind it. */
    static String withoutKept(final String text)
    {
        final int begin = beginOfKept(text);
        return begin < 0 ? text : text.substring(0, begin);
    }

    /** The text that the journal keeps: the configuration's, and the profiles as comments behind it. */
    String keptBehind(final String configuration)
    {
        final StringBuilder kept = new StringBuilder(configuration).append('\n').append(KEPT).append('\n');
        texts.forEach((file, text) ->
        {
            kept.append(KEPT_FILE).append(file.getFileName()).append('\n');
            text.lines().map((line) -> KEPT_LINE + line + "\n").forEach(kept::append);
        });
        return kept.toString();
    }

    /** These and the shipped ones. Everything that is wrong with any of them is told at once. */
    Venues venues() throws ConfigException
    {
        final Venues shipped = VenueProfiles.shipped();
        final Map<String, Venue> venues = new LinkedHashMap<>();
        final Map<String, Path> fileOf = new LinkedHashMap<>();
        final List<String> errors = new ArrayList<>();
        texts.forEach((file, text) ->
        {
            try
            {
                final Venue venue = ProfileCompiler.compile(ProfileReader.of(file, text));
                final String complaint = nameComplaint(venue.name(), file, shipped, fileOf.get(venue.name()));
                if (null != complaint)
                {
                    errors.add(at(file, text, complaint));
                }
                fileOf.putIfAbsent(venue.name(), file);
                venues.putIfAbsent(venue.name(), venue);
            }
            catch (final ProfileException ex)
            {
                errors.addAll(ex.messages());
            }
        });
        if (!errors.isEmpty())
        {
            throw new VenueProfilesException(errors);
        }
        final List<String> names = new ArrayList<>(List.of(shipped.names().split(", ")));
        names.addAll(venues.keySet());
        return venues.isEmpty() ? shipped : Venues.of(names, (name) ->
            venues.containsKey(name) ? venues.get(name) : shipped.byName(name));
    }

    private static String nameComplaint(
        final String name, final Path file, final Venues shipped, final Path otherOrNull)
    {
        if (null != shipped.byName(name))
        {
            return "'" + name + "' is the venue of " + name + SUFFIX + ", which comes with the gateway; expected a " +
                "name of its own in " + file.getFileName();
        }
        if (null != otherOrNull)
        {
            return "'" + name + "' is also the venue of " + otherOrNull + "; expected a name of its own in " +
                file.getFileName();
        }
        return file.getFileName().toString().equals(name + SUFFIX) ? null :
            "the venue is '" + name + "'; expected the file to be called " + name + SUFFIX;
    }

    private static String at(final Path file, final String text, final String what)
    {
        try
        {
            return new YamlSource(file, text).root("the profile", "venue").error("venue", what).getMessage();
        }
        catch (final ConfigException ex)
        {
            return ex.getMessage();
        }
    }

    private static String text(final Path file) throws ConfigException
    {
        try
        {
            if (!Files.isRegularFile(file))
            {
                throw new ConfigException(file + ": is no file; expected a venue's profile");
            }
            if (MAX_LENGTH < Files.size(file))
            {
                throw new ConfigException(file + ": is longer than " + MAX_LENGTH + " bytes; expected at most that");
            }
        }
        catch (final IOException ex)
        {
            throw new ConfigException(file + ": cannot be read: " + FileErrors.reason(ex));
        }
        return ConfigText.read(file, "profile");
    }

    /** Behind the last line that says so: lines of profiles never do, they begin with something else. */
    private static int beginOfKept(final String text)
    {
        return text.lastIndexOf("\n" + KEPT + "\n");
    }
}
