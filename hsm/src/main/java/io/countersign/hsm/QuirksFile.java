package io.countersign.hsm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * What is known of tokens: sections that each say which tokens they are for, and what these do otherwise. The sections
 * that come with the product are first, those of a file of the user's own after them; for each field the last section
 * that matches counts.
 */
final class QuirksFile
{
    /** Environment variable with the path of the user's own file, where nothing else names one. */
    static final String ENV_NAME = "COUNTERSIGN_TOKEN_QUIRKS";

    private static final String RESOURCE = "token-quirks.conf";

    private static final String MODULE = "module";
    private static final String LIBRARY = "library";
    private static final String MANUFACTURER = "manufacturer";
    private static final String MODEL = "model";
    private static final String LIBRARY_PARAMETERS = "library-parameters";
    private static final String WANTS_LIBRARY_PARAMETERS = "wants-library-parameters";
    private static final String WITHOUT = "without";
    private static final String EDDSA_PARAMETERS = "eddsa-parameters";
    private static final String EDWARDS_CURVE = "edwards-curve";

    private static final Set<String> CONDITIONS = Set.of(MODULE, LIBRARY, MANUFACTURER, MODEL);
    private static final Set<String> BEFORE_START = Set.of(LIBRARY_PARAMETERS, WANTS_LIBRARY_PARAMETERS);
    private static final Map<String, Set<String>> CHOICES = Map.of(
        WANTS_LIBRARY_PARAMETERS, Set.of("yes", "no"),
        EDDSA_PARAMETERS, Set.of("yes", "no"),
        EDWARDS_CURVE, Set.of("name", "oid"));

    private final List<Section> sections = new ArrayList<>();

    private QuirksFile()
    {
    }

    /**
     * The quirks that come with the product, and those of the user.
     *
     * @param file of the user, or null for the one that {@link #ENV_NAME} names, if any.
     * @return the quirks.
     * @throws TokenException when the file cannot be read or has a mistake; the message says in which line.
     */
    static QuirksFile load(final Path file) throws TokenException
    {
        final String configured = System.getenv(ENV_NAME);
        return loadOnly(null == file && null != configured && !configured.isEmpty() ? Path.of(configured) : file);
    }

    /**
     * The parameters that a module wants for {@code C_Initialize}.
     *
     * @param module path of the library.
     * @return the text, or null for none.
     * @throws TokenException when it is known to want some and there are none.
     */
    String libraryParameters(final Path module) throws TokenException
    {
        final Map<String, String> facts = Map.of(MODULE, fileName(module));
        final String parameters = field(facts, LIBRARY_PARAMETERS, "");
        if (parameters.isEmpty() && "yes".equals(field(facts, WANTS_LIBRARY_PARAMETERS, "no")))
        {
            throw new TokenException("PKCS#11 module " + module + " wants parameters: give them as " +
                LIBRARY_PARAMETERS + " in a quirks file, see docs/tokens.md");
        }

        return parameters.isEmpty() ? null : parameters;
    }

    /**
     * The quirks of a token.
     *
     * @param module       path of the library.
     * @param library      description of the library.
     * @param manufacturer of the token.
     * @param model        of the token.
     * @return the quirks.
     */
    TokenQuirks ofToken(final Path module, final String library, final String manufacturer, final String model)
    {
        final Map<String, String> facts = Map.of(
            MODULE, fileName(module), LIBRARY, library, MANUFACTURER, manufacturer, MODEL, model);
        final Set<Long> missing = new HashSet<>();
        for (final String name : words(field(facts, WITHOUT, "")))
        {
            missing.add(PKCS11Constants.ckmNameToCode(name));
        }

        return new TokenQuirks(
            sections.stream().filter((section) -> section.matches(facts)).map(Section::name)
            .collect(Collectors.joining(", ")),
            Set.copyOf(missing),
            "yes".equals(field(facts, EDDSA_PARAMETERS, "no")),
            "name".equals(field(facts, EDWARDS_CURVE, "oid")));
    }

    private static QuirksFile loadOnly(final Path file) throws TokenException
    {
        final QuirksFile quirks = new QuirksFile();
        try (InputStream builtIn = QuirksFile.class.getResourceAsStream(RESOURCE))
        {
            quirks.parse(RESOURCE, new String(builtIn.readAllBytes(), StandardCharsets.UTF_8));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        if (null != file)
        {
            try
            {
                quirks.parse(file.toString(), Files.readString(file));
            }
            catch (final IOException ex)
            {
                throw new TokenException("cannot read the quirks file " + file + " (" +
                    ex.getClass().getSimpleName() + "): correct its path, or make it readable text");
            }
        }

        return quirks;
    }

    private void parse(final String name, final String text) throws TokenException
    {
        Section section = null;
        int lineNumber = 0;
        for (final String rawLine : text.lines().toList())
        {
            lineNumber++;
            final String line = rawLine.strip();
            final String where = name + ":" + lineNumber + ": ";
            if (line.startsWith("[") && line.endsWith("]"))
            {
                check(section);
                section = new Section(line.substring(1, line.length() - 1).strip(), where, new TreeMap<>());
                sections.add(section);
            }
            else if (!line.isEmpty() && !line.startsWith("#"))
            {
                final int equals = line.indexOf('=');
                if (null == section || equals < 1)
                {
                    throw new TokenException(where + "neither [section] nor field = value of a section");
                }
                putField(section, where, line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        check(section);
    }

    private static void putField(final Section section, final String where, final String field, final String value)
        throws TokenException
    {
        final Set<String> choices = CHOICES.get(field);
        if (null != choices ? !choices.contains(value) :
            !CONDITIONS.contains(field) && !LIBRARY_PARAMETERS.equals(field) && !WITHOUT.equals(field))
        {
            throw new TokenException(where + (null == choices ? "there is no field " + field :
                field + " must be one of " + String.join(", ", new TreeMap<>(
                choices.stream().collect(Collectors.toMap((choice) -> choice, (choice) -> choice))).keySet())));
        }

        if (WITHOUT.equals(field))
        {
            for (final String mechanism : words(value))
            {
                if (null == PKCS11Constants.ckmNameToCode(mechanism))
                {
                    throw new TokenException(where + mechanism + " is no mechanism: write for example CKM_ECDSA");
                }
            }
        }

        if (null != section.fields.put(field, value))
        {
            throw new TokenException(where + field + " stands in section " + section.name + " twice");
        }
    }

    /**
     * Before a module has started, its path is all that is known of it.
     */
    private static void check(final Section section) throws TokenException
    {
        if (null == section)
        {
            return;
        }

        final Set<String> conditions = new HashSet<>(section.fields.keySet());
        conditions.retainAll(CONDITIONS);
        if (conditions.isEmpty())
        {
            throw new TokenException(section.where + "section " + section.name +
                " does not say for which tokens it is: give it module, library, manufacturer or model");
        }

        if (section.fields.keySet().stream().anyMatch(BEFORE_START::contains) && !Set.of(MODULE).equals(conditions))
        {
            throw new TokenException(section.where + "section " + section.name +
                " has parameters for the start of a module, and can name that by module only");
        }
    }

    private String field(final Map<String, String> facts, final String name, final String otherwise)
    {
        String value = otherwise;
        for (final Section section : sections)
        {
            if (section.matches(facts))
            {
                value = section.fields.getOrDefault(name, value);
            }
        }

        return value;
    }

    private static List<String> words(final String text)
    {
        return text.isEmpty() ? List.of() : List.of(text.split("[ ,]+"));
    }

    private static String fileName(final Path path)
    {
        return path.getFileName().toString();
    }

    private record Section(String name, String where, Map<String, String> fields)
    {
        boolean matches(final Map<String, String> facts)
        {
            for (final String condition : CONDITIONS)
            {
                final String pattern = fields.get(condition);
                if (null != pattern && !(facts.containsKey(condition) && matches(pattern, facts.get(condition))))
                {
                    return false;
                }
            }

            return true;
        }

        private static boolean matches(final String pattern, final String text)
        {
            return pattern.endsWith("*") ?
                text.startsWith(pattern.substring(0, pattern.length() - 1)) : text.equals(pattern);
        }
    }
}
