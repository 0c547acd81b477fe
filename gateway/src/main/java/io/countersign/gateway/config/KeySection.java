package io.countersign.gateway.config;

import io.countersign.hsm.AuditKey;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.Venues;
import io.countersign.venues.evm.Secp256k1Key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads one item of {@code keys}.
 */
final class KeySection
{
    private static final long DAY_MS = 24 * 60 * 60 * 1000L;
    private static final int CHECK_VALUE_LENGTH = 16;

    private KeySection()
    {
    }

    /** One without an id has its versions in the register, where there is a register. */
    static KeyConfig read(
        final YamlMapping key, final Venues venues, final TokenSection tokens, final RegisterConfig register)
        throws ConfigException
    {
        if (null != register && !key.has("id"))
        {
            return readRegistered(key, venues, tokens);
        }
        key.allowOnly("alias", "version", "token", "id", "algorithm", "check-value", "public-key", "venue", "api-key",
            "passphrase", "parameters", "example-timestamp-ms");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = algorithm(key);
        final KeySpec spec = spec(key, alias, algorithm);
        final Venue venue = venue(key, venues);
        final boolean isSecp256k1 = isSecp256k1(algorithm);
        final VenueKey venueKey = venueKey(
            key, venue, algorithm, key.name("api-key"), isSecp256k1 ? secp256k1(key, spec) : null);
        final String complaint = venue.check(venueKey);
        if (null != complaint)
        {
            throw key.error("venue", "key '" + alias + "' cannot be used at " + venue.name() + ": " + complaint);
        }
        return new KeyConfig(spec, venue, venueKey, tokens.tokenOf(key));
    }

    /** The register says which key it is; here stands what all its versions have. */
    private static KeyConfig readRegistered(
        final YamlMapping key, final Venues venues, final TokenSection tokens) throws ConfigException
    {
        key.allowOnly("alias", "token", "algorithm", "venue", "api-key", "passphrase", "parameters");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = algorithm(key);
        final Venue venue = venue(key, venues);
        final String apiKey = key.has("api-key") ? key.name("api-key") : null;
        final KeySpec spec = RegisteredKeys.placeholder(alias, algorithm);
        final VenueKey venueKey = venueKey(key, venue, algorithm,
            null == apiKey ? RegisteredKeys.placeholderApiKey(spec) : apiKey,
            isSecp256k1(algorithm) ? RegisteredKeys.placeholderSecp256k1() : null);
        return new KeyConfig(spec, venue, venueKey, tokens.tokenOf(key), true);
    }

    /** A stanza as {@code countersign keys import} prints it; of the algorithms one will do. */
    static KeySpec readMasterKey(final YamlMapping key) throws ConfigException
    {
        return readSecret(key, "master key");
    }

    /** A stanza as {@code countersign init} prints it. */
    static KeySpec readRegisterKey(final YamlMapping key) throws ConfigException
    {
        return readSecret(key, "register key");
    }

    /** A stanza as {@code countersign init} and {@code keys generate} print it, without what concerns a venue. */
    static KeySpec readAuditKey(final YamlMapping key) throws ConfigException
    {
        key.allowOnly("alias", "version", "token", "id", "algorithm", "public-key");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = algorithm(key);
        if (!AuditKey.ALGORITHMS.contains(algorithm))
        {
            throw key.error("algorithm", "the audit key '" + alias + "' is " + algorithm.configName() +
                "; expected Ed25519 or ECDSA-P256-SHA256");
        }
        return spec(key, alias, algorithm);
    }

    private static KeySpec spec(final YamlMapping key, final String alias, final SigningAlgorithm algorithm)
        throws ConfigException
    {
        return new KeySpec(
            alias,
            (int) key.number("version", 1, Integer.MAX_VALUE, 1),
            key.decoded("id", "the CKA_ID in hexadecimal digits", HexFormat.of()::parseHex),
            algorithm,
            pinned(key, alias, algorithm));
    }

    private static KeySpec readSecret(final YamlMapping key, final String what) throws ConfigException
    {
        key.allowOnly("alias", "version", "token", "id", "algorithm", "check-value");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = key.has("algorithm") ?
            key.choice("algorithm", SigningAlgorithm::ofConfigName, "HMAC-SHA256") : SigningAlgorithm.HMAC_SHA256;
        if (SigningAlgorithm.HMAC_SHA256 != algorithm)
        {
            throw key.error("algorithm", "the " + what + " '" + alias + "' is " + algorithm.configName() +
                "; expected HMAC-SHA256");
        }
        return spec(key, alias, algorithm);
    }

    private static byte[] pinned(final YamlMapping key, final String alias, final SigningAlgorithm algorithm)
        throws ConfigException
    {
        final String field = algorithm.isMac() ? "check-value" : "public-key";
        final String other = algorithm.isMac() ? "public-key" : "check-value";
        if (key.has(other))
        {
            throw key.error(other, "key '" + alias + "' is " + algorithm.configName() + "; expected '" + field +
                "' instead of '" + other + "'");
        }
        if (!algorithm.isMac())
        {
            return key.decoded(field, "base64 of an X.509 SubjectPublicKeyInfo", Base64.getDecoder()::decode);
        }
        final byte[] checkValue = key.decoded(field, "32 hexadecimal digits", HexFormat.of()::parseHex);
        if (CHECK_VALUE_LENGTH != checkValue.length)
        {
            throw key.error(field, "'check-value' is not 32 hexadecimal digits");
        }
        return checkValue;
    }

    private static SigningAlgorithm algorithm(final YamlMapping key) throws ConfigException
    {
        return key.choice("algorithm", SigningAlgorithm::ofConfigName,
            "one of " + Arrays.stream(SigningAlgorithm.values())
                .map(SigningAlgorithm::configName).collect(Collectors.joining(", ")));
    }

    private static Venue venue(final YamlMapping key, final Venues venues) throws ConfigException
    {
        return key.choice("venue", venues::byName, "one of " + venues.names());
    }

    private static boolean isSecp256k1(final SigningAlgorithm algorithm)
    {
        return algorithm.takesDigest() || SigningAlgorithm.ECDSA_SECP256K1 == algorithm;
    }

    private static VenueKey venueKey(
        final YamlMapping key,
        final Venue venue,
        final SigningAlgorithm algorithm,
        final String apiKey,
        final Secp256k1Key secp256k1) throws ConfigException
    {
        final KeyAlgorithm venueAlgorithm = KeyAlgorithm.ofConfigName(algorithm.configName());
        final KeyRule rule = venue.keyRule(venueAlgorithm);
        if (null == rule)
        {
            throw key.error("algorithm", venue.name() + " takes no " + algorithm.configName() + "; expected one of " +
                Arrays.stream(KeyAlgorithm.values()).filter((taken) -> null != venue.keyRule(taken))
                    .map(KeyAlgorithm::configName).collect(Collectors.joining(", ")));
        }
        final String passphrase = passphrase(key, venue);
        final List<String> parameters = parameters(key, venue);
        try
        {
            return VenueKey.builder(apiKey, venueAlgorithm, rule.signature())
                .passphrase(passphrase)
                .parameters(parameters)
                .fixedTimestampMs(exampleTimestampMs(key))
                .secp256k1(secp256k1)
                .build();
        }
        catch (final IllegalArgumentException ex)
        {
            throw key.error("api-key", "'api-key' cannot stand in a header; expected printable ASCII without spaces");
        }
    }

    private static Secp256k1Key secp256k1(final YamlMapping key, final KeySpec spec) throws ConfigException
    {
        try
        {
            return Secp256k1Key.ofSubjectPublicKeyInfo(spec.pinned());
        }
        catch (final IllegalArgumentException ex)
        {
            throw key.error("public-key", "'public-key' is " + ex.getMessage() + "; expected what " +
                "'countersign keys import' printed");
        }
    }

    private static String passphrase(final YamlMapping key, final Venue venue) throws ConfigException
    {
        if (PassphraseUse.NONE == venue.passphrase())
        {
            if (key.has("passphrase"))
            {
                throw key.error("passphrase", "keys of " + venue.name() + " have no passphrase");
            }
            return null;
        }
        final String passphrase = key.text("passphrase", "the passphrase of the key at " + venue.name());
        if (!isHeaderText(passphrase))
        {
            throw key.error("passphrase", "'passphrase' cannot stand in a header; expected 1 to " +
                VenueKey.MAX_TEXT_LENGTH + " characters of printable ASCII");
        }
        return passphrase;
    }

    private static List<String> parameters(final YamlMapping key, final Venue venue) throws ConfigException
    {
        final List<String> values = new ArrayList<>();
        final List<String> names = venue.parameters().stream().map(VenueParameter::name).toList();
        if (names.isEmpty())
        {
            if (key.has("parameters"))
            {
                throw key.error("parameters", "keys of " + venue.name() + " have no parameters");
            }
            return values;
        }
        final YamlMapping section = key.has("parameters") ? key.mapping("parameters", String.join(", ", names)) : null;
        if (null != section)
        {
            section.allowOnly(names.toArray(String[]::new));
        }
        for (final VenueParameter parameter : venue.parameters())
        {
            values.add(parameter(null != section && section.has(parameter.name()) ? section : null, key, parameter));
        }
        return values;
    }

    private static String parameter(final YamlMapping section, final YamlMapping key, final VenueParameter parameter)
        throws ConfigException
    {
        final String expected = parameter.values().isEmpty() ?
            "printable ASCII without spaces" : "one of " + String.join(", ", parameter.values());
        if (null == section)
        {
            if (null == parameter.defaultValue())
            {
                throw key.error("parameters", "the key has no parameter '" + parameter.name() + "'; expected " +
                    expected);
            }
            return parameter.defaultValue();
        }
        return section.choice(parameter.name(), (value) -> parameter.values().contains(value) ||
            parameter.values().isEmpty() && isHeaderText(value) && value.indexOf(' ') < 0 ? value : null, expected);
    }

    private static boolean isHeaderText(final String text)
    {
        return text.length() <= VenueKey.MAX_TEXT_LENGTH && text.equals(text.strip()) &&
            text.chars().allMatch((c) -> ' ' <= c && c < 0x7F);
    }

    /** A time that has passed at the venue: what is signed with it can be compared with a printed example, not used. */
    private static Long exampleTimestampMs(final YamlMapping key) throws ConfigException
    {
        if (!key.has("example-timestamp-ms"))
        {
            return null;
        }
        final long timestampMs = key.number("example-timestamp-ms", 1, Long.MAX_VALUE);
        if (System.currentTimeMillis() - DAY_MS < timestampMs)
        {
            throw key.error("example-timestamp-ms", "'example-timestamp-ms' is there to reproduce published " +
                "examples; expected milliseconds since 1970, at least a day ago");
        }
        return timestampMs;
    }
}
