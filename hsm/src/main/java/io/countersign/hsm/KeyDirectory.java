package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Finds the object of a key on a token, and refuses it unless it is the only one and a key that never leaves the token.
 */
final class KeyDirectory
{
    private static final int RSA_MODULUS_BITS = 2048;

    private final TokenSession session;

    /**
     * A directory of the objects that a session sees.
     *
     * @param session with the user logged in.
     */
    KeyDirectory(final TokenSession session)
    {
        this.session = session;
    }

    /**
     * The object of each key.
     *
     * @param keys to find.
     * @return their handles, in the same order; valid as long as the login.
     * @throws TokenException at the first key that is missing, ambiguous or unfit.
     */
    long[] find(final List<KeySpec> keys) throws TokenException
    {
        final long[] handles = new long[keys.size()];
        for (int i = 0; i < handles.length; i++)
        {
            handles[i] = find(keys.get(i));
        }

        return handles;
    }

    /**
     * How the token signs with each key.
     *
     * @param keys    that were found.
     * @param objects their handles.
     * @return the method of each, in the same order.
     * @throws TokenException at the first key that the token cannot sign with.
     */
    List<SigningMethod> methods(final List<KeySpec> keys, final long... objects) throws TokenException
    {
        final List<SigningMethod> methods = new ArrayList<>(objects.length);
        for (int i = 0; i < objects.length; i++)
        {
            methods.add(method(keys.get(i).toString(), keys.get(i).algorithm(), objects[i]));
        }

        return methods;
    }

    /**
     * How the token signs with a key, by what it has and what the key object allows.
     *
     * @param description of the key, for messages.
     * @param algorithm   of the key.
     * @param object      handle.
     * @return the method.
     * @throws TokenException when the token cannot sign with it.
     */
    SigningMethod method(final String description, final SigningAlgorithm algorithm, final long object)
        throws TokenException
    {
        final long[] allowed = session.attribute(object, CKA_ALLOWED_MECHANISMS) instanceof long[] mechanisms ?
            mechanisms : new long[0];
        return session.token().mechanisms().method(description, algorithm, allowed);
    }

    /**
     * By id and class alone: the key type is checked afterwards, so that two objects of different type under one id are
     * noticed too.
     */
    private long find(final KeySpec key) throws TokenException
    {
        final long[] found = session.find(
            Attributes.of(CKA_CLASS, key.algorithm().objectClass()),
            Attributes.of(CKA_ID, key.id()));

        if (0 == found.length)
        {
            throw refusal(key, "not found: import it, or correct its id in the configuration");
        }

        if (1 != found.length)
        {
            throw refusal(key, "found " + found.length + " times: give each key object an id of its own");
        }

        check(key, found[0]);
        return found[0];
    }

    private void check(final KeySpec key, final long object) throws TokenException
    {
        checkType(key, object);
        require(key, object, CKA_SENSITIVE, true, "is not sensitive");
        require(key, object, CKA_EXTRACTABLE, false, "is extractable");
        require(key, object, CKA_SIGN, true, "may not sign");

        if (Boolean.TRUE.equals(session.attribute(object, CKA_ALWAYS_AUTHENTICATE)))
        {
            throw refusal(key, "wants the PIN for every signature (CKA_ALWAYS_AUTHENTICATE): import it without that");
        }

        switch (key.algorithm())
        {
            case ED25519, ECDSA_P256, ECDSA_SECP256K1, ECDSA_SECP256K1_KECCAK256 -> checkCurve(key, object);
            case RSA_2048 -> checkModulus(key, object);
            default ->
            {
                // A secret has no parameters.
            }
        }
    }

    private void checkType(final KeySpec key, final long object) throws TokenException
    {
        final Object type = session.attribute(object, CKA_KEY_TYPE);
        if (!(type instanceof Long value) || !key.algorithm().isKeyType(value))
        {
            throw refusal(key, "is of another type (" +
                (type instanceof Long value ? PKCS11Constants.ckkCodeToName(value) : "unknown") +
                "): correct the algorithm or the id in the configuration");
        }
    }

    private void require(
        final KeySpec key,
        final long object,
        final long type,
        final boolean expected,
        final String complaint) throws TokenException
    {
        if (!Boolean.valueOf(expected).equals(session.attribute(object, type)))
        {
            throw refusal(key, complaint + " (" + PKCS11Constants.ckaCodeToName(type) + " must be " + expected +
                "): import it again with that attribute");
        }
    }

    private void checkCurve(final KeySpec key, final long object) throws TokenException
    {
        final Object parameters = session.attribute(object, CKA_EC_PARAMS);
        if (!(parameters instanceof byte[] encoded) || !KeyParameters.isCurve(key.algorithm(), encoded))
        {
            throw refusal(key, "is on another curve (" +
                (parameters instanceof byte[] encoded ? HexFormat.of().formatHex(encoded) : "unknown") +
                "): correct the algorithm or the id in the configuration");
        }
    }

    private void checkModulus(final KeySpec key, final long object) throws TokenException
    {
        final Object modulus = session.attribute(object, CKA_MODULUS);
        final int bits = modulus instanceof byte[] value ? new BigInteger(1, value).bitLength() : 0;
        if (RSA_MODULUS_BITS != bits)
        {
            throw refusal(key, "has a modulus of " + bits + " bits, not " + RSA_MODULUS_BITS + ": use another key");
        }
    }

    private TokenException refusal(final KeySpec key, final String complaint)
    {
        return new TokenException(key + " on token \"" + session.token().label() + "\" " + complaint);
    }
}
