package io.countersign.gateway.config;

import io.countersign.gateway.register.KeyEntry;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.VenueKey;
import io.countersign.venues.evm.Secp256k1Key;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Puts versions that the key register has in the place of what the configuration says of an alias.
 */
public final class RegisteredKeys
{
    /** SubjectPublicKeyInfo of the generator of secp256k1 (SEC 2, section 2.4.1): the key of the number 1. */
    private static final String GENERATOR =
        "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEeb5mfvncu6xVoGKVzocLBwKb/NstzijZWfKBWxb4F5hIOtp3JqPEZV2k+/wOEQio" +
        "/Re0SKaFVBmcR9CP+xDUuA==";

    private RegisteredKeys()
    {
    }

    /**
     * What bots reach by an alias when this version stands for it.
     *
     * @param declared what the configuration says of the alias.
     * @param entry    a version that the register has; without api-key it cannot sign, and a placeholder stands there.
     * @return the key.
     * @throws ConfigException when it is not a version of this alias: another algorithm or venue.
     */
    public static KeyConfig of(final KeyConfig declared, final KeyEntry entry) throws ConfigException
    {
        final SigningAlgorithm algorithm = declared.spec().algorithm();
        if (algorithm != entry.spec().algorithm())
        {
            throw new ConfigException(entry + " is " + entry.spec().algorithm().configName() +
                ", and the configuration says " + algorithm.configName() + "; expected one algorithm for an alias");
        }
        if (null != entry.venue() && !declared.venue().name().equals(entry.venue().venue()))
        {
            throw new ConfigException(entry + " is bound to " + entry.venue().venue() +
                ", and the configuration says " + declared.venue().name() + "; expected one venue for an alias");
        }
        final String own = null == entry.venue() ? null : entry.venue().apiKey();
        final VenueKey venueKey = declared.venueKey().withApiKey(
            null != own ? own : placeholderApiKey(declared.spec()), secp256k1(declared, entry));
        final String complaint = null == own ? null : declared.venue().check(venueKey);
        if (null != complaint)
        {
            throw new ConfigException(entry + " cannot be used at " + declared.venue().name() + ": " + complaint);
        }
        return new KeyConfig(entry.spec(), declared.venue(), venueKey, entry.token(), true);
    }

    /**
     * What stands for a public key or check value as long as there is none yet.
     *
     * @param algorithm of the key that is to be made.
     * @return bytes of which no key is made.
     */
    public static byte[] unknownPinned(final SigningAlgorithm algorithm)
    {
        return algorithm.isMac() ? new byte[KeySpec.CHECK_VALUE_LENGTH] : Base64.getDecoder().decode(GENERATOR);
    }

    /** Stands for a key that only the register knows: with it nothing is found in a token. */
    static KeySpec placeholder(final String alias, final SigningAlgorithm algorithm)
    {
        final byte[] unique = ConfigText.sha256("countersign registered key " + alias);
        return new KeySpec(alias, 1, unique, algorithm, Arrays.copyOf(unique, KeySpec.CHECK_VALUE_LENGTH));
    }

    /** As long as those that venues give. */
    static String placeholderApiKey(final KeySpec placeholder)
    {
        return HexFormat.of().formatHex(placeholder.id());
    }

    static Secp256k1Key placeholderSecp256k1()
    {
        return Secp256k1Key.ofSubjectPublicKeyInfo(Base64.getDecoder().decode(GENERATOR));
    }

    private static Secp256k1Key secp256k1(final KeyConfig declared, final KeyEntry entry) throws ConfigException
    {
        try
        {
            return null == declared.venueKey().secp256k1() ?
                null : Secp256k1Key.ofSubjectPublicKeyInfo(entry.spec().pinned());
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigException(entry + ": its public key is " + ex.getMessage());
        }
    }
}
