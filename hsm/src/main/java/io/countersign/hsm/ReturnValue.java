package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_MEMORY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_REMOVED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_FUNCTION_FAILED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_HOST_MEMORY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_EXPIRED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_INCORRECT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LEN_RANGE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_LOCKED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_PRESENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_RECOGNIZED;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Names and classes of PKCS#11 return values (PKCS#11 v3.0, section 5.1).
 */
public final class ReturnValue
{
    /** The function succeeded ({@code CKR_OK}). */
    public static final long OK = PKCS11Constants.CKR_OK;

    /** Stands for a signature whose length is not that of the algorithm ({@code CKR_SIGNATURE_LEN_RANGE}). */
    public static final long SIGNATURE_LENGTH_RANGE = PKCS11Constants.CKR_SIGNATURE_LEN_RANGE;

    static
    {
        WrapperLibrary.silence();
    }

    private ReturnValue()
    {
    }

    /**
     * The name of a return value, for people. Not for the hot path.
     *
     * @param returnValue a {@code CKR_} value.
     * @return for example {@code CKR_DEVICE_ERROR}, or the value in hexadecimal when PKCS#11 has no name for it.
     */
    public static String nameOf(final long returnValue)
    {
        return PKCS11Constants.ckrCodeToName(returnValue);
    }

    /**
     * Whether the token refused the PIN. Trying the same PIN again would only bring the token closer to its lock.
     *
     * @param returnValue a {@code CKR_} value.
     * @return true when an operator must act before another login.
     */
    public static boolean isPinRefused(final long returnValue)
    {
        return CKR_PIN_INCORRECT == returnValue ||
            CKR_PIN_LOCKED == returnValue ||
            CKR_PIN_EXPIRED == returnValue ||
            CKR_PIN_INVALID == returnValue ||
            CKR_PIN_LEN_RANGE == returnValue;
    }

    /**
     * Whether the token or the library itself is out of order, so that a new session on it would not help: all is to be
     * closed and the library initialised again.
     *
     * @param returnValue a {@code CKR_} value.
     * @return true for a token that is gone or broken.
     */
    public static boolean isTokenLost(final long returnValue)
    {
        return CKR_TOKEN_NOT_PRESENT == returnValue ||
            CKR_TOKEN_NOT_RECOGNIZED == returnValue ||
            CKR_DEVICE_REMOVED == returnValue ||
            CKR_DEVICE_ERROR == returnValue ||
            CKR_DEVICE_MEMORY == returnValue ||
            CKR_FUNCTION_FAILED == returnValue ||
            CKR_GENERAL_ERROR == returnValue ||
            CKR_HOST_MEMORY == returnValue ||
            CKR_CRYPTOKI_NOT_INITIALIZED == returnValue;
    }
}
