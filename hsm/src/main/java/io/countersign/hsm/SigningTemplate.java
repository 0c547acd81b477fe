package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ENCRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN_RECOVER;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VERIFY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_VALUE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TEMPLATE_INCONSISTENT;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What every key that signs has on a token, whether it was imported or generated there: it stays on the token, or
 * leaves it wrapped where it can be recovered, nobody sees it without the PIN or reads it with it, it may sign, and it
 * may do nothing else. Uses that a template leaves out are the token's to choose, and tokens choose generously.
 */
final class SigningTemplate
{
    private SigningTemplate()
    {
    }

    /**
     * The attributes of a key.
     *
     * @param key to be made.
     * @return the attributes.
     */
    static CK_ATTRIBUTE[] of(final NewKey key)
    {
        final CK_ATTRIBUTE[] common = {
            Attributes.of(CKA_TOKEN, true),
            Attributes.of(CKA_PRIVATE, true),
            Attributes.of(CKA_SENSITIVE, true),
            Attributes.of(CKA_EXTRACTABLE, key.recoverable()),
            Attributes.of(CKA_SIGN, true),
            Attributes.of(CKA_DECRYPT, false),
            Attributes.of(CKA_UNWRAP, false),
            Attributes.of(CKA_DERIVE, false),
            Attributes.of(CKA_ID, key.id()),
            Attributes.of(CKA_LABEL, key.label().toCharArray())
        };
        return key.algorithm().isMac() ?
            join(common,
                Attributes.of(CKA_VERIFY, false), Attributes.of(CKA_ENCRYPT, false), Attributes.of(CKA_WRAP, false)) :
            join(common, Attributes.of(CKA_SIGN_RECOVER, false));
    }

    /**
     * The attributes of a key that the token lets sign in one way only.
     *
     * @param method of signing with the key.
     * @param key    to be made.
     * @return the attributes.
     */
    static CK_ATTRIBUTE[] restricted(final SigningMethod method, final NewKey key)
    {
        return join(
            of(key),
            Attributes.of(CKA_ALLOWED_MECHANISMS, new long[]{ method.mechanism() }));
    }

    /**
     * Whether a token may have refused a template for the restriction alone, which not every token knows. NSS 3.87
     * calls that a general error.
     *
     * @param returnValue a {@code CKR_} value.
     * @return true when it is worth another try without the restriction.
     */
    static boolean mayLackRestriction(final long returnValue)
    {
        return CKR_ATTRIBUTE_TYPE_INVALID == returnValue ||
            CKR_ATTRIBUTE_VALUE_INVALID == returnValue ||
            CKR_TEMPLATE_INCONSISTENT == returnValue ||
            CKR_GENERAL_ERROR == returnValue;
    }

    /**
     * Two templates as one.
     *
     * @param some   first.
     * @param others behind them.
     * @return all.
     */
    static CK_ATTRIBUTE[] join(final CK_ATTRIBUTE[] some, final CK_ATTRIBUTE... others)
    {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(CK_ATTRIBUTE[]::new);
    }
}
