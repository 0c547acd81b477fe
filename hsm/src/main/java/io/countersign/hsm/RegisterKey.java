package io.countersign.hsm;

/**
 * The key that seals the key register: HMAC-SHA256 with a key that never leaves the token. On the connector's thread;
 * every call may take as long as the token likes.
 */
public final class RegisterKey
{
    /** Length of a tag in bytes. */
    public static final int TAG_LENGTH = 32;

    private final TokenMac mac;
    private final TokenSlot token;

    /**
     * A register key that has proven itself.
     *
     * @param lane  whose only key it is.
     * @param token for messages.
     */
    RegisterKey(final InlineSigningLane lane, final TokenSlot token)
    {
        mac = new TokenMac(lane);
        this.token = token;
    }

    /**
     * Authenticate data.
     *
     * @param data 1 to {@link SigningLane#MAX_PAYLOAD_LENGTH} bytes; the caller takes the hash of what is longer.
     * @return {@link #TAG_LENGTH} bytes.
     * @throws TokenException           when the token does not sign; the connection is to be made anew then.
     * @throws IllegalArgumentException when the data is empty or longer.
     */
    public byte[] tag(final byte[] data) throws TokenException
    {
        if (0 == data.length || SigningLane.MAX_PAYLOAD_LENGTH < data.length)
        {
            throw new IllegalArgumentException(
                "the data has " + data.length + " bytes, not 1 to " + SigningLane.MAX_PAYLOAD_LENGTH);
        }

        final byte[] tag = mac.of(data);
        if (null == tag)
        {
            throw new TokenException("the register key on token \"" + token.label() + "\" does not sign: " +
                (ReturnValue.OK == mac.returnValue() ? "its connection is closed or broken" :
                ReturnValue.nameOf(mac.returnValue())), mac.returnValue());
        }

        return tag;
    }

    /**
     * Whether no more tags can be made with this connection.
     *
     * @return true after any failure, and once the connection was closed.
     */
    public boolean isBroken()
    {
        return mac.isBroken();
    }
}
