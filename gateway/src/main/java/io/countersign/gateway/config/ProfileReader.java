package io.countersign.gateway.config;

import io.countersign.venues.Binding;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.SecretEncoding;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileException;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.ReceiveWindow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the profile of a venue. All mistakes are told at once.
 */
public final class ProfileReader
{
    private static final int VERSION = 1;
    private static final int MAX_WINDOW_MS = 3_600_000;
    private static final Map<String, Long> NONCE_UNITS = Map.of("ms", 1_000_000L, "us", 1_000L, "ns", 1L);

    private final Problems problems = new Problems();
    private final Path file;
    private final String text;

    private ProfileReader(final Path file, final String text)
    {
        this.file = file;
        this.text = text;
    }

    /**
     * Read a profile file.
     *
     * @param file path of the YAML file.
     * @return the profile, to be compiled.
     * @throws ProfileException when it cannot be read, or with everything in it that is not as expected.
     */
    public static Profile read(final Path file) throws ProfileException
    {
        final String text;
        try
        {
            text = ConfigText.read(file, "profile");
        }
        catch (final ConfigException ex)
        {
            throw new ProfileException(List.of(ex.getMessage()));
        }
        return of(file, text);
    }

    /**
     * Read the text of a profile.
     *
     * @param file names the text in errors.
     * @param text the YAML text.
     * @return the profile, to be compiled.
     * @throws ProfileException with everything in it that is not as expected.
     */
    public static Profile of(final Path file, final String text) throws ProfileException
    {
        return new ProfileReader(file, text).profile();
    }

    private Profile profile() throws ProfileException
    {
        final YamlSource source = new YamlSource(file, text);
        final YamlMapping root = problems.attempt(null, () -> source.root("the profile", "profile, venue, ..."));
        final Profile profile = null == root ? null : profile(source, root);
        if (!problems.isEmpty())
        {
            throw new ProfileException(problems.messages());
        }
        return profile;
    }

    private Profile profile(final YamlSource source, final YamlMapping root)
    {
        problems.check(() -> root.allowOnly("profile", "venue", "title", "source", "hosts", "binding", "scheme",
            "keys", "passphrase", "parameters", "time", "nonce", "receive-window", "sign", "headers", "operations"));
        problems.check(() -> root.number("profile", VERSION, VERSION));
        final String name = problems.attempt("", () -> root.choice("venue",
            (value) -> value.matches("[a-z0-9][a-z0-9-]{0,63}") ? value : null, "a name of a-z, 0-9 and -"));
        final String scheme = problems.attempt(Profile.PROFILE_SCHEME, () ->
            root.text("scheme", "the name of a scheme", Profile.PROFILE_SCHEME));
        final Binding binding = problems.attempt(Binding.E, () ->
            root.choice("binding", Binding::ofConfigName, "A, B, C, D or E"));
        final List<VenueParameter> parameters = parameters(root);
        final List<String> parameterNames = parameters.stream().map(VenueParameter::name).toList();
        return new Profile(
            source.position(root.node()),
            name,
            problems.attempt("", () -> root.text("title", "what the profile is of", name)),
            texts(root, "source"),
            hosts(root),
            binding,
            scheme,
            keys(root),
            problems.attempt(PassphraseUse.NONE, () -> passphrase(root)),
            parameters,
            problems.attempt(NonceRule.NONE, () -> nonce(root)),
            problems.attempt(null, () -> receiveWindow(root)),
            operations(source, root, parameterNames, binding, Profile.PROFILE_SCHEME.equals(scheme)));
    }

    private List<String> texts(final YamlMapping root, final String field)
    {
        return !root.has(field) ? List.of() : problems.attempt(List.of(), () -> root.isList(field) ?
            root.texts(field, "a list of texts") : List.of(root.text(field, "a text")));
    }

    private List<String> hosts(final YamlMapping root)
    {
        return problems.attempt(List.of("none"), () -> root.choices("hosts",
            (host) -> host.matches("[a-z0-9.-]+(:[0-9]{1,5})?") ? host : null, "a list of host names"));
    }

    private List<KeyRule> keys(final YamlMapping root)
    {
        final List<KeyRule> rules = new ArrayList<>();
        final String names = Arrays.stream(KeyAlgorithm.values())
            .map(KeyAlgorithm::configName).collect(Collectors.joining(", "));
        final YamlMapping section = problems.attempt(null, () -> root.mapping("keys", "one or more of " + names));
        if (null == section)
        {
            return rules;
        }
        for (final String name : section.fieldNames())
        {
            final KeyAlgorithm algorithm = KeyAlgorithm.ofConfigName(name);
            if (null == algorithm)
            {
                problems.add(section.error(name, "'" + name + "' is no algorithm; expected one of " + names));
            }
            else
            {
                problems.check(() -> rules.add(key(section.mapping(name, "secret, signature"), algorithm)));
            }
        }
        if (rules.isEmpty() && problems.isEmpty())
        {
            problems.add(root.error("keys", "'keys' is empty; expected one or more of " + names));
        }
        return rules;
    }

    private static KeyRule key(final YamlMapping key, final KeyAlgorithm algorithm) throws ConfigException
    {
        key.allowOnly("secret", "signature");
        if (!algorithm.isMac() && key.has("secret"))
        {
            throw key.error("secret", "a key of " + algorithm.configName() + " has no secret at the venue");
        }
        return new KeyRule(
            algorithm,
            algorithm.isMac() ? key.choice("secret", SecretEncoding::ofConfigName, "text, base64 or hex") : null,
            key.choice("signature", SignatureEncoding::ofConfigName, "hex, base64, base64url, raw or der"));
    }

    private static PassphraseUse passphrase(final YamlMapping root) throws ConfigException
    {
        return !root.has("passphrase") ? PassphraseUse.NONE : root.choice("passphrase", (value) -> switch (value)
        {
            case "none" -> PassphraseUse.NONE;
            case "required" -> PassphraseUse.PLAIN;
            case "hmac" -> PassphraseUse.MAC;
            default -> null;
        }, "none, required or hmac");
    }

    private List<VenueParameter> parameters(final YamlMapping root)
    {
        final List<VenueParameter> parameters = new ArrayList<>();
        final YamlMapping section = !root.has("parameters") ? null :
            problems.attempt(null, () -> root.mapping("parameters", "a mapping from names to values and default"));
        if (null != section)
        {
            for (final String name : section.fieldNames())
            {
                problems.check(() -> parameters.add(parameter(section, name)));
            }
        }
        return parameters;
    }

    private static VenueParameter parameter(final YamlMapping section, final String name) throws ConfigException
    {
        final YamlMapping parameter = section.mapping(name, "values, default");
        parameter.allowOnly("values", "default");
        final String expected = "printable ASCII without spaces";
        final List<String> values = !parameter.has("values") ? List.of() : parameter.choices(
            "values", (value) -> isWord(value) ? value : null, "a list of values, " + expected);
        final String absent = !parameter.has("default") ? null : parameter.choice("default",
            (value) -> isWord(value) && (values.isEmpty() || values.contains(value)) ? value : null,
            values.isEmpty() ? expected : "one of " + String.join(", ", values));
        if (!name.matches("[a-z0-9-]{1,64}"))
        {
            throw section.error(name, "'" + name + "' is no name of a parameter; expected a-z, 0-9 and -");
        }
        return new VenueParameter(name, values, absent);
    }

    private static boolean isWord(final String value)
    {
        return value.matches("[!-~]{1,64}");
    }

    private static NonceRule nonce(final YamlMapping root) throws ConfigException
    {
        if (!root.has("nonce"))
        {
            return NonceRule.NONE;
        }
        final YamlMapping nonce = root.mapping("nonce", "kind, unit");
        nonce.allowOnly("kind", "unit");
        final NonceRule.Kind kind = nonce.choice("kind", (value) -> switch (value)
        {
            case "none" -> NonceRule.Kind.NONE;
            case "counter" -> NonceRule.Kind.COUNTER;
            case "uuid" -> NonceRule.Kind.UUID;
            default -> null;
        }, "none, counter or uuid");
        final long unitNs = nonce.has("unit") ? nonce.choice("unit", NONCE_UNITS::get, "ms, us or ns") : 1;
        if (NonceRule.Kind.COUNTER == kind && !nonce.has("unit"))
        {
            throw nonce.error("unit", "a counter has no 'unit'; expected ms, us or ns");
        }
        return new NonceRule(kind, unitNs);
    }

    private static ReceiveWindow receiveWindow(final YamlMapping root) throws ConfigException
    {
        if (!root.has("receive-window"))
        {
            return null;
        }
        final YamlMapping window = root.mapping("receive-window", "default-ms, max-ms");
        window.allowOnly("default-ms", "max-ms");
        final long maxMs = window.number("max-ms", 1, MAX_WINDOW_MS);
        return new ReceiveWindow((int) window.number("default-ms", 1, maxMs, 0), (int) maxMs);
    }

    private List<ProfileOperation> operations(
        final YamlSource source,
        final YamlMapping root,
        final List<String> parameters,
        final Binding binding,
        final boolean isProfile)
    {
        final List<ProfileOperation> operations = new ArrayList<>();
        final YamlMapping section = problems.attempt(
            null, () -> root.mapping("operations", "a mapping from names of operations to how they are written"));
        if (null == section)
        {
            return operations;
        }
        final ProfileOperationSection reader =
            new ProfileOperationSection(source, root, parameters, binding, problems);
        for (final String name : section.fieldNames())
        {
            problems.check(() -> operations.add(reader.read(section, name, isProfile)));
        }
        if (section.fieldNames().isEmpty())
        {
            problems.add(root.error("operations", "'operations' is empty; expected at least one"));
        }
        return operations;
    }
}
