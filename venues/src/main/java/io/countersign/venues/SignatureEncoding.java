package io.countersign.venues;

import java.util.Locale;

/**
 * How a venue wants the bytes of a signature written.
 */
public enum SignatureEncoding
{
    /** Lower-case hexadecimal. */
    HEX,

    /** Base64 of RFC 4648 section 4, with padding. */
    BASE64,

    /** Base64 of RFC 4648 section 5 for URLs, without padding. */
    BASE64URL,

    /** The bytes as the token gives them; of ECDSA r and s, each as long as the curve's order. */
    RAW,

    /** An ECDSA signature as the ASN.1 DER sequence of r and s, in base64. */
    DER;

    /**
     * The name that configuration uses.
     *
     * @return for example {@code base64url}.
     */
    public String configName()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The encoding of a name in configuration.
     *
     * @param configName for example {@code base64url}.
     * @return the encoding, or null when none has this name.
     */
    public static SignatureEncoding ofConfigName(final String configName)
    {
        for (final SignatureEncoding encoding : values())
        {
            if (encoding.configName().equals(configName))
            {
                return encoding;
            }
        }
        return null;
    }
}
