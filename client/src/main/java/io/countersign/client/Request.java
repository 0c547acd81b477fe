package io.countersign.client;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.nio.ByteOrder;

/**
 * A request that is filled in place and offered. The client owns one of each kind; {@code client.newOrder()} and its
 * siblings hand it out empty: every optional field absent. Fields may be set in any order and again. Nothing allocates,
 * apart from the methods that take a {@link BigDecimal}.
 * <p>
 * A text longer than 64 bytes, data longer than 320, or an exponent outside -18 to 18 does not throw: {@link #offer()}
 * then returns {@link OfferCode#FIELD_OUT_OF_RANGE}, and {@link #invalidField()} names the field.
 *
 * @param <T> the kind of request.
 */
public abstract sealed class Request<T extends Request<T>>
    permits SymbolRequest, QueryAccountRequest, LoginRequest, TransactionRequest
{
    /**
     * Most bytes of a text.
     */
    public static final int MAX_TEXT_LENGTH = 64;

    static final int BLOCK_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;
    static final int KEY = 0;
    static final int NO_DATA = 0;

    // The first four fields stand at the same place in every request.
    private static final int SESSION_ID_OFFSET = BLOCK_OFFSET + NewOrderEncoder.sessionIdEncodingOffset();
    private static final int INGRESS_SEQUENCE_OFFSET =
        BLOCK_OFFSET + NewOrderEncoder.ingressSequenceEncodingOffset();
    private static final int REQUEST_ID_OFFSET = BLOCK_OFFSET + NewOrderEncoder.requestIdEncodingOffset();
    private static final int DEADLINE_NS_OFFSET = BLOCK_OFFSET + NewOrderEncoder.deadlineNsEncodingOffset();
    private static final int MAX_AGE_MS_OFFSET = BLOCK_OFFSET + NewOrderEncoder.maxAgeMsEncodingOffset();

    private final RequestSender sender;
    private final byte[] blank;
    private final UnsafeBuffer frame;
    private final UnsafeBuffer texts;
    private final int[] textLengths;
    private final UnsafeBuffer data;
    private final MutableDecimal decimal = new MutableDecimal();
    private int dataLength;
    private boolean isSpent = true;
    private long requestId;
    private String invalidField;

    /**
     * Creates a request.
     *
     * @param sender    that sends it.
     * @param blank     message header and block with every optional field null.
     * @param textCount of texts after the block.
     * @param maxData   most bytes of data that come behind them, or {@link #NO_DATA} where the message has none.
     */
    Request(final RequestSender sender, final byte[] blank, final int textCount, final int maxData)
    {
        this.sender = sender;
        this.blank = blank;
        this.frame = new UnsafeBuffer(new byte[
            blank.length + textCount * (1 + MAX_TEXT_LENGTH) + Short.BYTES + maxData + FrameAuthenticator.TAG_LENGTH]);
        this.texts = new UnsafeBuffer(new byte[textCount * MAX_TEXT_LENGTH]);
        this.textLengths = new int[textCount];
        this.data = new UnsafeBuffer(new byte[maxData]);
    }

    /**
     * Sends the request. After a negative answer the request is unchanged and may be offered again; after a positive
     * one it is spent, so that one order cannot be sent twice by mistake.
     *
     * @return the request id, above 0, or one of the negative codes of {@link OfferCode}.
     */
    public final long offer()
    {
        return sender.offer(this);
    }

    /**
     * Sends the request with an id of the bot's choice: another name for {@link #requestId} and {@link #offer()}.
     *
     * @param requestId above 0.
     * @return the request id, or one of the negative codes of {@link OfferCode}.
     */
    public final long offer(final long requestId)
    {
        return requestId(requestId).offer();
    }

    /**
     * The id of a request that was sent before, also in an earlier session. The gateway signs no id twice: it answers
     * with what became of the request, whatever the fields say this time. A request that is given no id gets a new one.
     *
     * @param requestId above 0, for instance from {@link #offer()}.
     * @return this.
     */
    public final T requestId(final long requestId)
    {
        if (requestId <= 0)
        {
            return invalid("requestId");
        }

        this.requestId = requestId;
        return self();
    }

    /**
     * The first field that was given a value outside its range.
     *
     * @return its name as in the wire schema, or null where every field is well.
     */
    public final String invalidField()
    {
        return invalidField;
    }

    /**
     * Alias of the key to sign with.
     *
     * @param alias of the key.
     * @return this.
     */
    public final T key(final CharSequence alias)
    {
        return text(KEY, "key", alias);
    }

    /**
     * Alias of the key to sign with, as UTF-8 bytes.
     *
     * @param buffer holding the alias.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return this.
     */
    public final T key(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(KEY, "key", buffer, offset, length);
    }

    /**
     * When the request is worth nothing any more: taken up by the gateway at or after it, it is refused unsigned. A
     * request that is given none gets the end of its request timeout.
     *
     * @param deadlineNs UTC nanoseconds since 1970.
     * @return this.
     */
    public final T deadlineNs(final long deadlineNs)
    {
        frame.putLong(DEADLINE_NS_OFFSET, deadlineNs, ByteOrder.LITTLE_ENDIAN);
        return self();
    }

    /**
     * Life of the request at the venue.
     *
     * @param maxAgeMs 1 to 60,000 milliseconds.
     * @return this.
     */
    public final T maxAgeMs(final int maxAgeMs)
    {
        frame.putInt(MAX_AGE_MS_OFFSET, maxAgeMs, ByteOrder.LITTLE_ENDIAN);
        return self();
    }

    final void reset()
    {
        frame.putBytes(0, blank);
        for (int i = 0; i < textLengths.length; i++)
        {
            textLengths[i] = 0;
        }

        dataLength = 0;
        invalidField = null;
        requestId = InFlightRequests.NONE;
        isSpent = false;
    }

    /** Whether the bot has given an id. */
    final boolean hasRequestId()
    {
        return InFlightRequests.NONE != requestId;
    }

    final long requestId()
    {
        return requestId;
    }

    final boolean hasDeadline()
    {
        return NewOrderEncoder.deadlineNsNullValue() != frame.getLong(DEADLINE_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Why this cannot be sent as it is, 0 when it can. */
    final long offerCode()
    {
        final long code = null == invalidField ? 0 : OfferCode.FIELD_OUT_OF_RANGE;
        return isSpent ? OfferCode.REQUEST_SPENT : code;
    }

    final void onSent()
    {
        isSpent = true;
    }

    final MutableDirectBuffer frame()
    {
        return frame;
    }

    /**
     * Completes the frame; there is room for the tag behind it.
     *
     * @param sessionId of the open session.
     * @param requestId of this request.
     * @return length of the frame in bytes.
     */
    final int complete(final long sessionId, final long ingressSequence, final long requestId)
    {
        frame.putLong(SESSION_ID_OFFSET, sessionId, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(INGRESS_SEQUENCE_OFFSET, ingressSequence, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(REQUEST_ID_OFFSET, requestId, ByteOrder.LITTLE_ENDIAN);

        int length = blank.length;
        for (int i = 0; i < textLengths.length; i++)
        {
            frame.putByte(length, (byte) textLengths[i]);
            frame.putBytes(length + 1, texts, i * MAX_TEXT_LENGTH, textLengths[i]);
            length += 1 + textLengths[i];
        }

        if (NO_DATA != data.capacity())
        {
            frame.putShort(length, (short) dataLength, ByteOrder.LITTLE_ENDIAN);
            frame.putBytes(length + Short.BYTES, data, 0, dataLength);
            length += Short.BYTES + dataLength;
        }

        return length;
    }

    final T text(final int index, final String field, final CharSequence value)
    {
        final int length = null == value ? 0 : Utf8.encode(value, texts, index * MAX_TEXT_LENGTH, MAX_TEXT_LENGTH);
        if (Utf8.NOT_ENCODABLE == length)
        {
            return invalid(field);
        }

        textLengths[index] = length;
        return self();
    }

    final T text(
        final int index, final String field, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < 0 || length > MAX_TEXT_LENGTH)
        {
            return invalid(field);
        }

        texts.putBytes(index * MAX_TEXT_LENGTH, buffer, offset, length);
        textLengths[index] = length;
        return self();
    }

    final T data(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < 0 || length > data.capacity())
        {
            return invalid("data");
        }

        data.putBytes(0, buffer, offset, length);
        dataLength = length;
        return self();
    }

    final T decimal(final String field, final DecimalEncoder encoder, final long mantissa, final int exponent)
    {
        if (exponent < DecimalText.MIN_EXPONENT || exponent > DecimalText.MAX_EXPONENT ||
            DecimalEncoder.mantissaNullValue() == mantissa)
        {
            return invalid(field);
        }

        encoder.mantissa(mantissa).exponent((byte) exponent);
        return self();
    }

    final T decimal(final String field, final DecimalEncoder encoder, final CharSequence number)
    {
        if (!DecimalText.parse(number, decimal))
        {
            throw new IllegalArgumentException(
                field + " is no plain decimal number of at most 18 decimals and 63 bits: " + number);
        }

        return decimal(field, encoder, decimal.mantissa(), decimal.exponent());
    }

    final T decimal(final String field, final DecimalEncoder encoder, final BigDecimal number)
    {
        if (number.unscaledValue().bitLength() >= Long.SIZE || Math.abs((long) number.scale()) > Byte.MAX_VALUE)
        {
            throw new IllegalArgumentException(field + " outgrows 63 bits or 18 decimals: " + number);
        }

        return decimal(field, encoder, number.unscaledValue().longValue(), -number.scale());
    }

    @SuppressWarnings("unchecked")
    private T self()
    {
        return (T) this;
    }

    private T invalid(final String field)
    {
        if (null == invalidField)
        {
            invalidField = field;
        }

        return self();
    }
}
