package io.countersign.gateway.control;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;

/**
 * Carries access tokens from the gateway thread to the control agent without allocation or waiting. A ring of its own,
 * so that no flood of them can keep handshakes out of theirs.
 *
 * <pre>
 *   0                 8                 16                    24                          28
 *   +-----------------+-----------------+---------------------+---------------------------+-----------+--------------+
 *   | sessionId int64 | requestId int64 | publicationId int64 | length of principal int32 | principal | access token |
 *   +-----------------+-----------------+---------------------+---------------------------+-----------+--------------+
 * </pre>
 */
public final class AccessTokenProxy implements MessageHandler
{
    private static final int PRESENT = 1;
    private static final int SESSION_ID_OFFSET = 0;
    private static final int REQUEST_ID_OFFSET = 8;
    private static final int PUBLICATION_ID_OFFSET = 16;
    private static final int PRINCIPAL_LENGTH_OFFSET = 24;
    private static final int PRINCIPAL_OFFSET = 28;
    private static final int CAPACITY = 64 * 1024;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
        new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private Handler handler;

    /**
     * Receives access tokens in the control agent.
     */
    public interface Handler
    {
        /**
         * A session presented an access token.
         *
         * @param presentation whose it is.
         * @param accessToken  as it was presented.
         */
        void onPresentAccessToken(Presentation presentation, byte[] accessToken);
    }

    /**
     * Which frame of which session brought an access token.
     *
     * @param sessionId     of the session.
     * @param requestId     to answer with.
     * @param publicationId of the session's publication.
     * @param principal     name of the session's principal, UTF-8: its place differs from policy to policy.
     */
    public record Presentation(long sessionId, long requestId, long publicationId, byte[] principal)
    {
    }

    /**
     * Pass an access token on. For the gateway thread.
     *
     * @param sessionId     of the session.
     * @param requestId     to answer with.
     * @param publicationId of the session's publication.
     * @param principal     name of the session's principal, UTF-8.
     * @param frame         holds the access token.
     * @param offset        of the access token.
     * @param length        of the access token in bytes.
     * @return false when the control agent is behind and it is dropped.
     */
    public boolean present(
        final long sessionId,
        final long requestId,
        final long publicationId,
        final byte[] principal,
        final DirectBuffer frame,
        final int offset,
        final int length)
    {
        final int index = ring.tryClaim(PRESENT, PRINCIPAL_OFFSET + principal.length + length);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + SESSION_ID_OFFSET, sessionId);
        buffer.putLong(index + REQUEST_ID_OFFSET, requestId);
        buffer.putLong(index + PUBLICATION_ID_OFFSET, publicationId);
        buffer.putInt(index + PRINCIPAL_LENGTH_OFFSET, principal.length);
        buffer.putBytes(index + PRINCIPAL_OFFSET, principal);
        buffer.putBytes(index + PRINCIPAL_OFFSET + principal.length, frame, offset, length);
        ring.commit(index);
        return true;
    }

    /**
     * Receive one access token. For the control agent.
     *
     * @param newHandler to receive it.
     * @return 1 when there was one, else 0.
     */
    public int poll(final Handler newHandler)
    {
        handler = newHandler;
        return ring.read(this, 1);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final byte[] principal = new byte[buffer.getInt(index + PRINCIPAL_LENGTH_OFFSET)];
        buffer.getBytes(index + PRINCIPAL_OFFSET, principal);
        final byte[] accessToken = new byte[length - PRINCIPAL_OFFSET - principal.length];
        buffer.getBytes(index + PRINCIPAL_OFFSET + principal.length, accessToken);
        handler.onPresentAccessToken(
            new Presentation(
                buffer.getLong(index + SESSION_ID_OFFSET),
                buffer.getLong(index + REQUEST_ID_OFFSET),
                buffer.getLong(index + PUBLICATION_ID_OFFSET),
                principal),
            accessToken);
    }
}
