package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * An operator's key in a token of the operator's own: Ed25519, signs commands. One thread at a time.
 */
public final class OperatorTokenKey implements AutoCloseable
{
    private final TokenLogin login;
    private final TokenMac signer;
    private final String description;

    private OperatorTokenKey(final TokenLogin login, final TokenMac signer, final String description)
    {
        this.login = login;
        this.signer = signer;
        this.description = description;
    }

    /**
     * Log in to a token and find the key there.
     *
     * @param modulePath  of the PKCS#11 library.
     * @param tokenLabel  of the token.
     * @param tokenSerial of the token, or null for any.
     * @param pin         of the user.
     * @param id          {@code CKA_ID} of the private key.
     * @return the key, to be closed.
     * @throws TokenException when there is no such token or key, or it refuses the login.
     */
    public static OperatorTokenKey open(
        final Path modulePath,
        final String tokenLabel,
        final String tokenSerial,
        final PinSource pin,
        final byte[] id) throws TokenException
    {
        final TokenLogin login = TokenLogin.open(modulePath, tokenLabel, tokenSerial, pin, null);
        boolean isFound = false;
        try
        {
            final String description = "operator's key with id " + HexFormat.of().formatHex(id) + " on token \"" +
                login.session().token().label() + "\"";
            final long[] found = login.session().find(
                Attributes.of(CKA_CLASS, CKO_PRIVATE_KEY), Attributes.of(CKA_ID, id));
            if (1 != found.length)
            {
                throw new TokenException("the " + description + (0 == found.length ?
                    " is not there: see 'countersign keys list'" : " is there more than once: give each its own id"));
            }
            final TokenSession session = login.session();
            final SigningMethod method =
                new KeyDirectory(session).method(description, SigningAlgorithm.ED25519, found[0]);
            final InlineSigningLane lane =
                new InlineSigningLane(session.functions(), session.handle(), found, List.of(method), 0);
            isFound = true;
            return new OperatorTokenKey(login, new TokenMac(lane), description);
        }
        finally
        {
            if (!isFound)
            {
                login.close();
            }
        }
    }

    /**
     * Sign.
     *
     * @param message 1 to {@link SigningLane#MAX_PAYLOAD_LENGTH} bytes, as they are.
     * @return 64 bytes.
     * @throws TokenException when the token does not sign; no later call will then.
     */
    public byte[] sign(final byte[] message) throws TokenException
    {
        final byte[] signature = signer.of(message);
        if (null == signature)
        {
            throw new TokenException("the " + description + " does not sign: " +
                ReturnValue.nameOf(signer.returnValue()) + "; expected a key of Ed25519 that may sign",
                signer.returnValue());
        }
        return signature;
    }

    /** Close the session, and finalise the module when no one else in this process uses it. */
    @Override
    public void close()
    {
        login.close();
    }
}
