package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_GENERIC_SECRET_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.io.IOException;

/**
 * Makes key objects on a token, unproven. Each may sign with the mechanism of its algorithm only, where the token knows
 * that restriction, and with any of its kind where it does not.
 */
final class KeyMaker
{
    private final TokenSession session;

    /**
     * A maker for one token.
     *
     * @param session with the user logged in.
     */
    KeyMaker(final TokenSession session)
    {
        this.session = session;
    }

    /**
     * Create a key from what it was elsewhere.
     *
     * @param algorithm of the key.
     * @param id        of the key.
     * @param label     for people.
     * @param material  that makes the key.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long create(
        final SigningAlgorithm algorithm,
        final byte[] id,
        final String label,
        final CK_ATTRIBUTE[] material) throws TokenException
    {
        final CK_ATTRIBUTE[] key = SigningTemplate.join(kind(algorithm), material);
        return make(algorithm, id, label,
            (template) -> new long[]{ session.create(SigningTemplate.join(key, template)) })[0];
    }

    /**
     * Put a public key beside its private key, so that it can be had from the token. Nothing that signs needs it: a
     * token that takes no public keys goes without.
     *
     * @param algorithm            of the key.
     * @param id                   of the key.
     * @param label                for people.
     * @param subjectPublicKeyInfo X.509 DER of such a key.
     * @throws TokenException when the token is lost.
     */
    void createPublicKey(
        final SigningAlgorithm algorithm,
        final byte[] id,
        final String label,
        final byte[] subjectPublicKeyInfo) throws TokenException
    {
        try
        {
            final CK_ATTRIBUTE[] kind = {
                Attributes.of(CKA_CLASS, CKO_PUBLIC_KEY), Attributes.of(CKA_KEY_TYPE, algorithm.keyType())
            };
            session.create(SigningTemplate.join(
                SigningTemplate.join(kind, KeyPairTemplate.objectAttributes(algorithm, subjectPublicKeyInfo)),
                publicAttributes(id, label)));
        }
        catch (final TokenException ex)
        {
            if (ReturnValue.isTokenLost(ex.returnValue()))
            {
                throw ex;
            }
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Have the token generate a key pair.
     *
     * @param algorithm not a MAC algorithm.
     * @param id        of both keys.
     * @param label     for people.
     * @return the handles of the public and of the private key.
     * @throws TokenException when the token refuses.
     */
    long[] generateKeyPair(final SigningAlgorithm algorithm, final byte[] id, final String label)
        throws TokenException
    {
        final CK_ATTRIBUTE[] publicKey =
            SigningTemplate.join(KeyPairTemplate.publicAttributes(algorithm), publicAttributes(id, label));
        return make(algorithm, id, label, (template) ->
            session.generateKeyPair(KeyPairTemplate.mechanism(algorithm), publicKey, template));
    }

    /**
     * Have the token generate a secret that is as long as its MACs.
     *
     * @param algorithm a MAC algorithm.
     * @param id        of the key.
     * @param label     for people.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long generateSecret(final SigningAlgorithm algorithm, final byte[] id, final String label) throws TokenException
    {
        final CK_ATTRIBUTE[] key = SigningTemplate.join(
            kind(algorithm), Attributes.of(CKA_VALUE_LEN, (long) algorithm.maxSignatureLength()));
        return make(algorithm, id, label, (template) -> new long[]
        {
            session.generateKey(CKM_GENERIC_SECRET_KEY_GEN, SigningTemplate.join(key, template))
        })[0];
    }

    private long[] make(
        final SigningAlgorithm algorithm,
        final byte[] id,
        final String label,
        final KeyMaking making) throws TokenException
    {
        final SigningMethod method = session.token().mechanisms().method("key " + label, algorithm);
        try
        {
            return making.make(SigningTemplate.restricted(method, id, label));
        }
        catch (final TokenException ex)
        {
            if (!SigningTemplate.mayLackRestriction(ex.returnValue()))
            {
                throw ex;
            }

            return making.make(SigningTemplate.of(algorithm, id, label));
        }
    }

    private static CK_ATTRIBUTE[] kind(final SigningAlgorithm algorithm)
    {
        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_CLASS, algorithm.objectClass()),
            Attributes.of(CKA_KEY_TYPE, algorithm.keyType())
        };
    }

    private static CK_ATTRIBUTE[] publicAttributes(final byte[] id, final String label)
    {
        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_PRIVATE, false),
            Attributes.of(CKA_VERIFY, true),
            Attributes.of(CKA_ENCRYPT, false),
            Attributes.of(CKA_WRAP, false),
            Attributes.of(CKA_ID, id),
            Attributes.of(CKA_LABEL, label.toCharArray())
        };
    }

    /** Makes a key from the attributes that every signing key has. */
    private interface KeyMaking
    {
        long[] make(CK_ATTRIBUTE[] template) throws TokenException;
    }
}
