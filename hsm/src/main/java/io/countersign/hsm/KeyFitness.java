package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP_WITH_TRUSTED;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.LongStream;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Whether the object of a key is of the right kind and protected as it has to be. One thread at a time.
 */
final class KeyFitness
{
    private static final int RSA_MODULUS_BITS = 2048;

    /** What every key is asked for. */
    private static final int KEY_TYPE = 0;
    private static final int SENSITIVE = 1;
    private static final int EXTRACTABLE = 2;
    private static final int SIGN = 3;
    private static final int ALLOWED_MECHANISMS = 4;

    /** What private keys are asked for as well. */
    private static final int ALWAYS_AUTHENTICATE = 5;
    private static final int PARAMETERS = 6;

    private final TokenSession session;
    private final ObjectReading ofSecrets;
    private final ObjectReading ofCurves;
    private final ObjectReading ofRsa;
    private final ObjectReading ofWrapping;

    /**
     * For objects that a session sees.
     *
     * @param session with the user logged in.
     */
    KeyFitness(final TokenSession session)
    {
        this.session = session;
        ofSecrets = reading();
        ofCurves = reading(CKA_ALWAYS_AUTHENTICATE, CKA_EC_PARAMS);
        ofRsa = reading(CKA_ALWAYS_AUTHENTICATE, CKA_MODULUS);
        ofWrapping = new ObjectReading(session, CKA_WRAP_WITH_TRUSTED);
    }

    /**
     * Refuse an object that is unfit.
     *
     * @param key    that it has to be.
     * @param object handle.
     * @return the {@code CKM_} values that the object allows; any when there is none.
     * @throws TokenException when it is unfit, or the token does not answer.
     */
    long[] check(final KeySpec key, final long object) throws TokenException
    {
        final boolean isRsa = SigningAlgorithm.RSA_2048 == key.algorithm();
        final ObjectReading reading = key.algorithm().isMac() ? ofSecrets : isRsa ? ofRsa : ofCurves;
        final byte[][] values = reading.read(object);
        checkType(key, values[KEY_TYPE]);
        require(key, values[SENSITIVE], CKA_SENSITIVE, true, "is not sensitive");
        checkExtractable(key, object, values[EXTRACTABLE]);
        require(key, values[SIGN], CKA_SIGN, true, "may not sign");

        if (!key.algorithm().isMac())
        {
            checkPrivate(key, values[ALWAYS_AUTHENTICATE]);
            if (isRsa)
            {
                checkModulus(key, values[PARAMETERS]);
            }
            else
            {
                checkCurve(key, values[PARAMETERS]);
            }
        }

        return ObjectReading.numbers(values[ALLOWED_MECHANISMS]);
    }

    /**
     * What to tell people of a key.
     *
     * @param session   with its token.
     * @param key       that is refused.
     * @param complaint what is wrong and what to do.
     * @return the refusal.
     */
    static TokenException refusal(final TokenSession session, final KeySpec key, final String complaint)
    {
        return new TokenException(key + " on token \"" + session.token().label() + "\" " + complaint);
    }

    private ObjectReading reading(final long... moreTypes)
    {
        return new ObjectReading(session, LongStream.concat(
            LongStream.of(CKA_KEY_TYPE, CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_SIGN, CKA_ALLOWED_MECHANISMS),
            LongStream.of(moreTypes)).toArray());
    }

    private void checkType(final KeySpec key, final byte[] value) throws TokenException
    {
        final long[] types = ObjectReading.numbers(value);
        if (1 != types.length || !key.algorithm().isKeyType(types[0]))
        {
            throw refusal(session, key, "is of another type (" +
                (1 == types.length ? PKCS11Constants.ckkCodeToName(types[0]) : "unknown") +
                "): correct the algorithm or the id in the configuration");
        }
    }

    private void require(
        final KeySpec key,
        final byte[] value,
        final long type,
        final boolean expected,
        final String complaint) throws TokenException
    {
        if (!Boolean.valueOf(expected).equals(ObjectReading.flag(value)))
        {
            throw refusal(session, key, complaint + " (" + PKCS11Constants.ckaCodeToName(type) + " must be " +
                expected + "): import it again with that attribute");
        }
    }

    /** A key to be recovered must be one that the wrapping key can wrap, which no officer has marked as trusted. */
    private void checkExtractable(final KeySpec key, final long object, final byte[] extractable) throws TokenException
    {
        if (!key.recoverable() || null == extractable)
        {
            require(key, extractable, CKA_EXTRACTABLE, false, "is extractable");
        }
        else if (Boolean.TRUE.equals(ObjectReading.flag(ofWrapping.read(object)[0])))
        {
            throw refusal(session, key, "can be wrapped by trusted keys only (CKA_WRAP_WITH_TRUSTED), so that it " +
                "cannot be recovered: import it again without that");
        }
    }

    private void checkPrivate(final KeySpec key, final byte[] alwaysAuthenticate) throws TokenException
    {
        if (Boolean.TRUE.equals(ObjectReading.flag(alwaysAuthenticate)))
        {
            throw refusal(
                session, key, "wants the PIN for every signature (CKA_ALWAYS_AUTHENTICATE): import it without that");
        }
    }

    private void checkCurve(final KeySpec key, final byte[] parameters) throws TokenException
    {
        if (null == parameters || !KeyParameters.isCurve(key.algorithm(), parameters))
        {
            throw refusal(session, key, "is on another curve (" +
                (null == parameters ? "unknown" : HexFormat.of().formatHex(parameters)) +
                "): correct the algorithm or the id in the configuration");
        }
    }

    private void checkModulus(final KeySpec key, final byte[] modulus) throws TokenException
    {
        final int bits = null == modulus ? 0 : new BigInteger(1, modulus).bitLength();
        if (RSA_MODULUS_BITS != bits)
        {
            throw refusal(
                session, key, "has a modulus of " + bits + " bits, not " + RSA_MODULUS_BITS + ": use another key");
        }
    }
}
