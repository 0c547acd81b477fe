package io.countersign.venues;

/**
 * What a venue wants of keys of one algorithm.
 *
 * @param algorithm of the keys.
 * @param secret    how the venue's text of the key becomes its bytes; null where the venue knows no secret.
 * @param signature how their signatures are written.
 */
public record KeyRule(KeyAlgorithm algorithm, SecretEncoding secret, SignatureEncoding signature)
{
}
