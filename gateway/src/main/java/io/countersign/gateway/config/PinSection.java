package io.countersign.gateway.config;

import io.countersign.hsm.PinSource;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads where the PIN of a token comes from: exactly one of the fields {@value #FILE}, {@value #CREDENTIAL},
 * {@value #MOUNT} and {@value #ENVIRONMENT}.
 */
final class PinSection
{
    static final String FILE = "pin-file";
    static final String CREDENTIAL = "pin-credential";
    static final String MOUNT = "pin-mount";
    static final String ENVIRONMENT = "pin-env";

    private static final List<String> FIELDS = List.of(FILE, CREDENTIAL, MOUNT, ENVIRONMENT);
    private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Path directory;

    PinSection(final Path directory)
    {
        this.directory = directory;
    }

    /** The fields of the section itself, and those of the PIN. */
    static String[] with(final String... fields)
    {
        final String[] all = Arrays.copyOf(fields, fields.length + FIELDS.size());
        for (int i = 0; i < FIELDS.size(); i++)
        {
            all[fields.length + i] = FIELDS.get(i);
        }
        return all;
    }

    PinSource read(final YamlMapping token) throws ConfigException
    {
        final List<String> found = FIELDS.stream().filter(token::has).toList();
        if (found.isEmpty())
        {
            throw token.missing("PIN", "one of " + String.join(", ", FIELDS));
        }
        final String field = found.getFirst();
        if (1 < found.size())
        {
            throw token.error(found.get(1), "'" + found.get(1) + "' stands beside '" + field +
                "'; expected only one of " + String.join(", ", FIELDS));
        }
        return switch (field)
        {
            case FILE -> PinSource.file(path(token, field, "the path of a file with the PIN"));
            case MOUNT -> PinSource.mount(path(token, field, "the path of the PIN in a mounted secret"));
            case CREDENTIAL -> PinSource.credential(
                name(token, field, CREDENTIAL_NAME, "the name of a systemd credential"));
            default -> PinSource.environment(
                name(token, field, VARIABLE_NAME, "the name of an environment variable"));
        };
    }

    /** What does not look like a name may be the PIN itself, so that it is not repeated. */
    private static String name(
        final YamlMapping token, final String field, final Pattern pattern, final String expected)
        throws ConfigException
    {
        final String name = token.text(field, expected);
        if (!pattern.matcher(name).matches())
        {
            throw token.error(field, "'" + field + "' is no name; expected " + expected + ", never the PIN itself");
        }
        return name;
    }

    private Path path(final YamlMapping token, final String field, final String expected) throws ConfigException
    {
        final String value = token.text(field, expected);
        try
        {
            return directory.resolve(value).normalize();
        }
        catch (final InvalidPathException ex)
        {
            throw token.error(field, "'" + field + "' is no path here; expected " + expected);
        }
    }
}
