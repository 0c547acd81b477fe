package io.countersign.hsm;

import java.util.Set;

/**
 * The key that signs the journal's seals: Ed25519 or ECDSA on P-256, on a session of its own, so that a lane of
 * requests may sign meanwhile. On the connector's thread; every call may take as long as the token likes.
 */
public final class AuditKey
{
    /** What it may sign with: there is a verifier for these in the checkpoint's format. */
    public static final Set<SigningAlgorithm> ALGORITHMS =
        Set.of(SigningAlgorithm.ED25519, SigningAlgorithm.ECDSA_P256);

    private final TokenMac signer;
    private final TokenSlot token;

    /**
     * An audit key that has proven itself.
     *
     * @param lane  whose only key it is.
     * @param token for messages.
     */
    AuditKey(final InlineSigningLane lane, final TokenSlot token)
    {
        signer = new TokenMac(lane);
        this.token = token;
    }

    /**
     * Sign.
     *
     * @param message 1 to {@link SigningLane#MAX_PAYLOAD_LENGTH} bytes, as they are.
     * @return 64 bytes; ECDSA: r and s.
     * @throws TokenException when the token does not sign; the connection is to be made anew then.
     */
    public byte[] sign(final byte[] message) throws TokenException
    {
        final byte[] signature = signer.of(message);
        if (null == signature)
        {
            throw new TokenException("the audit key on token \"" + token.label() + "\" does not sign: " +
                (ReturnValue.OK == signer.returnValue() ? "its connection is closed or broken" :
                ReturnValue.nameOf(signer.returnValue())), signer.returnValue());
        }
        return signature;
    }

    /**
     * Whether nothing more can be signed with this connection.
     *
     * @return true after any failure, and once the connection was closed.
     */
    public boolean isBroken()
    {
        return signer.isBroken();
    }
}
