package io.countersign.codecs;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AskOutcomeDecoder;
import io.countersign.codecs.wire.CancelAllDecoder;
import io.countersign.codecs.wire.CancelOrderDecoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.ConnectDecoder;
import io.countersign.codecs.wire.DisconnectDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.KeepAliveDecoder;
import io.countersign.codecs.wire.LoginDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.PresentAccessTokenDecoder;
import io.countersign.codecs.wire.ProveDecoder;
import io.countersign.codecs.wire.QueryAccountDecoder;
import io.countersign.codecs.wire.QueryOrderDecoder;
import io.countersign.codecs.wire.QueryOrdersDecoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionDecoder;
import org.agrona.DirectBuffer;

/**
 * What must hold of a frame from a bot before anything in it may be believed: rule 1 of the wire protocol.
 * <p>
 * The frame must lie in memory that its sender can no longer change. Nothing here allocates or throws, whatever the
 * bytes and lengths are; no state, so any thread may call.
 */
public final class WireFrame
{
    /** Longest principal, key alias or rule name, in bytes. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Longest symbol, order id or comp id, in bytes. */
    public static final int MAX_ORDER_TEXT_LENGTH = 64;

    /** Longest data of a transaction, in bytes: the reply with it still fits one UDP frame of Aeron's usual length. */
    public static final int MAX_CALL_DATA_LENGTH = 320;

    private WireFrame()
    {
    }

    /**
     * Checks a whole frame: header, template, block, texts up to the last byte or the tag, enumerated values and
     * decimals. That a tag has its place is checked, not that it fits. Structure comes before values, so that
     * TRAILING_BYTES is found before UNKNOWN_ENUM_VALUE.
     * A null in a required enumerated field counts as UNKNOWN_ENUM_VALUE. Texts are not checked to be UTF-8.
     *
     * @param frame  that holds it.
     * @param offset of its message header.
     * @param length of the frame in bytes.
     * @return a value of {@link io.countersign.codecs.wire.Reason}, 0 when the frame may be decoded.
     */
    public static int check(final DirectBuffer frame, final int offset, final int length)
    {
        final int fault = FrameFault.checkSchema(frame, offset, length);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int bodyLength = length - FrameAuthenticator.TAG_LENGTH;
        final int bodyEnd = offset + bodyLength;
        switch (FrameFault.templateId(frame, offset))
        {
            case NewOrderDecoder.TEMPLATE_ID:
                return checkNewOrder(frame, offset, bodyLength, bodyEnd);
            case CancelOrderDecoder.TEMPLATE_ID:
                return checkCancelOrder(frame, offset, bodyLength, bodyEnd);
            case QueryOrderDecoder.TEMPLATE_ID:
                return checkTexts(frame, offset, bodyLength, bodyEnd, QueryOrderDecoder.BLOCK_LENGTH, 3);
            case QueryAccountDecoder.TEMPLATE_ID:
                return checkQueryAccount(frame, offset, bodyLength, bodyEnd);
            case CancelAllDecoder.TEMPLATE_ID:
                return checkTexts(frame, offset, bodyLength, bodyEnd, CancelAllDecoder.BLOCK_LENGTH, 1);
            case QueryOrdersDecoder.TEMPLATE_ID:
                return checkTexts(frame, offset, bodyLength, bodyEnd, QueryOrdersDecoder.BLOCK_LENGTH, 1);
            case LoginDecoder.TEMPLATE_ID:
                return checkTexts(frame, offset, bodyLength, bodyEnd, LoginDecoder.BLOCK_LENGTH, 2);
            case TransactionDecoder.TEMPLATE_ID:
                return checkTransaction(frame, offset, bodyLength, bodyEnd);
            case ConnectDecoder.TEMPLATE_ID:
                return checkConnect(frame, offset, length, offset + length);
            case ProveDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, length, offset + length, ProveDecoder.BLOCK_LENGTH);
            case DisconnectDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, bodyLength, bodyEnd, DisconnectDecoder.BLOCK_LENGTH);
            case KeepAliveDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, bodyLength, bodyEnd, KeepAliveDecoder.BLOCK_LENGTH);
            case AskOutcomeDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, bodyLength, bodyEnd, AskOutcomeDecoder.BLOCK_LENGTH);
            case PresentAccessTokenDecoder.TEMPLATE_ID:
                return checkPresentAccessToken(frame, offset, bodyLength, bodyEnd);
            default:
                return CommandFrame.check(frame, offset, bodyLength, bodyEnd);
        }
    }

    /**
     * Whether a frame claims to belong to a handshake, and so has no tag.
     *
     * @param frame  that holds it, not checked.
     * @param offset of its message header.
     * @param length of the frame in bytes.
     * @return true for Connect and Prove of this version.
     */
    public static boolean isOfHandshake(final DirectBuffer frame, final int offset, final int length)
    {
        if (FrameFault.NONE != FrameFault.checkSchema(frame, offset, length))
        {
            return false;
        }
        final int templateId = FrameFault.templateId(frame, offset);
        return ConnectDecoder.TEMPLATE_ID == templateId || ProveDecoder.TEMPLATE_ID == templateId;
    }

    /**
     * Which message a frame holds.
     *
     * @param frame  that {@link #check} found good.
     * @param offset of its message header.
     * @return its template id.
     */
    public static int templateId(final DirectBuffer frame, final int offset)
    {
        return FrameFault.templateId(frame, offset);
    }

    /**
     * The session that a frame is for. Stands at the same place in every frame of a session, as do the next two.
     *
     * @param frame  of a session that {@link #check} found good.
     * @param offset of its message header.
     * @return its session id.
     */
    public static long sessionId(final DirectBuffer frame, final int offset)
    {
        return headField(frame, offset, NewOrderDecoder.sessionIdEncodingOffset());
    }

    /**
     * The place of a frame among those of its bot.
     *
     * @param frame  of a session that {@link #check} found good.
     * @param offset of its message header.
     * @return its ingress sequence.
     */
    public static long ingressSequence(final DirectBuffer frame, final int offset)
    {
        return headField(frame, offset, NewOrderDecoder.ingressSequenceEncodingOffset());
    }

    /**
     * The time from which on a frame has no effect.
     *
     * @param frame  of a session that {@link #check} found good.
     * @param offset of its message header.
     * @return UTC in nanoseconds since 1970; the null value lies in the past, like every time a bot forgets to set.
     */
    public static long deadlineNs(final DirectBuffer frame, final int offset)
    {
        return headField(frame, offset, NewOrderDecoder.deadlineNsEncodingOffset());
    }

    /**
     * The request id of a frame that {@link #check} refused, as far as one can be read: for the answer to its sender.
     *
     * @param frame  that holds it.
     * @param offset of its message header.
     * @param length of the frame in bytes.
     * @return the request id, or {@link Long#MIN_VALUE} (null) where the frame is no request or ends before it.
     */
    public static long requestId(final DirectBuffer frame, final int offset, final int length)
    {
        if (FrameFault.NONE != FrameFault.checkSchema(frame, offset, length) ||
            !hasRequestId(FrameFault.templateId(frame, offset)))
        {
            return Long.MIN_VALUE;
        }

        final int fieldOffset = NewOrderDecoder.requestIdEncodingOffset();
        final int fieldEnd = fieldOffset + Long.BYTES;
        if (FrameFault.blockLength(frame, offset) < fieldEnd ||
            length - MessageHeaderDecoder.ENCODED_LENGTH < fieldEnd)
        {
            return Long.MIN_VALUE;
        }
        return frame.getLong(
            offset + MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, MessageHeaderDecoder.BYTE_ORDER);
    }

    private static int checkConnect(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, ConnectDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int texts = offset + MessageHeaderDecoder.ENCODED_LENGTH + ConnectDecoder.BLOCK_LENGTH;
        return FrameFault.checkEnd(FrameFault.behindText8(frame, texts, end, MAX_NAME_LENGTH), end);
    }

    private static int checkPresentAccessToken(
        final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, PresentAccessTokenDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int texts =
            offset + MessageHeaderDecoder.ENCODED_LENGTH + PresentAccessTokenDecoder.BLOCK_LENGTH;
        return FrameFault.checkEnd(FrameFault.behindText16(frame, texts, end), end);
    }

    private static int checkNewOrder(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = checkTexts(frame, offset, length, end, NewOrderDecoder.BLOCK_LENGTH, 2);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        if (!newOrderEnumsListed(frame, block))
        {
            return FrameFault.UNKNOWN_ENUM_VALUE;
        }
        return FrameFault.decimalInRange(frame, block + NewOrderDecoder.quantityEncodingOffset()) &&
            FrameFault.decimalInRange(frame, block + NewOrderDecoder.quoteQuantityEncodingOffset()) &&
            FrameFault.decimalInRange(frame, block + NewOrderDecoder.priceEncodingOffset()) &&
            FrameFault.decimalInRange(frame, block + NewOrderDecoder.stopPriceEncodingOffset()) &&
            FrameFault.decimalInRange(frame, block + NewOrderDecoder.icebergQuantityEncodingOffset()) ?
            FrameFault.NONE : FrameFault.FIELD_OUT_OF_RANGE;
    }

    private static boolean newOrderEnumsListed(final DirectBuffer frame, final int block)
    {
        final Side side = Side.get(
            FrameFault.unsignedByte(frame, block + NewOrderDecoder.sideEncodingOffset()));
        final OrderType orderType = OrderType.get(
            FrameFault.unsignedByte(frame, block + NewOrderDecoder.orderTypeEncodingOffset()));
        return side != Side.SBE_UNKNOWN && side != Side.NULL_VAL &&
            orderType != OrderType.SBE_UNKNOWN && orderType != OrderType.NULL_VAL &&
            TimeInForce.SBE_UNKNOWN != TimeInForce.get(
                FrameFault.unsignedByte(frame, block + NewOrderDecoder.timeInForceEncodingOffset())) &&
            ResponseType.SBE_UNKNOWN != ResponseType.get(
                FrameFault.unsignedByte(frame, block + NewOrderDecoder.responseTypeEncodingOffset())) &&
            SelfTradePrevention.SBE_UNKNOWN != SelfTradePrevention.get(
                FrameFault.unsignedByte(frame, block + NewOrderDecoder.selfTradePreventionEncodingOffset())) &&
            Flag.SBE_UNKNOWN != Flag.get(
                FrameFault.unsignedByte(frame, block + NewOrderDecoder.reduceOnlyEncodingOffset()));
    }

    private static int checkCancelOrder(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = checkTexts(frame, offset, length, end, CancelOrderDecoder.BLOCK_LENGTH, 4);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        return CancelRestriction.SBE_UNKNOWN == CancelRestriction.get(
            FrameFault.unsignedByte(frame, block + CancelOrderDecoder.cancelRestrictionEncodingOffset())) ?
            FrameFault.UNKNOWN_ENUM_VALUE : FrameFault.NONE;
    }

    private static int checkQueryAccount(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = checkTexts(frame, offset, length, end, QueryAccountDecoder.BLOCK_LENGTH, 0);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        return Flag.SBE_UNKNOWN == Flag.get(
            FrameFault.unsignedByte(frame, block + QueryAccountDecoder.omitZeroBalancesEncodingOffset())) ?
            FrameFault.UNKNOWN_ENUM_VALUE : FrameFault.NONE;
    }

    private static int checkTransaction(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, TransactionDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        int position = behindTexts(frame, block + TransactionDecoder.BLOCK_LENGTH, end, 1);
        position = FrameFault.behindText16(frame, position, end, MAX_CALL_DATA_LENGTH);
        final int endFault = FrameFault.checkEnd(position, end);
        return endFault != FrameFault.NONE ||
            FrameFault.decimalInRange(frame, block + TransactionDecoder.quantityEncodingOffset()) ?
            endFault : FrameFault.FIELD_OUT_OF_RANGE;
    }

    /** A request up to its end: the block, the key, and the texts of its order. */
    private static int checkTexts(
        final DirectBuffer frame,
        final int offset,
        final int length,
        final int end,
        final int blockLength,
        final int orderTexts)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, blockLength);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int texts = offset + MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        return FrameFault.checkEnd(behindTexts(frame, texts, end, orderTexts), end);
    }

    private static int behindTexts(final DirectBuffer frame, final int texts, final int end, final int orderTexts)
    {
        int position = FrameFault.behindText8(frame, texts, end, MAX_NAME_LENGTH);
        for (int i = 0; i < orderTexts; i++)
        {
            position = FrameFault.behindText8(frame, position, end, MAX_ORDER_TEXT_LENGTH);
        }
        return position;
    }

    private static boolean hasRequestId(final int templateId)
    {
        return NewOrderDecoder.TEMPLATE_ID == templateId ||
            CancelOrderDecoder.TEMPLATE_ID == templateId ||
            QueryOrderDecoder.TEMPLATE_ID == templateId ||
            QueryAccountDecoder.TEMPLATE_ID == templateId ||
            CancelAllDecoder.TEMPLATE_ID == templateId ||
            QueryOrdersDecoder.TEMPLATE_ID == templateId ||
            LoginDecoder.TEMPLATE_ID == templateId ||
            TransactionDecoder.TEMPLATE_ID == templateId ||
            PresentAccessTokenDecoder.TEMPLATE_ID == templateId ||
            AskOutcomeDecoder.TEMPLATE_ID == templateId ||
            CommandFrame.isCommand(templateId);
    }

    private static long headField(final DirectBuffer frame, final int offset, final int fieldOffset)
    {
        return frame.getLong(
            offset + MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, MessageHeaderDecoder.BYTE_ORDER);
    }
}
