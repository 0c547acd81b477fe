package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.Venues;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
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

    static KeyConfig read(final YamlMapping key) throws ConfigException
    {
        key.allowOnly("alias", "version", "id", "algorithm", "check-value", "public-key", "venue", "api-key",
            "example-timestamp-ms");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = key.choice("algorithm", SigningAlgorithm::ofConfigName,
            "one of " + Arrays.stream(SigningAlgorithm.values())
                .map(SigningAlgorithm::configName).collect(Collectors.joining(", ")));
        final KeySpec spec = new KeySpec(
            alias,
            (int) key.number("version", 1, Integer.MAX_VALUE, 1),
            key.decoded("id", "the CKA_ID in hexadecimal digits", HexFormat.of()::parseHex),
            algorithm,
            pinned(key, alias, algorithm));
        final Venue venue = key.choice("venue", Venues::byName, "one of " + Venues.names());
        return new KeyConfig(spec, venue, venueKey(key, venue, algorithm));
    }

    /** A stanza as {@code countersign keys import} prints it; of the algorithms one will do. */
    static KeySpec readMasterKey(final YamlMapping key) throws ConfigException
    {
        key.allowOnly("alias", "version", "id", "algorithm", "check-value");
        final String alias = key.name("alias");
        final SigningAlgorithm algorithm = key.has("algorithm") ?
            key.choice("algorithm", SigningAlgorithm::ofConfigName, "HMAC-SHA256") : SigningAlgorithm.HMAC_SHA256;
        if (SigningAlgorithm.HMAC_SHA256 != algorithm)
        {
            throw key.error("algorithm", "the master key '" + alias + "' is " + algorithm.configName() +
                "; expected HMAC-SHA256");
        }
        return new KeySpec(
            alias,
            (int) key.number("version", 1, Integer.MAX_VALUE, 1),
            key.decoded("id", "the CKA_ID in hexadecimal digits", HexFormat.of()::parseHex),
            algorithm,
            pinned(key, alias, algorithm));
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

    private static VenueKey venueKey(final YamlMapping key, final Venue venue, final SigningAlgorithm algorithm)
        throws ConfigException
    {
        final SignatureEncoding encoding = switch (algorithm)
        {
            case HMAC_SHA256 -> SignatureEncoding.HEX;
            case ED25519, RSA_2048 -> SignatureEncoding.BASE64;
            default -> throw key.error("algorithm", venue.name() + " takes no " + algorithm.configName() +
                "; expected HMAC-SHA256, Ed25519 or RSA-2048-PKCS1-SHA256");
        };
        if (!venue.supports(encoding))
        {
            throw key.error("algorithm", venue.name() + " takes no " + algorithm.configName());
        }
        try
        {
            return new VenueKey(key.name("api-key"), encoding, exampleTimestampMs(key));
        }
        catch (final IllegalArgumentException ex)
        {
            throw key.error("api-key", "'api-key' cannot stand in a header; expected printable ASCII without spaces");
        }
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
