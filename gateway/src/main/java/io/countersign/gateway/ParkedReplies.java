package io.countersign.gateway;

import io.countersign.gateway.session.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Replies in the order in which they were made, each until what it tells is on the storage device. A fixed number of
 * places and bytes; allocates nothing once it is made. A session has what is parked of it in hand. For the gateway
 * thread.
 */
final class ParkedReplies
{
    /** A power of two. */
    static final int CAPACITY = 2048;

    /** Places that are kept for replies to what was let in before there were too many. */
    static final int KEPT = 512;

    private static final int BYTES = 8 << 20;
    private static final int KEPT_BYTES = BYTES / 2;

    private final Session[] sessions = new Session[CAPACITY];
    private final long[] requestIds = new long[CAPACITY];
    private final long[] recordSequences = new long[CAPACITY];
    private final long[] awaitedSequences = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final UnsafeBuffer frames = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private long head;
    private long tail;
    /** Bytes up to the end of the newest frame, ever counted on. */
    private long end;
    /** The same of the frame that was taken out last. */
    private long start;

    boolean isEmpty()
    {
        return head == tail;
    }

    /** Whether nothing more is to be let in that wants an answer. */
    boolean isFull()
    {
        return tail - head > CAPACITY - KEPT || end - start > BYTES - KEPT_BYTES;
    }

    /** False when there is no place: then the reply is lost. */
    boolean add(
        final Session session,
        final long requestId,
        final long recordSequence,
        final long awaitedSequence,
        final DirectBuffer frame,
        final int length)
    {
        final int room = BYTES - (int) (end % BYTES);
        final long from = room < length ? end + room : end;
        if (CAPACITY == tail - head || from + length - start > BYTES)
        {
            return false;
        }
        final int place = (int) tail & CAPACITY - 1;
        sessions[place] = session;
        requestIds[place] = requestId;
        recordSequences[place] = recordSequence;
        awaitedSequences[place] = awaitedSequence;
        lengths[place] = length;
        end = from + length;
        ends[place] = end;
        frames.putBytes((int) (from % BYTES), frame, 0, length);
        session.takenUp();
        tail++;
        return true;
    }

    /** Of the oldest; there must be one, as for all that follow. */
    long awaitedSequence()
    {
        return awaitedSequences[place()];
    }

    Session session()
    {
        return sessions[place()];
    }

    long requestId()
    {
        return requestIds[place()];
    }

    long recordSequence()
    {
        return recordSequences[place()];
    }

    DirectBuffer frames()
    {
        return frames;
    }

    int offset()
    {
        return (int) ((ends[place()] - length()) % BYTES);
    }

    int length()
    {
        return lengths[place()];
    }

    /** Takes the oldest out, which may be the last of its session: it was offered, or the session is over. */
    void remove()
    {
        final int place = place();
        start = ends[place];
        head++;
        final Session session = sessions[place];
        sessions[place] = null;
        session.finished();
    }

    private int place()
    {
        return (int) head & CAPACITY - 1;
    }
}
