package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Derives the API keys of bots with a key that never leaves the token, so that nobody else keeps them. An API key is
 * the HMAC-SHA256, under the master key, of
 * <pre>
 *   +--------------------------------------+------------------------+----------------------+
 *   | "countersign API key, version 1: "   | version int32, big     | principal, UTF-8, to |
 *   | 32 bytes of ASCII                    | endian                 | the end              |
 *   +--------------------------------------+------------------------+----------------------+
 * </pre>
 * No other text that the master key is asked to sign begins alike. One thread at a time.
 */
public final class MasterKey implements SigningListener
{
    /** Length of an API key in bytes. */
    public static final int API_KEY_LENGTH = 32;

    /** Longest name of a principal in bytes. */
    public static final int MAX_PRINCIPAL_LENGTH = 64;

    private static final byte[] PURPOSE =
        "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII);

    private final InlineSigningLane lane;
    private final UnsafeBuffer payload = new UnsafeBuffer(
        ByteBuffer.allocateDirect(PURPOSE.length + Integer.BYTES + MAX_PRINCIPAL_LENGTH));

    private byte[] derived;

    /**
     * A master key that has proven itself.
     *
     * @param lane whose only key it is.
     */
    MasterKey(final InlineSigningLane lane)
    {
        this.lane = lane;
    }

    /**
     * Derive an API key. May take as long as the token likes.
     *
     * @param principal     1 to {@link #MAX_PRINCIPAL_LENGTH} bytes of UTF-8.
     * @param apiKeyVersion of the API key.
     * @return {@link #API_KEY_LENGTH} bytes, which the caller zeroes after use, or null when the token does not sign.
     */
    public byte[] derive(final byte[] principal, final int apiKeyVersion)
    {
        if (principal.length > MAX_PRINCIPAL_LENGTH)
        {
            throw new IllegalArgumentException("the principal is longer than " + MAX_PRINCIPAL_LENGTH + " bytes");
        }

        derived = null;
        payload.putBytes(0, PURPOSE);
        payload.putInt(PURPOSE.length, apiKeyVersion, ByteOrder.BIG_ENDIAN);
        payload.putBytes(PURPOSE.length + Integer.BYTES, principal);
        if (lane.submit(0, 0, payload, 0, PURPOSE.length + Integer.BYTES + principal.length))
        {
            lane.poll(this);
        }

        lane.zeroSignature();
        final byte[] apiKey = derived;
        derived = null;
        return apiKey;
    }

    /**
     * Whether no more API keys can be derived with this connection.
     *
     * @return true after any failure, and once the connection was closed.
     */
    public boolean isBroken()
    {
        return lane.isBroken();
    }

    /** {@inheritDoc} */
    @Override
    public void onSigned(
        final long correlationId,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        derived = new byte[length];
        signature.getBytes(offset, derived);
    }

    /** {@inheritDoc} */
    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        derived = null;
    }
}
