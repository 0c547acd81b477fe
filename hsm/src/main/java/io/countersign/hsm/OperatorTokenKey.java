package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An operator's key in a token of the operator's own: Ed25519, signs commands. One thread at a time.
 */
public final class OperatorTokenKey implements AutoCloseable, SigningListener
{
    private final TokenLogin login;
    private final InlineSigningLane lane;
    private final String description;

    private byte[] signature;
    private long returnValue;

    private OperatorTokenKey(final TokenLogin login, final InlineSigningLane lane, final String description)
    {
        this.login = login;
        this.lane = lane;
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
            final InlineSigningLane lane = login.lane(description, SigningAlgorithm.ED25519, found[0]);
            isFound = true;
            return new OperatorTokenKey(login, lane, description);
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
        signature = null;
        returnValue = ReturnValue.OK;
        final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(message.length));
        payload.putBytes(0, message);
        if (lane.submit(0, 0, payload, 0, message.length))
        {
            lane.poll(this);
        }
        if (null == signature)
        {
            throw new TokenException("the " + description + " does not sign: " + ReturnValue.nameOf(returnValue) +
                "; expected a key of Ed25519 that may sign", returnValue);
        }
        return signature;
    }

    /** Close the session, and finalise the module when no one else in this process uses it. */
    @Override
    public void close()
    {
        login.close();
    }

    /** {@inheritDoc} */
    @Override
    public void onSigned(final long correlationId, final DirectBuffer bytes, final int offset, final int length)
    {
        signature = new byte[length];
        bytes.getBytes(offset, signature);
    }

    /** {@inheritDoc} */
    @Override
    public void onSigningFailed(final long correlationId, final long newReturnValue)
    {
        returnValue = newReturnValue;
    }
}
