package io.countersign.ops.audit;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.CancelAllDecoder;
import io.countersign.codecs.wire.CancelOrderDecoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.QueryAccountDecoder;
import io.countersign.codecs.wire.QueryOrderDecoder;
import io.countersign.codecs.wire.QueryOrdersDecoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the frame that a record keeps into its fields, where it is a frame that a gateway would have read.
 */
final class FrameDecoder
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final QueryOrderDecoder queryOrder = new QueryOrderDecoder();
    private final QueryAccountDecoder queryAccount = new QueryAccountDecoder();
    private final CancelAllDecoder cancelAll = new CancelAllDecoder();
    private final QueryOrdersDecoder queryOrders = new QueryOrdersDecoder();
    private final LoginDecoder login = new LoginDecoder();
    private final TransactionDecoder transaction = new TransactionDecoder();
    private final Spans spans = new Spans();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private FieldSink sink;

    /** Whether the frame can be read; only then anything goes to the sink. */
    boolean decode(final Span frame, final FieldSink to)
    {
        buffer.wrap(frame.buffer(), frame.offset(), frame.length());
        sink = to;
        return 0 == WireFrame.check(buffer, 0, frame.length()) && dispatch(WireFrame.templateId(buffer, 0));
    }

    private boolean dispatch(final int templateId)
    {
        switch (templateId)
        {
            case NewOrderDecoder.TEMPLATE_ID -> onNewOrder();
            case CancelOrderDecoder.TEMPLATE_ID -> onCancelOrder();
            case QueryOrderDecoder.TEMPLATE_ID -> onQueryOrder();
            case QueryAccountDecoder.TEMPLATE_ID -> onQueryAccount();
            case CancelAllDecoder.TEMPLATE_ID -> onCancelAll();
            case QueryOrdersDecoder.TEMPLATE_ID -> onQueryOrders();
            case LoginDecoder.TEMPLATE_ID -> onLogin();
            case TransactionDecoder.TEMPLATE_ID -> onTransaction();
            default ->
            {
                return false;
            }
        }
        sink.unnest();
        return true;
    }

    private void onNewOrder()
    {
        newOrder.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, newOrder.limit());
        operation("NEW_ORDER");
        sink.text("symbol", "", spans.next8());
        sink.symbol("side", "", newOrder.side().name());
        sink.symbol("orderType", "", newOrder.orderType().name());
        symbol("timeInForce", "timeInForce=", newOrder.timeInForce(), TimeInForce.NULL_VAL);
        symbol("responseType", "responseType=", newOrder.responseType(), ResponseType.NULL_VAL);
        symbol("selfTradePrevention", "selfTradePrevention=", newOrder.selfTradePrevention(),
            SelfTradePrevention.NULL_VAL);
        decimal("quantity", "quantity=", newOrder.quantity());
        decimal("quoteQuantity", "quoteQuantity=", newOrder.quoteQuantity());
        decimal("price", "price=", newOrder.price());
        decimal("stopPrice", "stopPrice=", newOrder.stopPrice());
        decimal("icebergQuantity", "icebergQuantity=", newOrder.icebergQuantity());
        number("trailingDelta", "trailingDelta=", newOrder.trailingDelta(), NewOrderDecoder.trailingDeltaNullValue());
        number("strategyId", "strategyId=", newOrder.strategyId(), NewOrderDecoder.strategyIdNullValue());
        number("strategyType", "strategyType=", newOrder.strategyType(), NewOrderDecoder.strategyTypeNullValue());
        symbol("reduceOnly", "reduceOnly=", newOrder.reduceOnly(), Flag.NULL_VAL);
        number("goodTilBlock", "goodTilBlock=", newOrder.goodTilBlock(), NewOrderDecoder.goodTilBlockNullValue());
        times(newOrder.deadlineNs(), newOrder.maxAgeMs());
        text("clientOrderId", "clientOrderId=", spans.next8());
    }

    private void onCancelOrder()
    {
        cancelOrder.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, cancelOrder.limit());
        operation("CANCEL_ORDER");
        sink.text("symbol", "", spans.next8());
        number("orderId", "orderId=", cancelOrder.orderId(), CancelOrderDecoder.orderIdNullValue());
        symbol("cancelRestriction", "cancelRestriction=", cancelOrder.cancelRestriction(), CancelRestriction.NULL_VAL);
        number("goodTilBlock", "goodTilBlock=", cancelOrder.goodTilBlock(),
            CancelOrderDecoder.goodTilBlockNullValue());
        times(cancelOrder.deadlineNs(), cancelOrder.maxAgeMs());
        text("originalClientOrderId", "originalClientOrderId=", spans.next8());
        text("clientOrderId", "clientOrderId=", spans.next8());
        text("venueOrderId", "venueOrderId=", spans.next8());
    }

    private void onQueryOrder()
    {
        queryOrder.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, queryOrder.limit());
        operation("QUERY_ORDER");
        sink.text("symbol", "", spans.next8());
        number("orderId", "orderId=", queryOrder.orderId(), QueryOrderDecoder.orderIdNullValue());
        times(queryOrder.deadlineNs(), queryOrder.maxAgeMs());
        text("originalClientOrderId", "originalClientOrderId=", spans.next8());
        text("venueOrderId", "venueOrderId=", spans.next8());
    }

    private void onQueryAccount()
    {
        queryAccount.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, queryAccount.limit());
        operation("QUERY_ACCOUNT");
        symbol("omitZeroBalances", "omitZeroBalances=", queryAccount.omitZeroBalances(), Flag.NULL_VAL);
        times(queryAccount.deadlineNs(), queryAccount.maxAgeMs());
    }

    private void onCancelAll()
    {
        cancelAll.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, cancelAll.limit());
        operation("CANCEL_ALL");
        text("symbol", "", spans.next8());
        times(cancelAll.deadlineNs(), cancelAll.maxAgeMs());
    }

    private void onQueryOrders()
    {
        queryOrders.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, queryOrders.limit());
        operation("QUERY_ORDERS");
        text("symbol", "", spans.next8());
        times(queryOrders.deadlineNs(), queryOrders.maxAgeMs());
    }

    private void onLogin()
    {
        login.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, login.limit());
        operation("LOGIN");
        number("messageSequence", "messageSequence=", login.messageSequence(),
            LoginDecoder.messageSequenceNullValue());
        times(login.deadlineNs(), login.maxAgeMs());
        text("senderCompId", "senderCompId=", spans.next8());
        text("targetCompId", "targetCompId=", spans.next8());
    }

    private void onTransaction()
    {
        transaction.wrapAndApplyHeader(buffer, 0, header);
        spans.wrap(buffer, transaction.limit());
        operation("TRANSACT");
        text("symbol", "", spans.next8());
        decimal("quantity", "quantity=", transaction.quantity());
        number("accountNonce", "accountNonce=", transaction.accountNonce(),
            TransactionDecoder.accountNonceNullValue());
        number("gasLimit", "gasLimit=", transaction.gasLimit(), TransactionDecoder.gasLimitNullValue());
        number("maxFeePerGas", "maxFeePerGas=", transaction.maxFeePerGas(),
            TransactionDecoder.maxFeePerGasNullValue());
        number("maxPriorityFeePerGas", "maxPriorityFeePerGas=", transaction.maxPriorityFeePerGas(),
            TransactionDecoder.maxPriorityFeePerGasNullValue());
        times(transaction.deadlineNs(), transaction.maxAgeMs());
        final Span data = spans.next16();
        if (!data.isEmpty())
        {
            sink.hex("data", "data=", data);
        }
    }

    /** The key is the first text of each. It stands in the record, too: lines leave it out. */
    private void operation(final String name)
    {
        sink.nest("request");
        sink.symbol("operation", "", name);
        sink.text("key", null, spans.next8());
    }

    /** Their null values are those of all requests. */
    private void times(final long deadlineNs, final int maxAgeMs)
    {
        number("deadlineNs", "deadlineNs=", deadlineNs, NewOrderDecoder.deadlineNsNullValue());
        number("maxAgeMs", "maxAgeMs=", maxAgeMs, NewOrderDecoder.maxAgeMsNullValue());
    }

    private void decimal(final String name, final String prefix, final DecimalDecoder decimal)
    {
        if (DecimalDecoder.mantissaNullValue() != decimal.mantissa())
        {
            sink.decimal(name, prefix, decimal.mantissa(), decimal.exponent());
        }
    }

    private void number(final String name, final String prefix, final long value, final long absent)
    {
        if (absent != value)
        {
            sink.number(name, prefix, value);
        }
    }

    private void symbol(final String name, final String prefix, final Enum<?> value, final Enum<?> absent)
    {
        if (absent != value)
        {
            sink.symbol(name, prefix, value.name());
        }
    }

    private void text(final String name, final String prefix, final Span value)
    {
        if (!value.isEmpty())
        {
            sink.text(name, prefix, value);
        }
    }
}
