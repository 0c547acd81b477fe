package io.countersign.gateway.register;

import io.countersign.codecs.authentication.HmacSha256;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The tags of lines, and the seal over the head and all of them.
 * <pre>
 *   tag  = HMAC(entry key,    line number as int32 BE ‖ line without its last member and brace)
 *   seal = HMAC(register key, {@value RegisterSeal#SEAL_TEXT} ‖
 *               SHA-256(length of the head as int32 BE ‖ head without its last member and brace ‖ tags))
 * </pre>
 * The head is line 1.
 */
final class LineTags implements AutoCloseable
{
    static final int LENGTH = HmacSha256.LENGTH;

    private final RegisterSeal seal;
    private final HmacSha256 hmac;
    private final byte[] number = new byte[Integer.BYTES];

    LineTags(final RegisterSeal seal) throws RegisterException
    {
        this.seal = seal;
        final byte[] key = seal.entryKey();
        hmac = new HmacSha256(key);
        Arrays.fill(key, (byte) 0);
    }

    void tag(final int lineNumber, final byte[] text, final int offset, final int length, final byte[] tag)
    {
        putInt(lineNumber);
        hmac.update(number, 0, number.length);
        hmac.update(text, offset, length);
        hmac.finish(tag, 0);
    }

    /** Digest of a head, to which the tags are still to be added. */
    MessageDigest begin(final byte[] text, final int offset, final int length)
    {
        final MessageDigest digest = sha256();
        putInt(length);
        digest.update(number);
        digest.update(text, offset, length);
        return digest;
    }

    byte[] seal(final MessageDigest headAndTags) throws RegisterException
    {
        final byte[] purpose = RegisterSeal.SEAL_TEXT.getBytes(StandardCharsets.US_ASCII);
        final byte[] digest = headAndTags.digest();
        final byte[] text = Arrays.copyOf(purpose, purpose.length + digest.length);
        System.arraycopy(digest, 0, text, purpose.length, digest.length);
        return seal.seal(text);
    }

    static MessageDigest sha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    @Override
    public void close()
    {
        hmac.zero();
    }

    private void putInt(final int value)
    {
        number[0] = (byte) (value >>> 24);
        number[1] = (byte) (value >>> 16);
        number[2] = (byte) (value >>> 8);
        number[3] = (byte) value;
    }
}
