package io.countersign.venues;

import io.countersign.codecs.wire.Method;
import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;

/**
 * One finished request, or one on its way there, in buffers that are allocated once and outside the heap, so that a
 * token can be given their address. Not thread-safe.
 * <pre>
 *            build                        finish
 *   EMPTY ─────────▶ BUILT (payload) ─────────────▶ FINISHED (signature, ready to send)
 *     ▲                │                               │
 *     └────────────────┴── reset, build, refusal ──────┘
 * </pre>
 */
public final class VenueRequest
{
    /** Room of each part in bytes, unless another is asked for. */
    public static final int DEFAULT_CAPACITY = 4096;

    /** {@link #faultField()} when the last build was not refused for a field. */
    public static final int NO_FIELD = -1;

    /** Most marks that {@link #mark()} sets. */
    public static final int MAX_MARKS = 32;

    private enum State
    {
        EMPTY, BUILT, FINISHED
    }

    private final TextWriter path;
    private final TextWriter query;
    private final TextWriter headers;
    private final TextWriter body;
    private final TextWriter signature;
    private final TextWriter stringToSign;
    private final TextWriter tail;
    private final TextWriter scratch;
    private final Hashing hashing;
    private final int[] marks = new int[MAX_MARKS];
    private final Region payload = new Region();

    private State state = State.EMPTY;
    private short method = Method.NULL_VAL.value();
    private int markCount;
    private int plan;
    private int faultField = NO_FIELD;

    /** A request with room for {@link #DEFAULT_CAPACITY} bytes in each part. */
    public VenueRequest()
    {
        this(DEFAULT_CAPACITY);
    }

    /**
     * A request.
     *
     * @param capacity room of each part in bytes.
     */
    public VenueRequest(final int capacity)
    {
        path = new TextWriter(capacity);
        query = new TextWriter(capacity);
        headers = new TextWriter(capacity);
        body = new TextWriter(capacity);
        signature = new TextWriter(capacity);
        stringToSign = new TextWriter(capacity);
        tail = new TextWriter(capacity);
        scratch = new TextWriter(capacity);
        hashing = new Hashing(capacity);
        payload.wrap(query.buffer(), 0, 0);
    }

    /**
     * Forget everything.
     *
     * @return this.
     */
    public VenueRequest reset()
    {
        state = State.EMPTY;
        method = Method.NULL_VAL.value();
        path.reset();
        query.reset();
        headers.reset();
        body.reset();
        signature.reset();
        stringToSign.reset();
        tail.reset();
        scratch.reset();
        markCount = 0;
        faultField = NO_FIELD;
        payload.reset();
        return this;
    }

    /**
     * For venues: the request is refused.
     *
     * @param reason a value of {@link io.countersign.codecs.wire.Reason}.
     * @param field  that is the cause, see {@link #faultField()}.
     * @return the reason; the request was reset.
     */
    public int refuse(final int reason, final int field)
    {
        reset();
        faultField = field;
        return reason;
    }

    /**
     * Which field the last build was refused for.
     *
     * @return ordinal of a {@link io.countersign.venues.profile.FieldSource}, or {@link #NO_FIELD}.
     */
    public int faultField()
    {
        return faultField;
    }

    /**
     * For venues: everything up to the signature is written.
     *
     * @param method  a code of {@link Method}.
     * @param signed  the part that begins with what is to be signed.
     * @param length  of what is to be signed, in bytes.
     * @return a value of {@link io.countersign.codecs.wire.Reason}; when it is not NONE the request was reset.
     */
    public int built(final short method, final TextWriter signed, final int length)
    {
        final int fault = fault();
        if (fault != TextWriter.NO_FAULT)
        {
            reset();
            return fault;
        }
        this.method = method;
        payload.wrap(signed.buffer(), 0, length);
        state = State.BUILT;
        return fault;
    }

    /**
     * For venues: the signature is written too.
     *
     * @return a value of {@link io.countersign.codecs.wire.Reason}; when it is not NONE the request was reset.
     */
    public int finished()
    {
        final int fault = fault();
        if (fault != TextWriter.NO_FAULT)
        {
            reset();
            return fault;
        }
        state = State.FINISHED;
        return fault;
    }

    /**
     * Whether the request waits for its signature.
     *
     * @return true between build and finish.
     */
    public boolean isBuilt()
    {
        return state == State.BUILT;
    }

    /**
     * Whether the request is ready to be sent.
     *
     * @return true after finish.
     */
    public boolean isFinished()
    {
        return state == State.FINISHED;
    }

    /**
     * The HTTP method.
     *
     * @return a code of {@link Method}, its null value before build.
     */
    public short method()
    {
        return method;
    }

    /**
     * The path, with its leading slash and without query.
     *
     * @return the bytes so far.
     */
    public TextWriter path()
    {
        return path;
    }

    /**
     * The query, without question mark; holds the signature where the venue wants it there.
     *
     * @return the bytes so far.
     */
    public TextWriter query()
    {
        return query;
    }

    /**
     * The headers that the venue asks for, as lines {@code Name: value}, each ended by LF.
     *
     * @return the bytes so far.
     */
    public TextWriter headers()
    {
        return headers;
    }

    /**
     * The body.
     *
     * @return the bytes so far.
     */
    public TextWriter body()
    {
        return body;
    }

    /**
     * The signature as the venue writes it, before percent-encoding.
     *
     * @return the bytes so far: none before finish.
     */
    public TextWriter signature()
    {
        return signature;
    }

    /**
     * For venues: what the token must sign, where that is no part of the request. Never sent.
     *
     * @return the bytes so far.
     */
    public TextWriter stringToSign()
    {
        return stringToSign;
    }

    /**
     * For venues: what stands behind the signature and was written before it, in pieces between {@link #mark()}s.
     *
     * @return the bytes so far.
     */
    public TextWriter tail()
    {
        return tail;
    }

    /**
     * For venues: what is only there to be hashed or measured.
     *
     * @return the bytes so far.
     */
    public TextWriter scratch()
    {
        return scratch;
    }

    /**
     * For venues: hashes.
     *
     * @return what computes them.
     */
    public Hashing hashing()
    {
        return hashing;
    }

    /** For venues: ends a piece of the {@link #tail()}. */
    public void mark()
    {
        if (markCount < MAX_MARKS)
        {
            marks[markCount++] = tail.length();
        }
        else
        {
            tail.invalid();
        }
    }

    /**
     * For venues: appends a piece of the {@link #tail()}.
     *
     * @param index of the piece, from 0.
     * @param out   to append to.
     */
    public void putPiece(final int index, final TextWriter out)
    {
        final int begin = index == 0 ? 0 : marks[index - 1];
        final DirectBuffer buffer = tail.buffer();
        out.put(buffer, begin, marks[index] - begin);
    }

    /**
     * For venues: a number of their own that {@link Venue#build} leaves to {@link Venue#finish}.
     *
     * @return the number.
     */
    public int plan()
    {
        return plan;
    }

    /**
     * For venues: leave a number to {@link Venue#finish}.
     *
     * @param value any.
     */
    public void plan(final int value)
    {
        plan = value;
    }

    /**
     * What the token must sign. Stays as it is when the request is finished.
     *
     * @return the bytes: none before build.
     */
    public Region payload()
    {
        return payload;
    }

    /**
     * Where {@link #payload()} lies in memory, for a native call. Good while this object is reachable.
     *
     * @return the address of its first byte.
     */
    public long payloadAddress()
    {
        return payload.buffer().addressOffset() + payload.offset();
    }

    private int fault()
    {
        int fault = path.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : query.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : headers.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : body.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : stringToSign.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : tail.fault();
        fault = fault != TextWriter.NO_FAULT ? fault : scratch.fault();
        return fault != TextWriter.NO_FAULT ? fault : signature.fault();
    }
}
