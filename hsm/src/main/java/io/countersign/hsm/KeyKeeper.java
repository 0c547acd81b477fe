package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes keys on a token, each of which proves itself before it is given out and is destroyed when it does not; and
 * destroys keys that are needed no more. For operators' commands and for the gateway; one thread at a time.
 */
final class KeyKeeper
{
    private static final int FREE_ID_LENGTH = 8;

    private final TokenSession session;
    private final KeyMaker maker;

    /**
     * For one token.
     *
     * @param session with the user logged in.
     */
    KeyKeeper(final TokenSession session)
    {
        this.session = session;
        maker = new KeyMaker(session);
    }

    /** What makes keys that are not proven. */
    KeyMaker maker()
    {
        return maker;
    }

    /** Have the token generate a key pair; gives the SubjectPublicKeyInfo as DER. */
    byte[] generateKeyPair(final NewKey key) throws TokenException
    {
        final SigningAlgorithm algorithm = key.algorithm();
        if (algorithm.isMac())
        {
            throw new TokenException(algorithm.configName() + " has no private key: import a secret");
        }
        session.token().mechanisms().method(key.toString(), algorithm);
        session.token().mechanisms().requireGeneration(KeyPairTemplate.mechanism(algorithm), algorithm);
        requireFree(key.id());

        final long[] pair = maker.generateKeyPair(key);
        return proven(key, pair[1], () -> KeyPairTemplate.subjectPublicKeyInfo(session, pair[0], algorithm), pair[0]);
    }

    /** Have the token generate a secret; gives the check value. */
    byte[] generateSecret(final NewKey key) throws TokenException
    {
        if (!key.algorithm().isMac())
        {
            throw new TokenException(key.algorithm().configName() + " has no secret: generate a key pair");
        }
        requireFree(key.id());

        final long object = maker.generateSecret(key);
        final String description = key + " (" + key.algorithm().configName() + ")";
        return proven(key, object,
            () -> KeyProof.of(session, description, key.algorithm(), object).checkValue(0, description));
    }

    /**
     * Give out a new key when it proves to be what it should, else destroy it.
     *
     * @param key        that was made.
     * @param object     handle.
     * @param pinned     what the key is to prove.
     * @param publicKeys handles of the public key beside it, if there is one.
     * @return what the key has proven.
     * @throws TokenException when it does not prove it, or cannot be recovered although it should.
     */
    byte[] proven(final NewKey key, final long object, final Pinned pinned, final long... publicKeys)
        throws TokenException
    {
        boolean isProven = false;
        try
        {
            final byte[] value = pinned.get();
            KeyProof.prove(session, key.pinned(value));
            if (key.recoverable())
            {
                new KeyWrapping(session).requireWrappable(key, object);
            }
            isProven = true;
            return value;
        }
        finally
        {
            if (!isProven)
            {
                destroy(object);
                destroy(publicKeys);
            }
        }
    }

    /** Destroy a key that has proven itself once more, and the public key beside it. */
    void destroy(final KeySpec key) throws TokenException
    {
        destroy(KeyProof.prove(session, key).object());
        destroy(session.find(Attributes.of(CKA_CLASS, CKO_PUBLIC_KEY), Attributes.of(CKA_ID, key.id())));
        if (0 != session.find(Attributes.of(CKA_ID, key.id())).length)
        {
            throw KeyFitness.refusal(
                session, key, "is still there after C_DestroyObject: destroy it with the tools of the token");
        }
    }

    /** A random id that no object on the token has. */
    byte[] freeId() throws TokenException
    {
        final SecureRandom random = new SecureRandom();
        final byte[] id = new byte[FREE_ID_LENGTH];
        do
        {
            random.nextBytes(id);
        }
        while (0 != session.find(Attributes.of(CKA_ID, id)).length);

        return id;
    }

    /** Refuse an id that an object has already. */
    void requireFree(final byte[] id) throws TokenException
    {
        if (0 == id.length)
        {
            throw new TokenException("the key's id is empty: give it at least one byte");
        }

        if (0 != session.find(Attributes.of(CKA_ID, id)).length)
        {
            throw new TokenException("token \"" + session.token().label() + "\" has an object with id " +
                HexFormat.of().formatHex(id) + " already: choose another id, or destroy that object first");
        }
    }

    private void destroy(final long... objects) throws TokenException
    {
        for (final long object : objects)
        {
            session.destroy(object);
        }
    }

    /** Gives what a key is to be recognised by. */
    interface Pinned
    {
        byte[] get() throws TokenException;
    }
}
