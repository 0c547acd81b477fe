package io.countersign.gateway.control;

import io.countersign.codecs.authentication.HandshakeTranscript;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;

/**
 * Carries handshakes from the gateway thread to the control agent without allocation or waiting.
 *
 * <pre>
 *   0                     8                    12           16                  20               52
 *   +---------------------+--------------------+------------+-------------------+----------------+-----------------+
 *   | correlationId int64 | aeronSessionId i32 | reason i32 | apiKeyVersion i32 | clientNonce 32 | principal bytes |
 *   +---------------------+--------------------+------------+-------------------+----------------+-----------------+
 *   | correlationId int64 | aeronSessionId i32 | clientProof 32 bytes |
 *   +---------------------+--------------------+----------------------+
 * </pre>
 */
public final class ControlProxy implements MessageHandler
{
    private static final int CONNECT = 1;
    private static final int PROVE = 2;
    private static final int CORRELATION_ID_OFFSET = 0;
    private static final int AERON_SESSION_ID_OFFSET = 8;
    private static final int REASON_OFFSET = 12;
    private static final int API_KEY_VERSION_OFFSET = 16;
    private static final int CLIENT_NONCE_OFFSET = 20;
    private static final int PRINCIPAL_OFFSET = CLIENT_NONCE_OFFSET + HandshakeTranscript.NONCE_LENGTH;
    private static final int CLIENT_PROOF_OFFSET = 12;
    private static final int PROVE_LENGTH = CLIENT_PROOF_OFFSET + HandshakeTranscript.PROOF_LENGTH;
    private static final int CAPACITY = 64 * 1024;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
        new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private HandshakeHandler handler;

    /**
     * Receives handshakes in the control agent.
     */
    public interface HandshakeHandler
    {
        /**
         * A frame asked for a session.
         *
         * @param aeronSessionId of the publication that it came from.
         * @param correlationId  to return.
         * @param reason         NONE, or why it is to be refused whoever it is.
         * @param apiKeyVersion  that the sender gave.
         * @param clientNonce    that the sender chose.
         * @param principal      name that the sender gave.
         */
        void onConnect(
            int aeronSessionId,
            long correlationId,
            int reason,
            int apiKeyVersion,
            byte[] clientNonce,
            byte[] principal);

        /**
         * A frame answered a challenge.
         *
         * @param aeronSessionId of the publication that it came from.
         * @param correlationId  of the Connect.
         * @param clientProof    that the sender gave.
         */
        void onProve(int aeronSessionId, long correlationId, byte[] clientProof);
    }

    /**
     * Pass a Connect on. For the gateway thread.
     *
     * @param aeronSessionId    of the publication that it came from.
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
        final int aeronSessionId,
        final long correlationId,
        final int reason,
        final int apiKeyVersion,
        final DirectBuffer frame,
        final int clientNonceOffset,
        final int principalOffset,
        final int principalLength)
    {
        final int index = ring.tryClaim(CONNECT, PRINCIPAL_OFFSET + principalLength);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + CORRELATION_ID_OFFSET, correlationId);
        buffer.putInt(index + AERON_SESSION_ID_OFFSET, aeronSessionId);
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
     * @param aeronSessionId    of the publication that it came from.
     * @param correlationId     of the Connect.
     * @param frame             holds the proof.
     * @param clientProofOffset of the proof.
     * @return false when the control agent is behind and the Prove is dropped.
     */
    public boolean prove(
        final int aeronSessionId, final long correlationId, final DirectBuffer frame, final int clientProofOffset)
    {
        final int index = ring.tryClaim(PROVE, PROVE_LENGTH);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + CORRELATION_ID_OFFSET, correlationId);
        buffer.putInt(index + AERON_SESSION_ID_OFFSET, aeronSessionId);
        buffer.putBytes(index + CLIENT_PROOF_OFFSET, frame, clientProofOffset, HandshakeTranscript.PROOF_LENGTH);
        ring.commit(index);
        return true;
    }

    /**
     * Receive what was passed on. For the control agent.
     *
     * @param handler to receive it.
     * @return how many frames there were.
     */
    public int poll(final HandshakeHandler handler)
    {
        this.handler = handler;
        return ring.read(this);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final int aeronSessionId = buffer.getInt(index + AERON_SESSION_ID_OFFSET);
        final long correlationId = buffer.getLong(index + CORRELATION_ID_OFFSET);
        if (PROVE == type)
        {
            handler.onProve(
                aeronSessionId,
                correlationId,
                bytes(buffer, index + CLIENT_PROOF_OFFSET, HandshakeTranscript.PROOF_LENGTH));
            return;
        }
        handler.onConnect(
            aeronSessionId,
            correlationId,
            buffer.getInt(index + REASON_OFFSET),
            buffer.getInt(index + API_KEY_VERSION_OFFSET),
            bytes(buffer, index + CLIENT_NONCE_OFFSET, HandshakeTranscript.NONCE_LENGTH),
            bytes(buffer, index + PRINCIPAL_OFFSET, length - PRINCIPAL_OFFSET));
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
