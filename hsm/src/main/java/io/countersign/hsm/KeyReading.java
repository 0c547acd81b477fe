package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LOCAL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_NEVER_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC_EDWARDS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC_MONTGOMERY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Reads key objects of a token, whatever keys they are: nothing is refused here.
 */
final class KeyReading
{
    private static final int RSA_MODULUS_BITS = 2048;
    private static final int EDWARDS25519_BITS = 255;
    private static final Map<Long, String> USES = new LinkedHashMap<>();

    static
    {
        USES.put(CKA_SIGN, "sign");
        USES.put(CKA_SIGN_RECOVER, "sign-recover");
        USES.put(CKA_VERIFY, "verify");
        USES.put(CKA_ENCRYPT, "encrypt");
        USES.put(CKA_DECRYPT, "decrypt");
        USES.put(CKA_WRAP, "wrap");
        USES.put(CKA_UNWRAP, "unwrap");
        USES.put(CKA_DERIVE, "derive");
    }

    private final TokenSession session;

    /**
     * A reading of the objects that a session sees.
     *
     * @param session with the user logged in.
     */
    KeyReading(final TokenSession session)
    {
        this.session = session;
    }

    /**
     * Read an object.
     *
     * @param object handle.
     * @param kind   of the object.
     * @return what its token says about it.
     * @throws TokenException when the token does not answer.
     */
    TokenKey read(final long object, final TokenKey.Kind kind) throws TokenException
    {
        final long type = number(object, CKA_KEY_TYPE);
        final byte[] id = session.attribute(object, CKA_ID) instanceof byte[] value ? value : new byte[0];
        final byte[] parameters = session.attribute(object, CKA_EC_PARAMS) instanceof byte[] value ? value : null;
        final int bits = bits(object, kind, type, parameters);
        final List<SigningAlgorithm> algorithms = algorithms(kind, type, bits, parameters);

        return new TokenKey(
            object,
            kind,
            id,
            session.attribute(object, CKA_LABEL) instanceof char[] text ? new String(text) : "",
            typeName(type, parameters),
            bits,
            algorithms,
            flag(object, CKA_SENSITIVE),
            flag(object, CKA_ALWAYS_SENSITIVE),
            flag(object, CKA_EXTRACTABLE),
            flag(object, CKA_NEVER_EXTRACTABLE),
            flag(object, CKA_PRIVATE),
            flag(object, CKA_LOCAL),
            uses(object),
            mechanisms(object),
            publicKey(object, kind, id, algorithms));
    }

    private long number(final long object, final long attribute) throws TokenException
    {
        return session.attribute(object, attribute) instanceof Long value ? value : -1;
    }

    private Boolean flag(final long object, final long attribute) throws TokenException
    {
        return session.attribute(object, attribute) instanceof Boolean value ? value : null;
    }

    private List<String> uses(final long object) throws TokenException
    {
        final List<String> uses = new ArrayList<>();
        for (final Map.Entry<Long, String> use : USES.entrySet())
        {
            if (Boolean.TRUE.equals(flag(object, use.getKey())))
            {
                uses.add(use.getValue());
            }
        }

        return List.copyOf(uses);
    }

    private List<String> mechanisms(final long object) throws TokenException
    {
        return session.attribute(object, CKA_ALLOWED_MECHANISMS) instanceof long[] mechanisms ?
            Arrays.stream(mechanisms).mapToObj(PKCS11Constants::ckmCodeToName).toList() : List.of();
    }

    private int bits(final long object, final TokenKey.Kind kind, final long type, final byte[] parameters)
        throws TokenException
    {
        if (TokenKey.Kind.SECRET == kind)
        {
            return Byte.SIZE * (int) Math.max(0, number(object, CKA_VALUE_LEN));
        }

        if (CKK_RSA == type)
        {
            return session.attribute(object, CKA_MODULUS) instanceof byte[] modulus ?
                new BigInteger(1, modulus).bitLength() : 0;
        }

        if (null != parameters && KeyParameters.isCurve(SigningAlgorithm.ED25519, parameters))
        {
            return EDWARDS25519_BITS;
        }

        final ASN1ObjectIdentifier curve = curve(parameters);
        final X9ECParameters known = null == curve ? null : ECNamedCurveTable.getByOID(curve);
        return null == known ? 0 : known.getCurve().getFieldSize();
    }

    private byte[] publicKey(
        final long object,
        final TokenKey.Kind kind,
        final byte[] id,
        final List<SigningAlgorithm> algorithms) throws TokenException
    {
        if (TokenKey.Kind.SECRET == kind || algorithms.isEmpty())
        {
            return null;
        }

        final SigningAlgorithm algorithm = algorithms.getFirst();
        final long[] beside = TokenKey.Kind.PUBLIC == kind ? new long[]{ object } :
            session.find(Attributes.of(CKA_CLASS, CKO_PUBLIC_KEY), Attributes.of(CKA_ID, id));
        // A private RSA key has the attributes of its public key.
        final long holder = 1 == beside.length ? beside[0] : object;
        try
        {
            return KeyPairTemplate.subjectPublicKeyInfo(session, holder, algorithm);
        }
        catch (final TokenException ex)
        {
            if (ReturnValue.OK != ex.returnValue())
            {
                throw ex;
            }

            return null;
        }
    }

    private static List<SigningAlgorithm> algorithms(
        final TokenKey.Kind kind, final long type, final int bits, final byte[] parameters)
    {
        final List<SigningAlgorithm> algorithms = new ArrayList<>();
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            final boolean isKind = algorithm.isMac() == (TokenKey.Kind.SECRET == kind) && algorithm.isKeyType(type);
            final boolean isSize = algorithm.isMac() || (SigningAlgorithm.RSA_2048 == algorithm ?
                RSA_MODULUS_BITS == bits : null != parameters && KeyParameters.isCurve(algorithm, parameters));
            if (isKind && isSize)
            {
                algorithms.add(algorithm);
            }
        }

        return List.copyOf(algorithms);
    }

    private static String typeName(final long type, final byte[] parameters)
    {
        if (CKK_RSA == type)
        {
            return "RSA";
        }

        if (CKK_EC == type || CKK_EC_EDWARDS == type || CKK_EC_MONTGOMERY == type)
        {
            return null == parameters ? "EC" : curveName(parameters);
        }

        return PKCS11Constants.ckkCodeToName(type).replaceFirst("^CKK_", "").replace('_', '-').toLowerCase(
            Locale.ROOT);
    }

    private static String curveName(final byte[] parameters)
    {
        if (KeyParameters.isCurve(SigningAlgorithm.ED25519, parameters))
        {
            return "Ed25519";
        }

        if (KeyParameters.isCurve(SigningAlgorithm.ECDSA_P256, parameters))
        {
            return "P-256";
        }

        final ASN1ObjectIdentifier curve = curve(parameters);
        final String name = null == curve ? null : ECNamedCurveTable.getName(curve);
        return null != name ? name : null != curve ? curve.getId() : HexFormat.of().formatHex(parameters);
    }

    private static ASN1ObjectIdentifier curve(final byte[] parameters)
    {
        try
        {
            return null != parameters &&
                ASN1Primitive.fromByteArray(parameters) instanceof ASN1ObjectIdentifier curve ? curve : null;
        }
        catch (final IOException ex)
        {
            return null;
        }
    }
}
