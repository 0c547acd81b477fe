package io.countersign.ops.keys;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The keys that a gateway has of its own.
 */
final class InitKeys
{
    private final List<Key> keys;

    private InitKeys(final List<Key> keys)
    {
        this.keys = keys;
    }

    /** What each is for; the id and the label that it gets. */
    enum Use
    {
        /** API keys and one-time codes are derived with it. */
        MASTER("master", 0xC0),

        /** Seals the register. */
        REGISTER("register", 0xC1),

        /** Signs the journal's seals. */
        AUDIT("audit", 0xC2);

        private final String label;
        private final int id;

        Use(final String label, final int id)
        {
            this.label = label;
            this.id = id;
        }

        String label()
        {
            return label;
        }

        byte[] id()
        {
            return new byte[]{(byte) id};
        }
    }

    /** One of them, made. */
    record Key(Use use, KeySpec spec)
    {
        String what()
        {
            return use.label;
        }

        String idText()
        {
            return HexFormat.of().formatHex(use.id());
        }
    }

    /** Refuses a token that knows a register or has an object with a label of theirs; {@link #make} looks at ids. */
    static void requireNone(final TokenProvisioner provisioner, final String tokenLabel) throws TokenException
    {
        if (null != provisioner.anchor().read())
        {
            throw new TokenException("token \"" + tokenLabel + "\" has the data object \"countersign register\": it " +
                "belongs to a register already. Its gateway goes on with that one; a new one wants an empty token");
        }
        for (final Use use : Use.values())
        {
            provisioner.requireFreeLabel(use.label);
        }
    }

    /** Makes them all. */
    static InitKeys make(final TokenProvisioner provisioner) throws TokenException
    {
        return new InitKeys(new ArrayList<>(List.of(
            secret(provisioner, Use.MASTER), secret(provisioner, Use.REGISTER), pair(provisioner))));
    }

    /** Takes back what was made of them; whether there was anything. */
    static boolean discard(final TokenProvisioner provisioner) throws TokenException
    {
        int count = 0;
        for (final Use use : Use.values())
        {
            count += provisioner.discard(use.id(), use.label);
        }
        return 0 < count;
    }

    List<Key> all()
    {
        return keys;
    }

    KeySpec of(final Use use)
    {
        return keys.stream().filter((key) -> use == key.use).findFirst().orElseThrow().spec;
    }

    String auditPublicKey()
    {
        return Base64.getEncoder().encodeToString(of(Use.AUDIT).pinned());
    }

    private static Key secret(final TokenProvisioner provisioner, final Use use) throws TokenException
    {
        final byte[] checkValue = provisioner.generateSecret(use.id(), use.label, SigningAlgorithm.HMAC_SHA256);
        return new Key(use, new KeySpec(use.label, 1, use.id(), SigningAlgorithm.HMAC_SHA256, checkValue));
    }

    /** Ed25519, or P-256 where the token has no Ed25519. */
    private static Key pair(final TokenProvisioner provisioner) throws TokenException
    {
        TokenException refusal = null;
        for (final SigningAlgorithm algorithm :
            Arrays.asList(SigningAlgorithm.ED25519, SigningAlgorithm.ECDSA_P256))
        {
            try
            {
                final byte[] publicKey =
                    provisioner.generateKeyPair(Use.AUDIT.id(), Use.AUDIT.label, algorithm);
                return new Key(
                    Use.AUDIT, new KeySpec(Use.AUDIT.label, 1, Use.AUDIT.id(), algorithm, publicKey));
            }
            catch (final TokenException ex)
            {
                refusal = null == refusal ? ex : refusal;
            }
        }
        throw refusal;
    }
}
