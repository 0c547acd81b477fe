package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;

import java.security.MessageDigest;

/**
 * Brings the bytes of a wrapping key into a token: to wrap from then on, or to unwrap one key.
 */
final class WrappingKeyImport
{
    private final TokenSession session;
    private final KeyWrapping wrapping;

    /**
     * For one token.
     *
     * @param session with the user logged in.
     */
    WrappingKeyImport(final TokenSession session)
    {
        this.session = session;
        wrapping = new KeyWrapping(session);
    }

    /** A token object that wraps; destroyed again when it does not give the check value. */
    void create(final byte[] id, final String label, final byte[] secret, final byte[] checkValue)
        throws TokenException
    {
        final long object = wrapping.create(secret, CKA_WRAP, true,
            Attributes.of(CKA_ID, id), Attributes.of(CKA_LABEL, label.toCharArray()));
        boolean isGood = false;
        try
        {
            isGood = MessageDigest.isEqual(checkValue, wrapping.checkValue(object));
            if (!isGood)
            {
                throw new TokenException("token \"" + session.token().label() +
                    "\" wraps otherwise than RFC 5649: use a token that has CKM_AES_KEY_WRAP_KWP");
            }
        }
        finally
        {
            if (!isGood)
            {
                session.destroy(object);
            }
        }
    }

    /** The handle of a new key, unproven. */
    long unwrap(final NewKey key, final byte[] secret, final byte[] wrapped) throws TokenException
    {
        final long object = wrapping.create(secret, CKA_UNWRAP, false);
        try
        {
            return new KeyMaker(session).unwrap(key, object, wrapped);
        }
        catch (final TokenException ex)
        {
            throw new TokenException(key + " cannot be unwrapped: " + ex.getMessage() +
                "; check that it was wrapped with this wrapping key and is complete", ex.returnValue());
        }
        finally
        {
            session.destroy(object);
        }
    }
}
