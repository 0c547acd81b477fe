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
     * @param key      to be made.
     * @param material that makes the key.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long create(final NewKey key, final CK_ATTRIBUTE... material) throws TokenException
    {
        final CK_ATTRIBUTE[] attributes = SigningTemplate.join(kind(key.algorithm()), material);
        return make(key, (template) -> new long[]{ session.create(SigningTemplate.join(attributes, template)) })[0];
    }

    /**
     * Create a key from what another token wrapped.
     *
     * @param key           to be made.
     * @param unwrappingKey handle.
     * @param wrapped       see {@link KeyWrapping#wrap}.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long unwrap(final NewKey key, final long unwrappingKey, final byte[] wrapped) throws TokenException
    {
        final KeyWrapping wrapping = new KeyWrapping(session);
        final CK_ATTRIBUTE[] kind = kind(key.algorithm());
        return make(key, (template) -> new long[]
        {
            wrapping.unwrap(unwrappingKey, wrapped, SigningTemplate.join(kind, template))
        })[0];
    }

    /**
     * Put a public key beside its private key, so that it can be had from the token. Nothing that signs needs it: a
     * token that takes no public keys goes without.
     *
     * @param key                  that it belongs to.
     * @param subjectPublicKeyInfo X.509 DER of such a key.
     * @throws TokenException when the token is lost.
     */
    void createPublicKey(final NewKey key, final byte[] subjectPublicKeyInfo) throws TokenException
    {
        try
        {
            final CK_ATTRIBUTE[] kind = {
                Attributes.of(CKA_CLASS, CKO_PUBLIC_KEY), Attributes.of(CKA_KEY_TYPE, key.algorithm().keyType())
            };
            session.create(SigningTemplate.join(
                SigningTemplate.join(kind, KeyPairTemplate.objectAttributes(key.algorithm(), subjectPublicKeyInfo)),
                publicAttributes(key)));
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
     * @param key to be made; not of a MAC algorithm.
     * @return the handles of the public and of the private key.
     * @throws TokenException when the token refuses.
     */
    long[] generateKeyPair(final NewKey key) throws TokenException
    {
        final CK_ATTRIBUTE[] publicKey =
            SigningTemplate.join(KeyPairTemplate.publicAttributes(key.algorithm()), publicAttributes(key));
        return make(key, (template) ->
            session.generateKeyPair(KeyPairTemplate.mechanism(key.algorithm()), publicKey, template));
    }

    /**
     * Have the token generate a secret that is as long as its MACs.
     *
     * @param key to be made, of a MAC algorithm.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long generateSecret(final NewKey key) throws TokenException
    {
        final CK_ATTRIBUTE[] attributes = SigningTemplate.join(
            kind(key.algorithm()), Attributes.of(CKA_VALUE_LEN, (long) key.algorithm().maxSignatureLength()));
        return make(key, (template) -> new long[]
        {
            session.generateKey(CKM_GENERIC_SECRET_KEY_GEN, SigningTemplate.join(attributes, template))
        })[0];
    }

    private long[] make(final NewKey key, final KeyMaking making) throws TokenException
    {
        final SigningMethod method = session.token().mechanisms().method(key.toString(), key.algorithm());
        try
        {
            return making.make(SigningTemplate.restricted(method, key));
        }
        catch (final TokenException ex)
        {
            if (!SigningTemplate.mayLackRestriction(ex.returnValue()))
            {
                throw ex;
            }

            return making.make(SigningTemplate.of(key));
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

    private static CK_ATTRIBUTE[] publicAttributes(final NewKey key)
    {
        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_PRIVATE, false),
            Attributes.of(CKA_VERIFY, true),
            Attributes.of(CKA_ENCRYPT, false),
            Attributes.of(CKA_WRAP, false),
            Attributes.of(CKA_ID, key.id()),
            Attributes.of(CKA_LABEL, key.label().toCharArray())
        };
    }

    /** Makes a key from the attributes that every signing key has. */
    private interface KeyMaking
    {
        long[] make(CK_ATTRIBUTE[] template) throws TokenException;
    }
}
