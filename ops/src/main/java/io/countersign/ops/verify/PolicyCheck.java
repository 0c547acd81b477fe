package io.countersign.ops.verify;

import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which policy and which keys are in force at a record, as the journal says itself.
 */
final class PolicyCheck
{
    private static final int SINCE_VERSION = 3;

    private final PolicyInForceDecoder inForce = new PolicyInForceDecoder();
    private final KeyChangedDecoder keyChanged = new KeyChangedDecoder();
    private final KnownKeys journalKeys = new KnownKeys();
    private final KnownKeys givenKeys;
    private final boolean areSigningKeysNeeded;
    private final Report report;
    private NoteKey auditKey;
    private long policyVersion;
    private boolean isKnown;
    private long policies;
    private byte[] configurationSha256 = {};

    PolicyCheck(final KnownKeys givenKeys, final boolean areSigningKeysNeeded, final Report report)
    {
        this.givenKeys = givenKeys;
        this.areSigningKeysNeeded = areSigningKeysNeeded;
        this.report = report;
    }

    /** The audit key of the configuration in force; null when it has none. */
    NoteKey auditKey()
    {
        return auditKey;
    }

    /** All keys that the journal has named so far. */
    KnownKeys journalKeys()
    {
        return journalKeys;
    }

    /**
     * The key to verify with: a given one rather than one of the journal; null when it is not known. Where a secret is
     * and what it is now, the journal knows better than what was given: there the secret may be another since.
     */
    VerifyingKey signingKey(final String alias, final int version)
    {
        final VerifyingKey given = givenKeys.find(alias, version);
        final VerifyingKey stated = journalKeys.find(alias, version);
        final boolean isStated = null == given ||
            given.algorithm().isMac() && null != stated && given.isSame(stated) && null != stated.secret();
        return isStated ? stated : given;
    }

    /** A life begins: its policy is still to come. */
    void onStarted()
    {
        isKnown = false;
    }

    void onDecision(final JournalRecord record, final long version)
    {
        if (isKnown ? version != policyVersion : 0 != policies)
        {
            report.broken(record.place(), isKnown ?
                "names policy " + hex(version) + ", and " + hex(policyVersion) + " is in force" :
                "was decided before its life had a policy in force");
        }
    }

    void onPolicyInForce(final JournalRecord record)
    {
        inForce.wrapAndApplyHeader(record.buffer(), 0, record.header());
        policyVersion = inForce.policyVersion();
        isKnown = true;
        policies++;
        if (record.version() < SINCE_VERSION)
        {
            return;
        }
        final byte[] stated = new byte[PolicyInForceDecoder.sha256Length()];
        inForce.getSha256(stated, 0, stated.length);
        inForce.skipSource();
        final byte[] text = new byte[inForce.textLength()];
        inForce.getText(text, 0, text.length);
        final byte[] configuration = new byte[inForce.configurationLength()];
        inForce.getConfiguration(configuration, 0, configuration.length);
        final byte[] sha256 = sha256(text);
        if (!Arrays.equals(sha256, stated) || ByteBuffer.wrap(sha256).getLong() != policyVersion)
        {
            report.broken(record.place(), "its policy's text has another digest than it states");
        }
        onConfiguration(record, configuration);
    }

    void onKeyChanged(final JournalRecord record)
    {
        if (!areSigningKeysNeeded)
        {
            return;
        }
        keyChanged.wrapAndApplyHeader(record.buffer(), 0, record.header());
        keyChanged.skipAlias();
        keyChanged.skipOperatorName();
        keyChanged.skipComment();
        final VerifyingKey key = KnownKeys.ofRegisterLine(keyChanged.entry());
        if (null == key)
        {
            report.broken(record.place(), "its entry is no line of a key register");
        }
        else
        {
            add(record, key);
        }
    }

    void conclude()
    {
        report.fact("policies: " + policies + " records, the last in force " + (isKnown ? hex(policyVersion) : "none"));
    }

    private void onConfiguration(final JournalRecord record, final byte[] configuration)
    {
        // It is written anew each day and seldom changes.
        final byte[] sha256 = sha256(configuration);
        if (Arrays.equals(sha256, configurationSha256))
        {
            return;
        }
        configurationSha256 = sha256;
        final String text = new String(configuration, StandardCharsets.UTF_8);
        try
        {
            auditKey = KnownKeys.auditKeyOf(text);
            if (null != auditKey)
            {
                journalKeys.add(auditKey);
            }
        }
        catch (final NoteException ex)
        {
            report.broken(record.place(), "the audit key of its configuration cannot be used: " + ex.getMessage());
        }
        if (areSigningKeysNeeded)
        {
            KnownKeys.pinsOf(text).forEach((key) -> add(record, key));
        }
    }

    private void add(final JournalRecord record, final VerifyingKey key)
    {
        final VerifyingKey before = journalKeys.add(key);
        final VerifyingKey given = givenKeys.find(key.alias(), key.version());
        if (null != before && !before.isSame(key) || null != given && !given.isSame(key))
        {
            report.broken(record.place(), "key " + key.name() + " has another public key than " +
                (null != given && !given.isSame(key) ? "was given" : "before"));
        }
    }

    private static String hex(final long version)
    {
        return "%016x".formatted(version);
    }

    private static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
