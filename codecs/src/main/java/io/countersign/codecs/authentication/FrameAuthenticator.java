package io.countersign.codecs.authentication;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Puts tags behind the frames of one direction of one session, and checks them. For one thread; allocates nothing.
 * <p>
 * A tag is the first 16 bytes of the HMAC-SHA256 over all bytes of the frame before it. Half of a MAC is the shortest
 * that RFC 2104 (section 5) advises, and saves 16 bytes per frame.
 */
public final class FrameAuthenticator
{
    /** Length of a tag in bytes. */
    public static final int TAG_LENGTH = 16;

    private final HmacSha256 hmac;
    private final byte[] mac = new byte[HmacSha256.LENGTH];

    /**
     * Construct with the key of one direction, which is copied.
     *
     * @param key 32 bytes.
     */
    public FrameAuthenticator(final byte[] key)
    {
        hmac = new HmacSha256(key);
    }

    /**
     * Put the tag behind a frame.
     *
     * @param frame  with room for {@link #TAG_LENGTH} bytes behind the frame.
     * @param offset of the frame.
     * @param length of the frame without the tag, in bytes.
     * @return length of the frame with the tag.
     */
    public int append(final MutableDirectBuffer frame, final int offset, final int length)
    {
        hmac.update(frame, offset, length);
        hmac.finish(mac, 0);
        frame.putBytes(offset + length, mac, 0, TAG_LENGTH);
        return length + TAG_LENGTH;
    }

    /**
     * Whether the tag at the end of a frame fits. Takes as long for a tag that is wrong at its first byte as for one
     * that is wrong at its last.
     *
     * @param frame  that its sender can no longer change.
     * @param offset of the frame.
     * @param length of the frame with the tag, in bytes.
     * @return false when it does not fit or the frame is shorter than a tag.
     */
    public boolean isAuthentic(final DirectBuffer frame, final int offset, final int length)
    {
        final int tagOffset = offset + length - TAG_LENGTH;
        if (tagOffset < offset)
        {
            return false;
        }
        hmac.update(frame, offset, length - TAG_LENGTH);
        hmac.finish(mac, 0);
        int difference = 0;
        for (int i = 0; i < TAG_LENGTH; i++)
        {
            difference |= mac[i] ^ frame.getByte(tagOffset + i);
        }
        return 0 == difference;
    }

    /**
     * Get ready for the next frame while nobody waits: takes a third off the time of its tag.
     */
    public void prime()
    {
        hmac.prime();
    }

    /**
     * Forget the key: the session is over.
     */
    public void zero()
    {
        hmac.zero();
    }
}
