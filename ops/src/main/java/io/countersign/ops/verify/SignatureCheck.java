package io.countersign.ops.verify;

import io.countersign.hsm.SigningAlgorithm;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Verifies the signatures of outcomes over the payloads of their intents.
 */
final class SignatureCheck
{
    private final Map<SigningAlgorithm, LongAdder> verified = new ConcurrentHashMap<>();
    private final Map<String, long[]> unknown = new TreeMap<>();
    private final PolicyCheck policies;
    private final SignaturePool pool;
    private final MacOracle macs;
    private final Report report;
    private long unverifiedMacs;

    /** Null for macs leaves MACs uncounted among what is verified. */
    SignatureCheck(final PolicyCheck policies, final SignaturePool pool, final MacOracle macs, final Report report)
    {
        this.policies = policies;
        this.pool = pool;
        this.macs = macs;
        this.report = report;
    }

    void add(
        final Place place, final String alias, final int version, final byte[] payload, final byte[] signature)
    {
        final VerifyingKey key = policies.signingKey(alias, version);
        if (null == key)
        {
            doubt(alias + " version " + version, "its key is not known; give it by --keys");
        }
        else if (key.algorithm().isMac() && null == macs)
        {
            unverifiedMacs++;
            if (key.algorithm().maxSignatureLength() != signature.length)
            {
                broken(place, key);
            }
        }
        else if (key.algorithm().isMac())
        {
            final MacOracle.Answer answer = macs.check(key, payload, signature);
            if (MacOracle.Answer.UNKNOWN_KEY == answer)
            {
                doubt(key.name(), macs.whyUnknown(key));
            }
            else
            {
                note(place, key, MacOracle.Answer.FITS == answer);
            }
        }
        else
        {
            pool.add(() -> note(place, key, key.verifies(payload, signature)));
        }
    }

    void conclude()
    {
        final StringBuilder text = new StringBuilder("signatures:");
        final Map<String, Long> sorted = new TreeMap<>();
        verified.forEach((algorithm, count) -> sorted.put(algorithm.configName(), count.sum()));
        sorted.forEach((name, count) -> text.append(' ').append(count).append(' ').append(name).append(" verified,"));
        if (null == macs)
        {
            text.append(' ').append(unverifiedMacs).append(" MACs not verifiable without the token,");
        }
        report.fact(sorted.isEmpty() && null != macs ? "signatures: none verified" :
            text.substring(0, text.length() - 1));
        unknown.forEach((name, count) -> report.doubt(count[0] + (1 == count[0] ? " signature" : " signatures") +
            " of key " + name));
    }

    private void doubt(final String key, final String reason)
    {
        unknown.computeIfAbsent(key + " could not be verified: " + reason, (name) -> new long[1])[0]++;
    }

    private void note(final Place place, final VerifyingKey key, final boolean isGood)
    {
        if (isGood)
        {
            verified.computeIfAbsent(key.algorithm(), (algorithm) -> new LongAdder()).increment();
        }
        else
        {
            broken(place, key);
        }
    }

    private void broken(final Place place, final VerifyingKey key)
    {
        report.broken(place, "the signature is not one of key " + key.name() + " over the payload of its intent");
    }
}
