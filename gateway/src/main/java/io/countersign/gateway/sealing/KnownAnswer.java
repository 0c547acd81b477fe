package io.countersign.gateway.sealing;

import io.countersign.hsm.PublicKeyVerifier;
import io.countersign.hsm.SigningAlgorithm;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A published signature, verified before the first one of the audit key is: FIPS 140-3 calls it a known-answer test. It
 * also is what the first seal of a life does not have to wait for: code that never ran takes some 60 ms for it, with
 * both cores busy half a second.
 */
enum KnownAnswer
{
    /** RFC 8032, section 7.1, test 2. */
    ED25519(
        "RFC 8032, section 7.1",
        "302a300506032b65700321003d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "r",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),

    /** RFC 6979, appendix A.2.5, SHA-256 of "sample". */
    ECDSA_P256(
        "RFC 6979, appendix A.2.5",
        "3059301306072a8648ce3d020106082a8648ce3d03010703420004" +
            "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" +
            "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
        "sample",
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" +
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");

    private final String source;
    private final byte[] subjectPublicKeyInfo;
    private final byte[] message;
    private final byte[] signature;

    KnownAnswer(final String source, final String subjectPublicKeyInfo, final String message, final String signature)
    {
        this.source = source;
        this.subjectPublicKeyInfo = HexFormat.of().parseHex(subjectPublicKeyInfo);
        this.message = message.getBytes(StandardCharsets.US_ASCII);
        this.signature = HexFormat.of().parseHex(signature);
    }

    static KnownAnswer of(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.ED25519 == algorithm ? ED25519 : ECDSA_P256;
    }

    /** Throws when this Java platform verifies no published signature, or one that was changed. */
    void test()
    {
        final PublicKeyVerifier verifier = PublicKeyVerifier.of(
            ED25519 == this ? SigningAlgorithm.ED25519 : SigningAlgorithm.ECDSA_P256, subjectPublicKeyInfo);
        final byte[] changed = signature.clone();
        changed[changed.length - 1] ^= 1;
        if (!verifier.verifies(message, signature) || verifier.verifies(message, changed))
        {
            throw new IllegalStateException("this Java platform does not verify the published signature of " +
                source + ", so that seals cannot be checked: use another one");
        }
    }
}
