package io.countersign.hsm;

import java.util.List;

/**
 * A key object as its token describes it. Tokens leave out attributes: what they did not say is null.
 *
 * @param handle               valid in the inventory that gave the key.
 * @param kind                 which of the three classes of key objects.
 * @param id                   {@code CKA_ID}; empty when it has none.
 * @param label                {@code CKA_LABEL}; empty when it has none.
 * @param type                 of the key, for people: the curve, {@code RSA}, or the name in PKCS#11.
 * @param bits                 size of the key in bits, or 0 when the token does not say.
 * @param algorithms           that such a key can sign with, in this version.
 * @param sensitive            {@code CKA_SENSITIVE}.
 * @param alwaysSensitive      {@code CKA_ALWAYS_SENSITIVE}.
 * @param extractable          {@code CKA_EXTRACTABLE}.
 * @param neverExtractable     {@code CKA_NEVER_EXTRACTABLE}.
 * @param isPrivate            {@code CKA_PRIVATE}.
 * @param local                {@code CKA_LOCAL}: generated on the token.
 * @param uses                 what it may be used for: {@code sign}, {@code verify}, {@code encrypt}, {@code decrypt},
 *                             {@code wrap}, {@code unwrap}, {@code derive}, {@code sign-recover}.
 * @param mechanisms           names of the only mechanisms that it may be used with; empty when there is no such limit.
 * @param subjectPublicKeyInfo public key as X.509 DER, from this object or from the public key beside it; null for
 *                             secrets and when the token has none.
 */
public record TokenKey(
    long handle,
    Kind kind,
    byte[] id,
    String label,
    String type,
    int bits,
    List<SigningAlgorithm> algorithms,
    Boolean sensitive,
    Boolean alwaysSensitive,
    Boolean extractable,
    Boolean neverExtractable,
    Boolean isPrivate,
    Boolean local,
    List<String> uses,
    List<String> mechanisms,
    byte[] subjectPublicKeyInfo)
{
    /**
     * The classes of key objects.
     */
    public enum Kind
    {
        /** A secret of a MAC or of a cipher. */
        SECRET("secret"),

        /** A private key. */
        PRIVATE("private"),

        /** A public key. */
        PUBLIC("public");

        private final String text;

        Kind(final String text)
        {
            this.text = text;
        }

        /** The word for it, for people. */
        @Override
        public String toString()
        {
            return text;
        }
    }
}
