package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
 * and the secret of an operator's one-time codes is the first {@link #TOTP_SECRET_LENGTH} bytes of the same with
 * "countersign TOTP, version 1: " (29 bytes) and the operator's name. No other text that the master key is asked to
 * sign begins alike. One thread at a time.
 */
public final class MasterKey implements SigningListener
{
    /** Length of an API key in bytes. */
    public static final int API_KEY_LENGTH = 32;

    /** Longest name of a principal in bytes. */
    public static final int MAX_PRINCIPAL_LENGTH = 64;

    /** Length of the secret of one-time codes in bytes. */
    public static final int TOTP_SECRET_LENGTH = 20;

    private static final byte[] TOTP_PURPOSE =
        "countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII);
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
        return derive(PURPOSE, principal, apiKeyVersion);
    }

    /**
     * Derive the secret of an operator's one-time codes. May take as long as the token likes.
     *
     * @param name    1 to {@link #MAX_PRINCIPAL_LENGTH} bytes of UTF-8.
     * @param version of the secret.
     * @return {@link #TOTP_SECRET_LENGTH} bytes, which the caller zeroes after use, or null when the token does not
     *         sign.
     */
    public byte[] deriveTotpSecret(final byte[] name, final int version)
    {
        final byte[] whole = derive(TOTP_PURPOSE, name, version);
        if (null == whole)
        {
            return null;
        }
        final byte[] secret = Arrays.copyOf(whole, TOTP_SECRET_LENGTH);
        Arrays.fill(whole, (byte) 0);
        return secret;
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

    private byte[] derive(final byte[] purpose, final byte[] name, final int version)
    {
        if (name.length > MAX_PRINCIPAL_LENGTH)
        {
            throw new IllegalArgumentException("the principal is longer than " + MAX_PRINCIPAL_LENGTH + " bytes");
        }

        derived = null;
        payload.putBytes(0, purpose);
        payload.putInt(purpose.length, version, ByteOrder.BIG_ENDIAN);
        payload.putBytes(purpose.length + Integer.BYTES, name);
        if (lane.submit(0, 0, payload, 0, purpose.length + Integer.BYTES + name.length))
        {
            lane.poll(this);
        }

        lane.zeroSignature();
        final byte[] mac = derived;
        derived = null;
        return mac;
    }
}
