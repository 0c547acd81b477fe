package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The AES-256 key that recoverable keys are wrapped with. In the token it wraps and does nothing else, so that what was
 * wrapped is opened only by those who have its 32 bytes.
 * <p>
 * Such a key makes no MAC and encrypts nothing. What it is recognised by, its check value, is the first 16 bytes of
 * what it wraps the secret {@value #CHECK_TEXT} (32 bytes of ASCII) to by RFC 5649: the token gives it at any time, and
 * so does {@link #checkValue} from the 32 bytes.
 */
public final class WrappingKey
{
    /** Length of the key in bytes. */
    public static final int SECRET_LENGTH = 32;

    /** The known secret that is wrapped for a check value. */
    public static final String CHECK_TEXT = "countersign wrapping key check 1";

    private WrappingKey()
    {
    }

    /**
     * The check value, computed in software.
     *
     * @param secret {@value #SECRET_LENGTH} bytes; not changed.
     * @return {@link KeySpec#CHECK_VALUE_LENGTH} bytes.
     */
    public static byte[] checkValue(final byte[] secret)
    {
        requireLength(secret);
        final RFC5649WrapEngine engine = new RFC5649WrapEngine(AESEngine.newInstance());
        engine.init(true, new KeyParameter(secret));
        return Arrays.copyOf(engine.wrap(checkSecret(), 0, CHECK_TEXT.length()), KeySpec.CHECK_VALUE_LENGTH);
    }

    static byte[] checkSecret()
    {
        return CHECK_TEXT.getBytes(StandardCharsets.US_ASCII);
    }

    static void requireLength(final byte[] secret)
    {
        if (SECRET_LENGTH != secret.length)
        {
            throw new IllegalArgumentException(
                "a wrapping key has " + SECRET_LENGTH + " bytes, this has " + secret.length);
        }
    }

    /** The one key with an id that wraps, keeps to itself and opens nothing. */
    static long find(final TokenSession session, final byte[] id) throws TokenException
    {
        final String name = "wrapping key with id " + HexFormat.of().formatHex(id) + " on token \"" +
            session.token().label() + "\"";
        final long[] found = session.find(Attributes.of(CKA_CLASS, CKO_SECRET_KEY), Attributes.of(CKA_ID, id));
        if (1 != found.length)
        {
            throw new TokenException(
                name + " found " + found.length + " times: import it once, under an id of its own");
        }

        final byte[][] values =
            new ObjectReading(session, CKA_WRAP, CKA_EXTRACTABLE, CKA_UNWRAP, CKA_DECRYPT).read(found[0]);
        if (!Boolean.TRUE.equals(ObjectReading.flag(values[0])) ||
            !Boolean.FALSE.equals(ObjectReading.flag(values[1])) ||
            Boolean.TRUE.equals(ObjectReading.flag(values[2])) ||
            Boolean.TRUE.equals(ObjectReading.flag(values[3])))
        {
            throw new TokenException(name + " may not wrap, is extractable, or may unwrap or decrypt: whoever has " +
                "the PIN could open what it wraps; import it again");
        }

        return found[0];
    }
}
