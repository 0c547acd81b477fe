package io.countersign.codecs.authentication;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time codes of RFC 6238: HMAC-SHA-1, 6 digits, steps of 30 s since 1970, as authenticator apps compute them. No
 * state, so any thread may call. Off the hot path.
 */
public final class TimeBasedCode
{
    /** Length of a step in milliseconds. */
    public static final long STEP_MS = 30_000;

    /** Length of a secret in bytes, as RFC 4226, section 4, recommends. */
    public static final int SECRET_LENGTH = 20;

    private static final int MODULUS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BASE32_BITS = 5;

    private TimeBasedCode()
    {
    }

    /**
     * The step that a time is in.
     *
     * @param utcMs milliseconds since 1970.
     * @return steps since 1970.
     */
    public static long step(final long utcMs)
    {
        return Math.floorDiv(utcMs, STEP_MS);
    }

    /**
     * The code of a step: RFC 4226, section 5.3, with the step as counter.
     *
     * @param secret of the operator.
     * @param step   since 1970.
     * @return 0 to 999999.
     */
    public static int of(final byte[] secret, final long step)
    {
        try
        {
            final Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            final byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            final int offset = hash[hash.length - 1] & 0xF;
            return (ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE) % MODULUS;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * A secret as authenticator apps take it: the path of an {@code otpauth} link holds issuer and account, the query
     * the secret in base 32 (RFC 4648, without padding).
     *
     * @param operator name, URL-safe characters as they are, others percent-encoded.
     * @param secret   of the operator; the text is as secret as it.
     * @return for example {@code otpauth://totp/Countersign:anna?secret=...&issuer=Countersign}.
     */
    public static String link(final String operator, final byte[] secret)
    {
        final String account = URLEncoder.encode(operator, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Countersign:" + account + "?secret=" + base32(secret) +
            "&issuer=Countersign&algorithm=SHA1&digits=6&period=30";
    }

    /**
     * Base 32 of RFC 4648 without padding.
     *
     * @param bytes to be written.
     * @return text.
     */
    public static String base32(final byte[] bytes)
    {
        final StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (final byte each : bytes)
        {
            held = held << Byte.SIZE | each & 0xFF;
            bits += Byte.SIZE;
            while (bits >= BASE32_BITS)
            {
                bits -= BASE32_BITS;
                text.append(BASE32.charAt(held >>> bits & 0x1F));
            }
            held &= (1 << bits) - 1;
        }
        return 0 == bits ? text.toString() : text.append(BASE32.charAt(held << BASE32_BITS - bits & 0x1F)).toString();
    }
}
