package io.countersign.venues;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.CancelAllDecoder;
import io.countersign.codecs.wire.CancelOrderDecoder;
import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.LoginDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.QueryAccountDecoder;
import io.countersign.codecs.wire.QueryOrderDecoder;
import io.countersign.codecs.wire.QueryOrdersDecoder;
import io.countersign.codecs.wire.TransactionDecoder;
import io.countersign.venues.evm.AddressText;
import org.agrona.DirectBuffer;

/**
 * Reads a wire frame into an {@link Order}: for the gateway from its private copy, for replay from the journal.
 * Not thread-safe.
 */
public final class OrderAdapter
{
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final QueryOrderDecoder queryOrder = new QueryOrderDecoder();
    private final QueryAccountDecoder queryAccount = new QueryAccountDecoder();
    private final CancelAllDecoder cancelAll = new CancelAllDecoder();
    private final QueryOrdersDecoder queryOrders = new QueryOrdersDecoder();
    private final LoginDecoder login = new LoginDecoder();
    private final TransactionDecoder transaction = new TransactionDecoder();
    private final AddressText address = new AddressText();

    /**
     * Has an order ask for a receive window no longer than this.
     *
     * @param order  that was decoded.
     * @param mostMs milliseconds, above 0; taken, too, when the bot has asked for none.
     */
    public static void limitMaxAge(final Order order, final int mostMs)
    {
        if (order.maxAgeMs == Order.NULL_INT || order.maxAgeMs > mostMs)
        {
            order.maxAgeMs = mostMs;
        }
    }

    /**
     * Reads every field of a request; what the frame does not have is reset. The recipient of a transaction has one
     * spelling in the order, whichever of those that mean it the bot used: a rule cannot be gone around by another.
     *
     * @param frame  that {@link WireFrame#check} found good; the order's texts stay in it.
     * @param offset of its message header.
     * @param order  to fill.
     * @return true for a request to a venue; false for every other frame, whose order has no operation.
     */
    public boolean decode(final DirectBuffer frame, final int offset, final Order order)
    {
        order.reset();
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (WireFrame.templateId(frame, offset))
        {
            case NewOrderDecoder.TEMPLATE_ID:
                onNewOrder(
                    newOrder.wrap(frame, block, NewOrderDecoder.BLOCK_LENGTH, NewOrderDecoder.SCHEMA_VERSION), order);
                return true;
            case CancelOrderDecoder.TEMPLATE_ID:
                onCancelOrder(
                    cancelOrder.wrap(frame, block, CancelOrderDecoder.BLOCK_LENGTH, CancelOrderDecoder.SCHEMA_VERSION),
                    order);
                return true;
            case QueryOrderDecoder.TEMPLATE_ID:
                onQueryOrder(
                    queryOrder.wrap(frame, block, QueryOrderDecoder.BLOCK_LENGTH, QueryOrderDecoder.SCHEMA_VERSION),
                    order);
                return true;
            case QueryAccountDecoder.TEMPLATE_ID:
                onQueryAccount(
                    queryAccount.wrap(
                        frame, block, QueryAccountDecoder.BLOCK_LENGTH, QueryAccountDecoder.SCHEMA_VERSION),
                    order);
                return true;
            case CancelAllDecoder.TEMPLATE_ID:
                onCancelAll(
                    cancelAll.wrap(frame, block, CancelAllDecoder.BLOCK_LENGTH, CancelAllDecoder.SCHEMA_VERSION),
                    order);
                return true;
            case QueryOrdersDecoder.TEMPLATE_ID:
                onQueryOrders(
                    queryOrders.wrap(frame, block, QueryOrdersDecoder.BLOCK_LENGTH, QueryOrdersDecoder.SCHEMA_VERSION),
                    order);
                return true;
            case LoginDecoder.TEMPLATE_ID:
                onLogin(login.wrap(frame, block, LoginDecoder.BLOCK_LENGTH, LoginDecoder.SCHEMA_VERSION), order);
                return true;
            case TransactionDecoder.TEMPLATE_ID:
                onTransaction(
                    transaction.wrap(frame, block, TransactionDecoder.BLOCK_LENGTH, TransactionDecoder.SCHEMA_VERSION),
                    order);
                return true;
            default:
                return false;
        }
    }

    private static void onNewOrder(final NewOrderDecoder decoder, final Order order)
    {
        order.operation = Operation.NEW_ORDER;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        order.side = decoder.sideRaw();
        order.orderType = decoder.orderTypeRaw();
        order.timeInForce = decoder.timeInForceRaw();
        order.responseType = decoder.responseTypeRaw();
        order.selfTradePrevention = decoder.selfTradePreventionRaw();
        read(decoder.quantity(), order.quantity());
        read(decoder.quoteQuantity(), order.quoteQuantity());
        read(decoder.price(), order.price());
        read(decoder.stopPrice(), order.stopPrice());
        read(decoder.icebergQuantity(), order.icebergQuantity());
        order.trailingDelta = decoder.trailingDelta();
        order.strategyId = decoder.strategyId();
        order.strategyType = decoder.strategyType();
        order.reduceOnly = decoder.reduceOnlyRaw();
        order.goodTilBlock = decoder.goodTilBlock();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + NewOrderDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + NewOrderDecoder.symbolHeaderLength();
        order.symbol().wrap(frame, position, decoder.skipSymbol());
        position = decoder.limit() + NewOrderDecoder.clientOrderIdHeaderLength();
        order.clientOrderId().wrap(frame, position, decoder.skipClientOrderId());
    }

    private static void onCancelOrder(final CancelOrderDecoder decoder, final Order order)
    {
        order.operation = Operation.CANCEL_ORDER;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        order.orderId = decoder.orderId();
        order.cancelRestriction = decoder.cancelRestrictionRaw();
        order.goodTilBlock = decoder.goodTilBlock();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + CancelOrderDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + CancelOrderDecoder.symbolHeaderLength();
        order.symbol().wrap(frame, position, decoder.skipSymbol());
        position = decoder.limit() + CancelOrderDecoder.originalClientOrderIdHeaderLength();
        order.originalClientOrderId().wrap(frame, position, decoder.skipOriginalClientOrderId());
        position = decoder.limit() + CancelOrderDecoder.clientOrderIdHeaderLength();
        order.clientOrderId().wrap(frame, position, decoder.skipClientOrderId());
        position = decoder.limit() + CancelOrderDecoder.venueOrderIdHeaderLength();
        order.venueOrderId().wrap(frame, position, decoder.skipVenueOrderId());
    }

    private static void onQueryOrder(final QueryOrderDecoder decoder, final Order order)
    {
        order.operation = Operation.QUERY_ORDER;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        order.orderId = decoder.orderId();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + QueryOrderDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + QueryOrderDecoder.symbolHeaderLength();
        order.symbol().wrap(frame, position, decoder.skipSymbol());
        position = decoder.limit() + QueryOrderDecoder.originalClientOrderIdHeaderLength();
        order.originalClientOrderId().wrap(frame, position, decoder.skipOriginalClientOrderId());
        position = decoder.limit() + QueryOrderDecoder.venueOrderIdHeaderLength();
        order.venueOrderId().wrap(frame, position, decoder.skipVenueOrderId());
    }

    private static void onQueryAccount(final QueryAccountDecoder decoder, final Order order)
    {
        order.operation = Operation.QUERY_ACCOUNT;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        order.omitZeroBalances = decoder.omitZeroBalancesRaw();

        final int position = decoder.limit() + QueryAccountDecoder.keyHeaderLength();
        order.key().wrap(decoder.buffer(), position, decoder.skipKey());
    }

    private static void onCancelAll(final CancelAllDecoder decoder, final Order order)
    {
        order.operation = Operation.CANCEL_ALL;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + CancelAllDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + CancelAllDecoder.symbolHeaderLength();
        order.symbol().wrap(frame, position, decoder.skipSymbol());
    }

    private static void onQueryOrders(final QueryOrdersDecoder decoder, final Order order)
    {
        order.operation = Operation.QUERY_ORDERS;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + QueryOrdersDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + QueryOrdersDecoder.symbolHeaderLength();
        order.symbol().wrap(frame, position, decoder.skipSymbol());
    }

    private static void onLogin(final LoginDecoder decoder, final Order order)
    {
        order.operation = Operation.LOGIN;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        order.login().messageSequence = decoder.messageSequence();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + LoginDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + LoginDecoder.senderCompIdHeaderLength();
        order.login().senderCompId().wrap(frame, position, decoder.skipSenderCompId());
        position = decoder.limit() + LoginDecoder.targetCompIdHeaderLength();
        order.login().targetCompId().wrap(frame, position, decoder.skipTargetCompId());
    }

    private void onTransaction(final TransactionDecoder decoder, final Order order)
    {
        order.operation = Operation.TRANSACT;
        order.requestId = decoder.requestId();
        order.deadlineNs = decoder.deadlineNs();
        order.maxAgeMs = decoder.maxAgeMs();
        read(decoder.quantity(), order.quantity());
        final TransactionFields fields = order.transaction();
        fields.accountNonce = decoder.accountNonce();
        fields.gasLimit = decoder.gasLimit();
        fields.maxFeePerGas = decoder.maxFeePerGas();
        fields.maxPriorityFeePerGas = decoder.maxPriorityFeePerGas();

        final DirectBuffer frame = decoder.buffer();
        int position = decoder.limit() + TransactionDecoder.keyHeaderLength();
        order.key().wrap(frame, position, decoder.skipKey());
        position = decoder.limit() + TransactionDecoder.symbolHeaderLength();
        final int length = decoder.skipSymbol();
        if (address.canonical(frame, position, length, fields.recipient))
        {
            order.symbol().wrap(fields.recipient, 0, AddressText.LENGTH);
        }
        else
        {
            order.symbol().wrap(frame, position, length);
        }
        position = decoder.limit() + TransactionDecoder.dataHeaderLength();
        fields.data().wrap(frame, position, decoder.skipData());
    }

    private static void read(final DecimalDecoder decoder, final MutableDecimal decimal)
    {
        decimal.set(decoder.mantissa(), decoder.exponent());
    }
}
