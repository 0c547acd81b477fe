package io.countersign.gateway.request;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.session.Session;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueRequest;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place for a request in hand: the private copy of its frame, what was read from it, what was decided and built.
 * For the gateway thread.
 */
public final class PendingRequest
{
    /** Longest frame that is read, in bytes; the longest valid one is below it. */
    public static final int MAX_FRAME_LENGTH = 4096;

    private static final byte[] NO_RULE = new byte[0];

    private final int slot;
    // On the heap, because the digest of the tag takes arrays only.
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[MAX_FRAME_LENGTH]);
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final Order order = new Order();
    private final VenueRequest venueRequest = new VenueRequest();
    private final Decision decision = new Decision();
    private final Stamp stamp = new Stamp();
    private Session session;
    private int frameLength;
    private int keyIndex;
    private long receivedNs;
    private long receivedUtcNs;
    private int accessScopes;
    private long decidedNs;
    private long builtNs;
    private long submittedNs;
    private long intentSequence;
    private byte[] ruleName = NO_RULE;

    PendingRequest(final int slot)
    {
        this.slot = slot;
    }

    /**
     * Copy a frame out of shared memory, then authenticate and check the copy, in this order. Nothing of the original
     * is looked at again: its sender can still change it.
     *
     * @param buffer shared memory.
     * @param offset of the frame.
     * @param length of the frame in bytes.
     * @return a value of the wire's {@code Reason}, NONE when the frame may be decoded.
     */
    public int copyIn(final DirectBuffer buffer, final int offset, final int length)
    {
        frameLength = 0;
        if (length < 0 || MAX_FRAME_LENGTH < length || buffer.capacity() - length < offset)
        {
            return Reason.FRAME_TOO_LONG.value();
        }
        frame.putBytes(0, buffer, offset, length);
        frameLength = length;
        final boolean isForged =
            null != session && !WireFrame.isOfHandshake(frame, 0, length) && !session.isAuthentic(frame, length);
        return isForged ? Reason.FRAME_NOT_AUTHENTIC.value() : WireFrame.check(frame, 0, length);
    }

    /**
     * Begin anew in this place.
     *
     * @param session       that the frame's publication has, or null.
     * @param receivedNs    monotonic time at which the frame was taken up.
     * @param receivedUtcNs the same instant as UTC nanoseconds since 1970: deadline and policy go by it.
     */
    public void begin(final Session session, final long receivedNs, final long receivedUtcNs)
    {
        this.session = session;
        this.receivedNs = receivedNs;
        this.receivedUtcNs = receivedUtcNs;
        accessScopes = 0;
        frameLength = 0;
        keyIndex = -1;
        decidedNs = receivedNs;
        builtNs = receivedNs;
        submittedNs = receivedNs;
        stamp.set(0, Stamp.NO_NONCE);
        intentSequence = 0;
        ruleName = NO_RULE;
        decision.reset(Reason.NONE.value());
    }

    /**
     * The number that lanes return with a completion.
     *
     * @return the slot of this place.
     */
    public int slot()
    {
        return slot;
    }

    /**
     * The template of the copied frame, which has been checked.
     *
     * @return template id.
     */
    public int templateId()
    {
        return headerDecoder.wrap(frame, 0).templateId();
    }

    /**
     * The private copy.
     *
     * @return the frame at offset 0.
     */
    public DirectBuffer frame()
    {
        return frame;
    }

    /**
     * The id that the bot gave the frame that lies here.
     *
     * @return request id, the null value where it has none.
     */
    public long requestId()
    {
        return WireFrame.requestId(frame, 0, frameLength);
    }

    /**
     * Whether the frame of a session that lies here came too late.
     *
     * @return true when it was taken up at or after its deadline.
     */
    public boolean isTooLate()
    {
        return receivedUtcNs >= WireFrame.deadlineNs(frame, 0);
    }

    /**
     * Length of the private copy.
     *
     * @return bytes, 0 when nothing was copied.
     */
    public int frameLength()
    {
        return frameLength;
    }

    /**
     * The typed fields.
     *
     * @return the order, valid once decoded.
     */
    public Order order()
    {
        return order;
    }

    /**
     * What is signed and sent.
     *
     * @return the venue's request.
     */
    public VenueRequest venueRequest()
    {
        return venueRequest;
    }

    /**
     * What policy said.
     *
     * @return the decision.
     */
    public Decision decision()
    {
        return decision;
    }

    /**
     * The name of the rule that the decision names. Kept: another policy may be in force when the token answers.
     *
     * @return UTF-8 bytes, not to be written to; empty when no rule was asked.
     */
    public byte[] ruleName()
    {
        return ruleName;
    }

    /**
     * Set the name of the rule that the decision names.
     *
     * @param ruleName of the policy that decided.
     */
    public void ruleName(final byte[] ruleName)
    {
        this.ruleName = ruleName;
    }

    /**
     * Whose request it is.
     *
     * @return the session, null when the frame's publication has none.
     */
    public Session session()
    {
        return session;
    }

    /**
     * Position of the key in the configuration.
     *
     * @return index or -1.
     */
    public int keyIndex()
    {
        return keyIndex;
    }

    /**
     * Set the key.
     *
     * @param keyIndex position in the configuration or -1.
     */
    public void keyIndex(final int keyIndex)
    {
        this.keyIndex = keyIndex;
    }

    /**
     * When the frame was taken up.
     *
     * @return monotonic nanoseconds.
     */
    public long receivedNs()
    {
        return receivedNs;
    }

    /**
     * When the frame was taken up.
     *
     * @return UTC nanoseconds since 1970: deadline and policy go by it.
     */
    public long receivedUtcNs()
    {
        return receivedUtcNs;
    }

    /**
     * What an access token granted when policy decided.
     *
     * @return bits of the wire's {@code Scopes}.
     */
    public int accessScopes()
    {
        return accessScopes;
    }

    /**
     * Set what an access token grants.
     *
     * @param accessScopes bits of the wire's {@code Scopes}.
     */
    public void accessScopes(final int accessScopes)
    {
        this.accessScopes = accessScopes;
    }

    /**
     * To decode the header of the copied frame with.
     *
     * @return decoder, to be wrapped.
     */
    public MessageHeaderDecoder headerDecoder()
    {
        return headerDecoder;
    }

    /**
     * When policy had decided.
     *
     * @return monotonic nanoseconds.
     */
    public long decidedAtNs()
    {
        return decidedNs;
    }

    /**
     * When the payload was built.
     *
     * @return monotonic nanoseconds.
     */
    public long builtAtNs()
    {
        return builtNs;
    }

    /**
     * Stage: policy has decided.
     *
     * @param nowNs monotonic nanoseconds.
     */
    public void decidedNs(final long nowNs)
    {
        decidedNs = nowNs;
        builtNs = nowNs;
        submittedNs = nowNs;
    }

    /**
     * Stage: the payload is built.
     *
     * @param nowNs monotonic nanoseconds.
     */
    public void builtNs(final long nowNs)
    {
        builtNs = nowNs;
        submittedNs = nowNs;
    }

    /**
     * When the token was called.
     *
     * @return monotonic nanoseconds.
     */
    public long submittedNs()
    {
        return submittedNs;
    }

    /**
     * Stage: the token is about to be called.
     *
     * @param nowNs monotonic nanoseconds.
     */
    public void submittedNs(final long nowNs)
    {
        submittedNs = nowNs;
    }

    /**
     * A later time as a stage of this request.
     *
     * @param nowNs monotonic nanoseconds.
     * @return nanoseconds since received, at most 2^31 - 1.
     */
    public int stageNs(final long nowNs)
    {
        return (int) Math.min(Integer.MAX_VALUE, nowNs - receivedNs);
    }

    /**
     * The venue timestamp and the nonce inside the payload.
     *
     * @return time 0 and no nonce before it is built.
     */
    public Stamp stamp()
    {
        return stamp;
    }

    /**
     * Sequence of the intent record.
     *
     * @return sequence, 0 before it was appended.
     */
    public long intentSequence()
    {
        return intentSequence;
    }

    /**
     * Set the sequence of the intent record.
     *
     * @param intentSequence of the journal.
     */
    public void intentSequence(final long intentSequence)
    {
        this.intentSequence = intentSequence;
    }
}
