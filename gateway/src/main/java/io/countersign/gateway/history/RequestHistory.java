package io.countersign.gateway.history;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The latest requests of one principal by their ids: what became of each, and the bytes of the latest signed replies.
 * Of a fixed size, about 220 KiB; nothing is allocated once it is made, and every method takes a bounded time. What is
 * in hand is never forgotten. For the gateway thread once a session has it.
 */
public final class RequestHistory
{
    /**
     * Most requests that are kept. At least 1,024 of them are the latest, however many are in hand. It costs 90 KiB of
     * the heap for each principal that has had a session.
     */
    public static final int CAPACITY = 1024 + 256;

    /** Bytes of replies that are kept, off the heap, which is about 100 replies. */
    public static final int REPLIES_LENGTH = 64 * 1024;

    /** The place of a request that is not known. */
    public static final int ABSENT = -1;

    private static final int TABLE_LENGTH = 2048;
    private static final long NO_REPLY = -1;

    private final Long2LongHashMap placeById = new Long2LongHashMap(TABLE_LENGTH, 0.65f, ABSENT);
    private final long[] requestIds = new long[CAPACITY];
    private final long[] recordSequences = new long[CAPACITY];
    private final long[] replyPositions = new long[CAPACITY];
    private final int[] replyLengths = new int[CAPACITY];
    private final short[] reasons = new short[CAPACITY];
    private final byte[] fates = new byte[CAPACITY];
    private final long[] policyVersions = new long[CAPACITY];
    private final int[] keyIndexes = new int[CAPACITY];
    private final Operation[] operations = new Operation[CAPACITY];
    private UnsafeBuffer replies;
    private long highestId = Long.MIN_VALUE;
    private long repliesPosition;
    private int nextPlace;

    /**
     * Whether a request may come again as if it had never come: it was refused before anything was decided, because
     * there was no room or no way to go on.
     *
     * @param reason a value of the wire's {@code Reason}.
     * @return true when its id is not to be remembered.
     */
    public static boolean isForgotten(final int reason)
    {
        return Reason.TOO_MANY_IN_FLIGHT.value() == reason ||
            Reason.GATEWAY_STOPPING.value() == reason ||
            Reason.JOURNAL_FULL.value() == reason ||
            Reason.JOURNAL_UNAVAILABLE.value() == reason;
    }

    /**
     * Look a request up.
     *
     * @param requestId that the bot gave it.
     * @return its place, valid until the next change, or {@link #ABSENT}.
     */
    public int find(final long requestId)
    {
        // Ids rise: a new one costs no look into the table, which many principals in turn would find out of the cache.
        return requestId > highestId ? ABSENT : (int) placeById.get(requestId);
    }

    /**
     * What became of a request.
     *
     * @param place from {@link #find}.
     * @return its fate, never UNKNOWN.
     */
    public Fate fate(final int place)
    {
        return Fate.get(fates[place]);
    }

    /**
     * Why a request was refused.
     *
     * @param place from {@link #find}.
     * @return a value of the wire's {@code Reason}, NONE when it was not.
     */
    public int reason(final int place)
    {
        return reasons[place];
    }

    /**
     * The record that says so: the Intent of what is in hand or was interrupted, else the Outcome or Denial.
     *
     * @param place from {@link #find}.
     * @return sequence in the journal.
     */
    public long recordSequence(final int place)
    {
        return recordSequences[place];
    }

    /**
     * Length of the signed reply, when it is still there.
     *
     * @param place from {@link #find}.
     * @return bytes without the tag, 0 when the reply is not there.
     */
    public int replyLength(final int place)
    {
        final boolean isThere = NO_REPLY != replyPositions[place] &&
            repliesPosition - replyPositions[place] <= REPLIES_LENGTH;
        return isThere ? replyLengths[place] : 0;
    }

    /**
     * Where in {@link #replies()} the signed reply stands.
     *
     * @param place from {@link #find}, with a {@link #replyLength}.
     * @return index in bytes.
     */
    public int replyOffset(final int place)
    {
        return (int) (replyPositions[place] % REPLIES_LENGTH);
    }

    /**
     * What holds the signed replies.
     *
     * @return the buffer; null when no session of this life was opened.
     */
    public DirectBuffer replies()
    {
        return replies;
    }

    /**
     * The policy that allowed a request of this life.
     *
     * @param place from {@link #find}, with a {@link #replyLength}.
     * @return its version.
     */
    public long policyVersion(final int place)
    {
        return policyVersions[place];
    }

    /**
     * The key that a request of this life was signed with.
     *
     * @param place from {@link #find}, with a {@link #replyLength}.
     * @return position in the configuration.
     */
    public int keyIndex(final int place)
    {
        return keyIndexes[place];
    }

    /**
     * What a request of this life asked for.
     *
     * @param place from {@link #find}, with a {@link #replyLength}.
     * @return the operation.
     */
    public Operation operation(final int place)
    {
        return operations[place];
    }

    /**
     * A request's intent is on record.
     *
     * @param requestId      not known before, above 0.
     * @param intentSequence of the journal.
     */
    public void takenUp(final long requestId, final long intentSequence)
    {
        set(placeFor(requestId), Fate.IN_HAND, Reason.NONE.value(), intentSequence);
    }

    /**
     * A request's intent is on record, in this life.
     *
     * @param requestId      not known before, above 0.
     * @param intentSequence of the journal.
     * @param policyVersion  of the policy that allowed it.
     * @param keyIndex       position of its key in the configuration.
     * @param operation      that it asks for.
     */
    public void takenUp(
        final long requestId,
        final long intentSequence,
        final long policyVersion,
        final int keyIndex,
        final Operation operation)
    {
        takenUp(requestId, intentSequence);
        final int place = find(requestId);
        policyVersions[place] = policyVersion;
        keyIndexes[place] = keyIndex;
        operations[place] = operation;
    }

    /**
     * A request was signed.
     *
     * @param requestId       known or not.
     * @param outcomeSequence of the journal.
     */
    public void signed(final long requestId, final long outcomeSequence)
    {
        set(placeFor(requestId), Fate.SIGNED, Reason.NONE.value(), outcomeSequence);
    }

    /**
     * A request was refused or has failed.
     *
     * @param requestId      known or not.
     * @param reason         a value of the wire's {@code Reason}.
     * @param recordSequence of its Denial or Outcome.
     */
    public void refused(final long requestId, final int reason, final long recordSequence)
    {
        set(placeFor(requestId), Fate.REFUSED, reason, recordSequence);
    }

    /**
     * A request that is in hand will never have an outcome in the journal.
     *
     * @param requestId in hand; nothing happens when it is not.
     */
    public void interrupted(final long requestId)
    {
        final int place = find(requestId);
        if (ABSENT != place && Fate.IN_HAND.value() == fates[place])
        {
            fates[place] = (byte) Fate.INTERRUPTED.value();
        }
    }

    /**
     * The life that had requests in hand is over. Looks at every place.
     */
    public void interruptAll()
    {
        for (int i = 0; i < CAPACITY; i++)
        {
            if (Fate.IN_HAND.value() == fates[i])
            {
                fates[i] = (byte) Fate.INTERRUPTED.value();
            }
        }
    }

    /**
     * Keep the reply to a signed request until newer ones need its room.
     *
     * @param requestId that was signed.
     * @param reply     holds the whole frame.
     * @param length    of the frame without its tag, from index 0.
     */
    public void keepReply(final long requestId, final DirectBuffer reply, final int length)
    {
        final int place = find(requestId);
        if (null == replies || ABSENT == place || length > REPLIES_LENGTH)
        {
            return;
        }
        final int offset = (int) (repliesPosition % REPLIES_LENGTH);
        if (REPLIES_LENGTH - offset < length)
        {
            repliesPosition += REPLIES_LENGTH - offset;
        }
        replyPositions[place] = repliesPosition;
        replyLengths[place] = length;
        replies.putBytes((int) (repliesPosition % REPLIES_LENGTH), reply, 0, length);
        repliesPosition += length;
    }

    /** Makes room for replies; only before the gateway thread has this. */
    RequestHistory keepingReplies()
    {
        if (null == replies)
        {
            replies = new UnsafeBuffer(ByteBuffer.allocateDirect(REPLIES_LENGTH));
        }
        return this;
    }

    private void set(final int place, final Fate fate, final int reason, final long recordSequence)
    {
        fates[place] = (byte) fate.value();
        reasons[place] = (short) reason;
        recordSequences[place] = recordSequence;
        replyPositions[place] = NO_REPLY;
    }

    /** The place that the request has, or the oldest one that is not in hand. */
    private int placeFor(final long requestId)
    {
        final int known = find(requestId);
        if (ABSENT != known)
        {
            return known;
        }
        for (int i = 0; i < CAPACITY && Fate.IN_HAND.value() == fates[nextPlace]; i++)
        {
            nextPlace = (nextPlace + 1) % CAPACITY;
        }
        final int place = nextPlace;
        nextPlace = (nextPlace + 1) % CAPACITY;
        if (0 != fates[place])
        {
            placeById.remove(requestIds[place]);
        }
        requestIds[place] = requestId;
        highestId = Math.max(highestId, requestId);
        placeById.put(requestId, place);
        return place;
    }
}
