package io.countersign.hsm;

import iaik.pkcs.pkcs11.wrapper.CK_TOKEN_INFO;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code C_InitToken} on a token that nobody has initialised yet. It erases a token, so all that could be wrong
 * afterwards is checked before.
 */
final class TokenInitialisation
{
    private static final int LABEL_LENGTH = 32;

    private TokenInitialisation()
    {
    }

    /**
     * Initialise a free token; its slot may change thereby.
     *
     * @param module             of the token.
     * @param label              that no token has yet.
     * @param securityOfficerPin that the security officer shall have.
     * @param userPin            that the user is to get, of which only the length is checked here.
     * @throws TokenException when there is no free token, or it refuses.
     */
    static void initialise(
        final CryptokiModule module,
        final String label,
        final PinSource securityOfficerPin,
        final PinSource userPin) throws TokenException
    {
        final char[] paddedLabel = pad(label);
        final TokenSlot free = free(module, label);
        final char[] pin = securityOfficerPin.read();
        try
        {
            final CK_TOKEN_INFO info = module.pkcs11().C_GetTokenInfo(free.slotId());
            checkLength(info, pin, securityOfficerPin);
            checkUserPin(info, userPin);
            module.pkcs11().C_InitToken(free.slotId(), pin, paddedLabel, true);
        }
        catch (final PKCS11Exception ex)
        {
            throw new TokenException("token \"" + label + "\" was not initialised: C_InitToken gave " +
                ReturnValue.nameOf(ex.getErrorCode()), ex.getErrorCode());
        }
        finally
        {
            Arrays.fill(pin, '\0');
        }
    }

    private static char[] pad(final String label) throws TokenException
    {
        final int length = label.getBytes(StandardCharsets.UTF_8).length;
        if (0 == length || LABEL_LENGTH < length || label.endsWith(" "))
        {
            throw new TokenException("\"" + label + "\" is no token label: use 1 to " + LABEL_LENGTH +
                " bytes without blanks at the end");
        }

        return (label + " ".repeat(LABEL_LENGTH - length)).toCharArray();
    }

    private static TokenSlot free(final CryptokiModule module, final String label) throws TokenException
    {
        TokenSlot free = null;
        for (final TokenSlot token : TokenSlot.list(module))
        {
            if (token.initialised() && token.label().equals(label))
            {
                throw new TokenException("there is a token \"" + label + "\" (serial " + token.serial() +
                    ") already: choose another label");
            }
            if (!token.initialised() && null == free)
            {
                free = token;
            }
        }

        if (null == free)
        {
            throw new TokenException("PKCS#11 module " + module.path() +
                " has no token that is not initialised: add one with the vendor's tool");
        }

        return free;
    }

    private static void checkUserPin(final CK_TOKEN_INFO info, final PinSource userPin) throws TokenException
    {
        final char[] pin = userPin.read();
        try
        {
            checkLength(info, pin, userPin);
        }
        finally
        {
            Arrays.fill(pin, '\0');
        }
    }

    private static void checkLength(final CK_TOKEN_INFO info, final char[] pin, final PinSource source)
        throws TokenException
    {
        if (pin.length < info.ulMinPinLen || info.ulMaxPinLen < pin.length)
        {
            throw new TokenException("the PIN in " + source + " must have " + info.ulMinPinLen + " to " +
                info.ulMaxPinLen + " characters for this token");
        }
    }
}
