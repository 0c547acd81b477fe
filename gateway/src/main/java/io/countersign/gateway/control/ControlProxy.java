package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.gateway.transport.PublicationId;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Carries handshakes, which sessions the gateway has closed, and reloads from the gateway thread to the control agent
 * without allocation or waiting. The handshakes of each ingress go by a ring of their own, and what the gateway itself
 * has to say by another: whoever fills one keeps nobody else out.
 *
 * <pre>
 *   0                     8                     16           20                  24               56
 *   +---------------------+---------------------+------------+-------------------+----------------+-----------------+
 *   | correlationId int64 | publicationId int64 | reason i32 | apiKeyVersion i32 | clientNonce 32 | principal bytes |
 *   +---------------------+---------------------+------------+-------------------+----------------+-----------------+
 *   | correlationId int64 | publicationId int64 | clientProof 32 bytes |
 *   +---------------------+---------------------+----------------------+
 *   | 0                   | publicationId int64 |
 *   +---------------------+---------------------+
 *   | isTrial int8, hasDigest int8, SHA-256 32 bytes |
 *   +------------------------------------------------+
 * </pre>
 */
public final class ControlProxy implements MessageHandler
{
    private static final int CONNECT = 1;
    private static final int PROVE = 2;
    private static final int RELEASE = 3;
    private static final int RELOAD = 4;
    private static final int DIGEST_LENGTH = 32;
    private static final int RELOAD_LENGTH = 2 + DIGEST_LENGTH;
    private static final int CORRELATION_ID_OFFSET = 0;
    private static final int PUBLICATION_ID_OFFSET = 8;
    private static final int REASON_OFFSET = 16;
    private static final int API_KEY_VERSION_OFFSET = 20;
    private static final int CLIENT_NONCE_OFFSET = 24;
    private static final int PRINCIPAL_OFFSET = CLIENT_NONCE_OFFSET + HandshakeTranscript.NONCE_LENGTH;
    private static final int CLIENT_PROOF_OFFSET = 16;
    private static final int PROVE_LENGTH = CLIENT_PROOF_OFFSET + HandshakeTranscript.PROOF_LENGTH;
    private static final int RELEASE_LENGTH = 16;
    private static final int CAPACITY = 64 * 1024;
    private static final int FRAMES_PER_POLL = 16;

    private final OneToOneRingBuffer own = newRing();
    private final OneToOneRingBuffer[] byIngress;
    private int next;
    private HandshakeHandler handler;

    /**
     * Receives handshakes in the control agent.
     */
    public interface HandshakeHandler
    {
        /**
         * A frame asked for a session.
         *
         * @param publicationId of the publication that it came from.
         * @param correlationId to return.
         * @param reason        NONE, or why it is to be refused whoever it is.
         * @param apiKeyVersion that the sender gave.
         * @param clientNonce   that the sender chose.
         * @param principal     name that the sender gave.
         */
        void onConnect(
            long publicationId,
            long correlationId,
            int reason,
            int apiKeyVersion,
            byte[] clientNonce,
            byte[] principal);

        /**
         * A frame answered a challenge.
         *
         * @param publicationId of the publication that it came from.
         * @param correlationId of the Connect.
         * @param clientProof   that the sender gave.
         */
        void onProve(long publicationId, long correlationId, byte[] clientProof);

        /**
         * The gateway has closed the session of a publication: nothing more is sent to its bot.
         *
         * @param publicationId of the publication.
         */
        void onRelease(long publicationId);

        /**
         * An operator has the policy file read again.
         *
         * @param isTrial only to say what would change.
         * @param sha256  that the file must have, or null for any.
         */
        void onReload(boolean isTrial, byte[] sha256);
    }

    /**
     * Construct with empty rings.
     *
     * @param ingressCount how many ingresses there are.
     */
    public ControlProxy(final int ingressCount)
    {
        byIngress = new OneToOneRingBuffer[ingressCount];
        Arrays.setAll(byIngress, (i) -> newRing());
    }

    /**
     * How many ingresses there are.
     *
     * @return indexes are below it.
     */
    public int ingressCount()
    {
        return byIngress.length;
    }

    /**
     * Pass a Connect on. For the gateway thread.
     *
     * @param publicationId     of the publication that it came from.
     * @param correlationId     to return.
     * @param reason            NONE, or why it is to be refused whoever it is.
     * @param apiKeyVersion     that the sender gave.
     * @param frame             holds nonce and name.
     * @param clientNonceOffset of the nonce.
     * @param principalOffset   of the name.
     * @param principalLength   of the name in bytes.
     * @return false when the control agent is behind and the Connect is dropped.
     */
    public boolean connect(
        final long publicationId,
        final long correlationId,
        final int reason,
        final int apiKeyVersion,
        final DirectBuffer frame,
        final int clientNonceOffset,
        final int principalOffset,
        final int principalLength)
    {
        final OneToOneRingBuffer ring = byIngress[PublicationId.ingressIndex(publicationId)];
        final int index = ring.tryClaim(CONNECT, PRINCIPAL_OFFSET + principalLength);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + CORRELATION_ID_OFFSET, correlationId);
        buffer.putLong(index + PUBLICATION_ID_OFFSET, publicationId);
        buffer.putInt(index + REASON_OFFSET, reason);
        buffer.putInt(index + API_KEY_VERSION_OFFSET, apiKeyVersion);
        buffer.putBytes(
            index + CLIENT_NONCE_OFFSET, frame, clientNonceOffset, HandshakeTranscript.NONCE_LENGTH);
        buffer.putBytes(index + PRINCIPAL_OFFSET, frame, principalOffset, principalLength);
        ring.commit(index);
        return true;
    }

    /**
     * Pass a Prove on. For the gateway thread.
     *
     * @param publicationId     of the publication that it came from.
     * @param correlationId     of the Connect.
     * @param frame             holds the proof.
     * @param clientProofOffset of the proof.
     * @return false when the control agent is behind and the Prove is dropped.
     */
    public boolean prove(
        final long publicationId, final long correlationId, final DirectBuffer frame, final int clientProofOffset)
    {
        final OneToOneRingBuffer ring = byIngress[PublicationId.ingressIndex(publicationId)];
        final int index = ring.tryClaim(PROVE, PROVE_LENGTH);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + CORRELATION_ID_OFFSET, correlationId);
        buffer.putLong(index + PUBLICATION_ID_OFFSET, publicationId);
        buffer.putBytes(index + CLIENT_PROOF_OFFSET, frame, clientProofOffset, HandshakeTranscript.PROOF_LENGTH);
        ring.commit(index);
        return true;
    }

    /**
     * Say that a session was closed for which its bot's publication is still there. For the gateway thread.
     *
     * @param publicationId of the publication.
     * @return false when the control agent is behind: say it again.
     */
    public boolean release(final long publicationId)
    {
        final int index = own.tryClaim(RELEASE, RELEASE_LENGTH);
        if (index <= 0)
        {
            return false;
        }
        own.buffer().putLong(index + CORRELATION_ID_OFFSET, 0);
        own.buffer().putLong(index + PUBLICATION_ID_OFFSET, publicationId);
        own.commit(index);
        return true;
    }

    /**
     * Pass on that the policy file is to be read again. For the gateway thread.
     *
     * @param isTrial only to say what would change.
     * @param sha256  that the file must have, or null for any.
     * @return false when the control agent is behind and this is dropped.
     */
    public boolean reload(final boolean isTrial, final byte[] sha256)
    {
        final int index = own.tryClaim(RELOAD, RELOAD_LENGTH);
        if (index <= 0)
        {
            return false;
        }
        own.buffer().putByte(index, (byte) (isTrial ? 1 : 0));
        own.buffer().putByte(index + 1, (byte) (null == sha256 ? 0 : 1));
        if (null != sha256)
        {
            own.buffer().putBytes(index + 2, sha256, 0, DIGEST_LENGTH);
        }
        own.commit(index);
        return true;
    }

    /**
     * Receive what was passed on: all that the gateway itself has said, and a few frames of each ingress. For the
     * control agent.
     *
     * @param handler to receive it.
     * @return how many frames there were.
     */
    public int poll(final HandshakeHandler handler)
    {
        this.handler = handler;
        int frames = own.read(this);
        for (int i = 0; i < byIngress.length; i++)
        {
            frames += byIngress[next].read(this, FRAMES_PER_POLL);
            next = next + 1 < byIngress.length ? next + 1 : 0;
        }
        next = next + 1 < byIngress.length ? next + 1 : 0;
        return frames;
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (RELOAD == type)
        {
            handler.onReload(0 != buffer.getByte(index),
                0 == buffer.getByte(index + 1) ? null : bytes(buffer, index + 2, DIGEST_LENGTH));
            return;
        }
        final long publicationId = buffer.getLong(index + PUBLICATION_ID_OFFSET);
        final long correlationId = buffer.getLong(index + CORRELATION_ID_OFFSET);
        if (RELEASE == type)
        {
            handler.onRelease(publicationId);
            return;
        }
        if (PROVE == type)
        {
            handler.onProve(
                publicationId,
                correlationId,
                bytes(buffer, index + CLIENT_PROOF_OFFSET, HandshakeTranscript.PROOF_LENGTH));
            return;
        }
        handler.onConnect(
            publicationId,
            correlationId,
            buffer.getInt(index + REASON_OFFSET),
            buffer.getInt(index + API_KEY_VERSION_OFFSET),
            bytes(buffer, index + CLIENT_NONCE_OFFSET, HandshakeTranscript.NONCE_LENGTH),
            bytes(buffer, index + PRINCIPAL_OFFSET, length - PRINCIPAL_OFFSET));
    }

    private static OneToOneRingBuffer newRing()
    {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
