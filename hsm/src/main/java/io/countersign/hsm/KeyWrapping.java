package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_GENERIC_SECRET;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP_KWP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP_PAD;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.CK_MECHANISM;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.util.Arrays;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Keys leave a token and come back wrapped with AES-256 as RFC 5649 has it: by {@code CKM_AES_KEY_WRAP_KWP}, or by
 * {@code CKM_AES_KEY_WRAP_PAD} where a token lacks that. A secret is wrapped as it is, a private key as PKCS#8.
 */
final class KeyWrapping
{
    private final TokenSession session;

    /**
     * In one token.
     *
     * @param session with the user logged in.
     */
    KeyWrapping(final TokenSession session)
    {
        this.session = session;
    }

    /**
     * Wrap a key.
     *
     * @param wrappingKey handle.
     * @param object      handle of the key.
     * @return what it is wrapped to.
     * @throws TokenException when the token refuses.
     */
    byte[] wrap(final long wrappingKey, final long object) throws TokenException
    {
        final CK_MECHANISM mechanism = mechanism(CKF_WRAP, "wraps");
        try
        {
            return session.pkcs11().C_WrapKey(session.handle(), mechanism, wrappingKey, object, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw new TokenException("token \"" + session.token().label() + "\" does not wrap the key with " +
                PKCS11Constants.ckmCodeToName(mechanism.mechanism) + ": C_WrapKey gave " +
                ReturnValue.nameOf(ex.getErrorCode()), ex.getErrorCode());
        }
    }

    /**
     * Unwrap a key.
     *
     * @param unwrappingKey handle.
     * @param wrapped       by this token or another.
     * @param template      of the key.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long unwrap(final long unwrappingKey, final byte[] wrapped, final CK_ATTRIBUTE... template) throws TokenException
    {
        try
        {
            return session.pkcs11().C_UnwrapKey(
                session.handle(), mechanism(CKF_UNWRAP, "unwraps"), unwrappingKey, wrapped, template, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw TokenSession.failure(session.token(), "C_UnwrapKey", ex.getErrorCode());
        }
    }

    /**
     * Have the token wrap a new key once, with a key that nobody has, so that one that cannot be recovered is noticed
     * when it is made and not when it is needed.
     *
     * @param key    that was made.
     * @param object handle.
     * @throws TokenException when the token does not wrap it.
     */
    void requireWrappable(final NewKey key, final long object) throws TokenException
    {
        final long trial = session.generateKey(CKM_AES_KEY_GEN, SigningTemplate.join(
            template(CKA_WRAP, false), Attributes.of(CKA_VALUE_LEN, (long) WrappingKey.SECRET_LENGTH)));
        try
        {
            Arrays.fill(wrap(trial, object), (byte) 0);
        }
        catch (final TokenException ex)
        {
            throw new TokenException(key + " (" + key.algorithm().configName() + ") cannot be recoverable: " +
                ex.getMessage() + "; make it not recoverable, or in a token that can", ex.returnValue());
        }
        finally
        {
            session.destroy(trial);
        }
    }

    /**
     * Create an AES-256 key for one use and no other.
     *
     * @param secret        32 bytes.
     * @param use           {@code CKA_WRAP} or {@code CKA_UNWRAP}.
     * @param isTokenObject whether it stays when the session is closed.
     * @param more          attributes.
     * @return its handle.
     * @throws TokenException when the token refuses.
     */
    long create(final byte[] secret, final long use, final boolean isTokenObject, final CK_ATTRIBUTE... more)
        throws TokenException
    {
        return session.create(SigningTemplate.join(SigningTemplate.join(
            template(use, isTokenObject), Attributes.of(CKA_VALUE, secret)), more));
    }

    /**
     * What a wrapping key is recognised by.
     *
     * @param wrappingKey handle.
     * @return see {@link WrappingKey#checkValue}.
     * @throws TokenException when the token does not wrap.
     */
    byte[] checkValue(final long wrappingKey) throws TokenException
    {
        final long known = session.create(
            Attributes.of(CKA_CLASS, CKO_SECRET_KEY),
            Attributes.of(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
            Attributes.of(CKA_TOKEN, false),
            Attributes.of(CKA_PRIVATE, true),
            Attributes.of(CKA_EXTRACTABLE, true),
            Attributes.of(CKA_SIGN, false),
            Attributes.of(CKA_VALUE, WrappingKey.checkSecret()));
        try
        {
            return Arrays.copyOf(wrap(wrappingKey, known), KeySpec.CHECK_VALUE_LENGTH);
        }
        finally
        {
            session.destroy(known);
        }
    }

    private CK_MECHANISM mechanism(final long flag, final String verb) throws TokenException
    {
        final TokenMechanisms mechanisms = session.token().mechanisms();
        final CK_MECHANISM mechanism = new CK_MECHANISM();
        mechanism.mechanism = mechanisms.has(CKM_AES_KEY_WRAP_KWP, flag) ? CKM_AES_KEY_WRAP_KWP : CKM_AES_KEY_WRAP_PAD;
        if (!mechanisms.has(mechanism.mechanism, flag))
        {
            throw new TokenException("token \"" + session.token().label() + "\" (" + mechanisms.description() + ") " +
                verb + " no keys: it has neither CKM_AES_KEY_WRAP_KWP nor CKM_AES_KEY_WRAP_PAD");
        }

        return mechanism;
    }

    private static CK_ATTRIBUTE[] template(final long use, final boolean isTokenObject)
    {
        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_CLASS, CKO_SECRET_KEY),
            Attributes.of(CKA_KEY_TYPE, CKK_AES),
            Attributes.of(CKA_TOKEN, isTokenObject),
            Attributes.of(CKA_PRIVATE, true),
            Attributes.of(CKA_SENSITIVE, true),
            Attributes.of(CKA_EXTRACTABLE, false),
            Attributes.of(CKA_WRAP, CKA_WRAP == use),
            Attributes.of(CKA_UNWRAP, CKA_UNWRAP == use),
            Attributes.of(CKA_ENCRYPT, false),
            Attributes.of(CKA_DECRYPT, false),
            Attributes.of(CKA_SIGN, false),
            Attributes.of(CKA_VERIFY, false),
            Attributes.of(CKA_DERIVE, false)
        };
    }
}
