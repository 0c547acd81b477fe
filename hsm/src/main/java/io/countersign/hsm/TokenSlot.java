package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_TOKEN_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_PRESENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_RECOGNIZED;

import iaik.pkcs.pkcs11.wrapper.CK_TOKEN_INFO;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A token as its module lists it. Tokens are chosen by label and serial number: slot numbers change when a token is
 * initialised, plugged elsewhere or when the machine restarts.
 *
 * @param slotId      where the token is now.
 * @param label       without the blanks that pad it.
 * @param serial      without the blanks that pad it.
 * @param initialised whether someone has initialised it.
 * @param mechanisms  what it can do; null unless it was selected.
 */
record TokenSlot(long slotId, String label, String serial, boolean initialised, TokenMechanisms mechanisms)
{
    /**
     * The one token with a label, with the quirks that this process is given, see {@link QuirksFile#load}.
     *
     * @param module initialised.
     * @param label  of the token.
     * @param serial of the token, or null for any.
     * @return the token.
     * @throws TokenException when there is none, or more than one.
     */
    static TokenSlot select(final CryptokiModule module, final String label, final String serial) throws TokenException
    {
        return select(module, label, serial, QuirksFile.load(null));
    }

    /**
     * The one token with a label.
     *
     * @param module initialised.
     * @param label  of the token.
     * @param serial of the token, or null for any.
     * @param quirks that tokens have.
     * @return the token, which was asked what it can do.
     * @throws TokenException when there is none, or more than one.
     */
    static TokenSlot select(
        final CryptokiModule module,
        final String label,
        final String serial,
        final QuirksFile quirks) throws TokenException
    {
        final List<TokenSlot> tokens = list(module).stream().filter(TokenSlot::initialised).toList();
        final List<TokenSlot> matches = tokens.stream()
            .filter((token) -> token.label.equals(label) && (null == serial || token.serial.equals(serial)))
            .toList();

        if (1 == matches.size())
        {
            final TokenSlot token = matches.getFirst();
            return new TokenSlot(token.slotId, token.label, token.serial, true,
                TokenMechanisms.probe(module, token, quirks));
        }

        final String wanted = "labelled \"" + label + "\"" + (null == serial ? "" : " with serial " + serial);
        if (matches.isEmpty())
        {
            throw new TokenException("no token " + wanted + " in " + module.path() + "; it has " + describe(tokens) +
                ": correct the label or initialise the token");
        }

        throw new TokenException(matches.size() + " tokens " + wanted + " in " + module.path() + "; it has " +
            describe(tokens) + ": give the serial of the one that is meant");
    }

    /**
     * All tokens of a module, initialised or not.
     *
     * @param module initialised.
     * @return the tokens.
     * @throws TokenException when the module does not list them.
     */
    static List<TokenSlot> list(final CryptokiModule module) throws TokenException
    {
        final List<TokenSlot> tokens = new ArrayList<>();
        try
        {
            for (final long slotId : module.pkcs11().C_GetSlotList(true))
            {
                addToken(module, slotId, tokens);
            }
        }
        catch (final PKCS11Exception ex)
        {
            throw new TokenException("PKCS#11 module " + module.path() + " does not list its tokens: " +
                ReturnValue.nameOf(ex.getErrorCode()), ex.getErrorCode());
        }

        return tokens;
    }

    private static void addToken(final CryptokiModule module, final long slotId, final List<TokenSlot> tokens)
        throws PKCS11Exception
    {
        try
        {
            final CK_TOKEN_INFO info = module.pkcs11().C_GetTokenInfo(slotId);
            tokens.add(new TokenSlot(
                slotId,
                text(info.label),
                text(info.serialNumber),
                0 != (info.flags & CKF_TOKEN_INITIALIZED),
                null));
        }
        catch (final PKCS11Exception ex)
        {
            // The token was taken out between the two calls.
            if (CKR_TOKEN_NOT_PRESENT != ex.getErrorCode() && CKR_TOKEN_NOT_RECOGNIZED != ex.getErrorCode())
            {
                throw ex;
            }
        }
    }

    /**
     * A text as PKCS#11 pads it.
     *
     * @param padded with blanks, or with zeros as some modules do.
     * @return without them.
     */
    static String text(final char[] padded)
    {
        int length = padded.length;
        while (0 < length && (' ' == padded[length - 1] || '\0' == padded[length - 1]))
        {
            length--;
        }

        return new String(padded, 0, length);
    }

    private static String describe(final List<TokenSlot> tokens)
    {
        return tokens.isEmpty() ? "no initialised token" : tokens.stream()
            .map((token) -> "\"" + token.label + "\" (serial " + token.serial + ")")
            .collect(Collectors.joining(", "));
    }
}
