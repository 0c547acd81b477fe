package io.countersign.venues;

/**
 * How a venue wants the signature of a key written; follows from the key's algorithm family.
 */
public enum SignatureEncoding
{
    /** Lower-case hexadecimal: HMAC. */
    HEX,

    /** Base64 of RFC 4648 section 4 with padding, percent-encoded where it goes into a query: Ed25519 and RSA. */
    BASE64
}
