package io.countersign.gateway.control;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;

/**
 * Carries connects from the gateway thread to the control agent without allocation or waiting.
 *
 * <pre>
 *   +---------------------+------------+-------------------+-----------------+
 *   | correlationId int64 | reason i32 | aeronSessionId i32 | principal bytes |
 *   +---------------------+------------+-------------------+-----------------+
 * </pre>
 */
public final class ControlProxy implements MessageHandler
{
    private static final int CONNECT = 1;
    private static final int CORRELATION_ID_OFFSET = 0;
    private static final int REASON_OFFSET = 8;
    private static final int AERON_SESSION_ID_OFFSET = 12;
    private static final int PRINCIPAL_OFFSET = 16;
    private static final int CAPACITY = 64 * 1024;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
        new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private ConnectHandler handler;

    /**
     * Receives connects in the control agent.
     */
    @FunctionalInterface
    public interface ConnectHandler
    {
        /**
         * A frame asked for a session.
         *
         * @param aeronSessionId of the publication that it came from.
         * @param correlationId  to return.
         * @param reason         NONE, or why it is to be refused whoever it is.
         * @param principal      holds the name that the sender gave.
         * @param offset         of the name.
         * @param length         of the name in bytes.
         */
        void onConnect(
            int aeronSessionId, long correlationId, int reason, DirectBuffer principal, int offset, int length);
    }

    /**
     * Pass a connect on. For the gateway thread.
     *
     * @param aeronSessionId of the publication that it came from.
     * @param correlationId  to return.
     * @param reason         NONE, or why it is to be refused whoever it is.
     * @param principal      holds the name that the sender gave.
     * @param offset         of the name.
     * @param length         of the name in bytes.
     * @return false when the control agent is behind and the connect is dropped.
     */
    public boolean connect(
        final int aeronSessionId,
        final long correlationId,
        final int reason,
        final DirectBuffer principal,
        final int offset,
        final int length)
    {
        final int index = ring.tryClaim(CONNECT, PRINCIPAL_OFFSET + length);
        if (index <= 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = ring.buffer();
        buffer.putLong(index + CORRELATION_ID_OFFSET, correlationId);
        buffer.putInt(index + REASON_OFFSET, reason);
        buffer.putInt(index + AERON_SESSION_ID_OFFSET, aeronSessionId);
        buffer.putBytes(index + PRINCIPAL_OFFSET, principal, offset, length);
        ring.commit(index);
        return true;
    }

    /**
     * Receive what was passed on. For the control agent.
     *
     * @param handler to receive it.
     * @return how many connects there were.
     */
    public int poll(final ConnectHandler handler)
    {
        this.handler = handler;
        return ring.read(this);
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        handler.onConnect(
            buffer.getInt(index + AERON_SESSION_ID_OFFSET),
            buffer.getLong(index + CORRELATION_ID_OFFSET),
            buffer.getInt(index + REASON_OFFSET),
            buffer,
            index + PRINCIPAL_OFFSET,
            length - PRINCIPAL_OFFSET);
    }
}
