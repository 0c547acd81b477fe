package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Derives the API keys of bots, and the secrets of operators' one-time passwords, with a key that never leaves the
 * token, so that nobody else keeps them. Each is the HMAC-SHA256, under the master key, of
 * <pre>
 *   +--------------------------------------+------------------------+----------------------+
 *   | "countersign API key, version 1: "   | version int32, big     | principal, UTF-8, to |
 *   | 32 bytes of ASCII                    | endian                 | the end              |
 *   +--------------------------------------+------------------------+----------------------+
 *   | "countersign TOTP, version 1: "      | version int32, big     | operator, UTF-8, to  |
 *   | 29 bytes of ASCII                    | endian                 | the end              |
 *   +--------------------------------------+------------------------+----------------------+
 * </pre>
 * No other text that the master key is asked to sign begins alike. One thread at a time.
 */
public final class MasterKey
{
    /** Length of an API key in bytes. */
    public static final int API_KEY_LENGTH = 32;

    /** Length of the secret of an operator's one-time passwords in bytes: that of HMAC-SHA1 (RFC 4226, section 4). */
    public static final int TOTP_SECRET_LENGTH = 20;

    /** Longest name of a principal or an operator in bytes. */
    public static final int MAX_PRINCIPAL_LENGTH = 64;

    private static final byte[] API_KEY_PURPOSE =
        "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOTP_PURPOSE =
        "countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII);

    private final TokenMac mac;

    /**
     * A master key that has proven itself.
     *
     * @param lane whose only key it is.
     */
    MasterKey(final InlineSigningLane lane)
    {
        mac = new TokenMac(lane);
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
        return derive(API_KEY_PURPOSE, principal, apiKeyVersion);
    }

    /**
     * Derive the secret of an operator's one-time passwords (RFC 6238). May take as long as the token likes.
     *
     * @param operatorName 1 to {@link #MAX_PRINCIPAL_LENGTH} bytes of UTF-8.
     * @param version      of the secret.
     * @return {@link #TOTP_SECRET_LENGTH} bytes, which the caller zeroes after use, or null when the token does not
     *         sign.
     */
    public byte[] deriveTotpSecret(final byte[] operatorName, final int version)
    {
        final byte[] derived = derive(TOTP_PURPOSE, operatorName, version);
        if (null == derived)
        {
            return null;
        }

        final byte[] secret = Arrays.copyOf(derived, TOTP_SECRET_LENGTH);
        Arrays.fill(derived, (byte) 0);
        return secret;
    }

    /**
     * Whether nothing more can be derived with this connection.
     *
     * @return true after any failure, and once the connection was closed.
     */
    public boolean isBroken()
    {
        return mac.isBroken();
    }

    private byte[] derive(final byte[] purpose, final byte[] name, final int version)
    {
        if (name.length > MAX_PRINCIPAL_LENGTH)
        {
            throw new IllegalArgumentException("the name is longer than " + MAX_PRINCIPAL_LENGTH + " bytes");
        }

        return mac.of(ByteBuffer.allocate(purpose.length + Integer.BYTES + name.length)
            .put(purpose).putInt(version).put(name).array());
    }
}
