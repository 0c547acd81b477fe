package io.countersign.perf.bench;

import io.countersign.hsm.SigningAlgorithm;

/**
 * The keys that the rig measures with.
 */
enum BenchKey
{
    /** At Binance. */
    HMAC("hmac", "01", "HMAC-SHA256", SigningAlgorithm.HMAC_SHA256, "binance-spot"),
    /** At Binance. */
    ED25519("ed25519", "02", "Ed25519", SigningAlgorithm.ED25519, "binance-spot"),
    /** At a venue of the rig, which has Binance's grammar: no venue that takes such keys comes with the gateway. */
    P256("p256", "03", "ECDSA-P256-SHA256", SigningAlgorithm.ECDSA_P256, BenchFiles.VENUE),
    /** At Binance. */
    RSA("rsa", "04", "RSA-2048-SHA256", SigningAlgorithm.RSA_2048, "binance-spot");

    private final String alias;
    private final String id;
    private final String title;
    private final SigningAlgorithm algorithm;
    private final String venue;

    BenchKey(
        final String alias, final String id, final String title, final SigningAlgorithm algorithm, final String venue)
    {
        this.alias = alias;
        this.id = id;
        this.title = title;
        this.algorithm = algorithm;
        this.venue = venue;
    }

    String alias()
    {
        return alias;
    }

    /** CKA_ID in hexadecimal digits. */
    String id()
    {
        return id;
    }

    /** As series call it. */
    String title()
    {
        return title;
    }

    SigningAlgorithm algorithm()
    {
        return algorithm;
    }

    String venue()
    {
        return venue;
    }
}
