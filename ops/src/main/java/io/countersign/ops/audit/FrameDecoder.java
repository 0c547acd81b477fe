package io.countersign.ops.audit;

import io.countersign.codecs.DecimalText;
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
import io.countersign.ops.audit.Fields.Kind;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.HexFormat;

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
    private final UnsafeBuffer decimalText = new UnsafeBuffer(new byte[DecimalText.MAX_LENGTH]);
    private UnsafeBuffer buffer;

    /** The fields, or null when the frame is not one that can be read. */
    Fields decode(final byte[] frame)
    {
        buffer = new UnsafeBuffer(frame);
        if (0 != WireFrame.check(buffer, 0, frame.length))
        {
            return null;
        }

        return switch (WireFrame.templateId(buffer, 0))
        {
            case NewOrderDecoder.TEMPLATE_ID -> onNewOrder();
            case CancelOrderDecoder.TEMPLATE_ID -> onCancelOrder();
            case QueryOrderDecoder.TEMPLATE_ID -> onQueryOrder();
            case QueryAccountDecoder.TEMPLATE_ID -> onQueryAccount();
            case CancelAllDecoder.TEMPLATE_ID -> onCancelAll();
            case QueryOrdersDecoder.TEMPLATE_ID -> onQueryOrders();
            case LoginDecoder.TEMPLATE_ID -> onLogin();
            case TransactionDecoder.TEMPLATE_ID -> onTransaction();
            default -> null;
        };
    }

    private Fields onNewOrder()
    {
        newOrder.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        symbol(tail, "timeInForce", newOrder.timeInForce(), TimeInForce.NULL_VAL);
        symbol(tail, "responseType", newOrder.responseType(), ResponseType.NULL_VAL);
        symbol(tail, "selfTradePrevention", newOrder.selfTradePrevention(), SelfTradePrevention.NULL_VAL);
        decimal(tail, "quantity", newOrder.quantity());
        decimal(tail, "quoteQuantity", newOrder.quoteQuantity());
        decimal(tail, "price", newOrder.price());
        decimal(tail, "stopPrice", newOrder.stopPrice());
        decimal(tail, "icebergQuantity", newOrder.icebergQuantity());
        number(tail, "trailingDelta", newOrder.trailingDelta(), NewOrderDecoder.trailingDeltaNullValue());
        number(tail, "strategyId", newOrder.strategyId(), NewOrderDecoder.strategyIdNullValue());
        number(tail, "strategyType", newOrder.strategyType(), NewOrderDecoder.strategyTypeNullValue());
        symbol(tail, "reduceOnly", newOrder.reduceOnly(), Flag.NULL_VAL);
        number(tail, "goodTilBlock", newOrder.goodTilBlock(), NewOrderDecoder.goodTilBlockNullValue());
        number(tail, "deadlineNs", newOrder.deadlineNs(), NewOrderDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", newOrder.maxAgeMs(), NewOrderDecoder.maxAgeMsNullValue());

        final Fields fields = operation("NEW_ORDER", newOrder.key())
            .text("symbol", "", newOrder.symbol())
            .symbol("side", "", newOrder.side())
            .symbol("orderType", "", newOrder.orderType());
        fields.list().addAll(tail.list());
        return text(fields, "clientOrderId", newOrder.clientOrderId());
    }

    private Fields onCancelOrder()
    {
        cancelOrder.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        number(tail, "orderId", cancelOrder.orderId(), CancelOrderDecoder.orderIdNullValue());
        symbol(tail, "cancelRestriction", cancelOrder.cancelRestriction(), CancelRestriction.NULL_VAL);
        number(tail, "goodTilBlock", cancelOrder.goodTilBlock(), CancelOrderDecoder.goodTilBlockNullValue());
        number(tail, "deadlineNs", cancelOrder.deadlineNs(), CancelOrderDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", cancelOrder.maxAgeMs(), CancelOrderDecoder.maxAgeMsNullValue());

        final Fields fields = operation("CANCEL_ORDER", cancelOrder.key()).text("symbol", "", cancelOrder.symbol());
        fields.list().addAll(tail.list());
        text(fields, "originalClientOrderId", cancelOrder.originalClientOrderId());
        text(fields, "clientOrderId", cancelOrder.clientOrderId());
        return text(fields, "venueOrderId", cancelOrder.venueOrderId());
    }

    private Fields onQueryOrder()
    {
        queryOrder.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        number(tail, "orderId", queryOrder.orderId(), QueryOrderDecoder.orderIdNullValue());
        number(tail, "deadlineNs", queryOrder.deadlineNs(), QueryOrderDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", queryOrder.maxAgeMs(), QueryOrderDecoder.maxAgeMsNullValue());

        final Fields fields = operation("QUERY_ORDER", queryOrder.key()).text("symbol", "", queryOrder.symbol());
        fields.list().addAll(tail.list());
        text(fields, "originalClientOrderId", queryOrder.originalClientOrderId());
        return text(fields, "venueOrderId", queryOrder.venueOrderId());
    }

    private Fields onQueryAccount()
    {
        queryAccount.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        symbol(tail, "omitZeroBalances", queryAccount.omitZeroBalances(), Flag.NULL_VAL);
        number(tail, "deadlineNs", queryAccount.deadlineNs(), QueryAccountDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", queryAccount.maxAgeMs(), QueryAccountDecoder.maxAgeMsNullValue());

        final Fields fields = operation("QUERY_ACCOUNT", queryAccount.key());
        fields.list().addAll(tail.list());
        return fields;
    }

    private Fields onCancelAll()
    {
        cancelAll.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        number(tail, "deadlineNs", cancelAll.deadlineNs(), CancelAllDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", cancelAll.maxAgeMs(), CancelAllDecoder.maxAgeMsNullValue());

        final Fields fields = symbolOrNone(operation("CANCEL_ALL", cancelAll.key()), cancelAll.symbol());
        fields.list().addAll(tail.list());
        return fields;
    }

    private Fields onQueryOrders()
    {
        queryOrders.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        number(tail, "deadlineNs", queryOrders.deadlineNs(), QueryOrdersDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", queryOrders.maxAgeMs(), QueryOrdersDecoder.maxAgeMsNullValue());

        final Fields fields = symbolOrNone(operation("QUERY_ORDERS", queryOrders.key()), queryOrders.symbol());
        fields.list().addAll(tail.list());
        return fields;
    }

    private Fields onLogin()
    {
        login.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        number(tail, "messageSequence", login.messageSequence(), LoginDecoder.messageSequenceNullValue());
        number(tail, "deadlineNs", login.deadlineNs(), LoginDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", login.maxAgeMs(), LoginDecoder.maxAgeMsNullValue());

        final Fields fields = operation("LOGIN", login.key());
        fields.list().addAll(tail.list());
        text(fields, "senderCompId", login.senderCompId());
        return text(fields, "targetCompId", login.targetCompId());
    }

    private Fields onTransaction()
    {
        transaction.wrapAndApplyHeader(buffer, 0, header);
        final Fields tail = new Fields();
        decimal(tail, "quantity", transaction.quantity());
        number(tail, "accountNonce", transaction.accountNonce(), TransactionDecoder.accountNonceNullValue());
        number(tail, "gasLimit", transaction.gasLimit(), TransactionDecoder.gasLimitNullValue());
        number(tail, "maxFeePerGas", transaction.maxFeePerGas(), TransactionDecoder.maxFeePerGasNullValue());
        number(tail, "maxPriorityFeePerGas", transaction.maxPriorityFeePerGas(),
            TransactionDecoder.maxPriorityFeePerGasNullValue());
        number(tail, "deadlineNs", transaction.deadlineNs(), TransactionDecoder.deadlineNsNullValue());
        number(tail, "maxAgeMs", transaction.maxAgeMs(), TransactionDecoder.maxAgeMsNullValue());

        final Fields fields = symbolOrNone(operation("TRANSACT", transaction.key()), transaction.symbol());
        fields.list().addAll(tail.list());
        final byte[] data = new byte[transaction.dataLength()];
        transaction.getData(data, 0, data.length);
        return text(fields, "data", HexFormat.of().formatHex(data));
    }

    /** The key stands in the record, too: lines leave it out. */
    private static Fields operation(final String name, final String key)
    {
        return new Fields().symbol("operation", "", name).text("key", null, key);
    }

    private static Fields symbolOrNone(final Fields fields, final String symbol)
    {
        return symbol.isEmpty() ? fields : fields.text("symbol", "", symbol);
    }

    private void decimal(final Fields fields, final String name, final DecimalDecoder decimal)
    {
        if (DecimalDecoder.mantissaNullValue() != decimal.mantissa())
        {
            final int length = DecimalText.write(decimal.mantissa(), decimal.exponent(), decimalText, 0);
            fields.add(name, name + "=", Kind.DECIMAL, decimalText.getStringWithoutLengthAscii(0, length));
        }
    }

    private static void number(final Fields fields, final String name, final long value, final long absent)
    {
        if (absent != value)
        {
            fields.number(name, name + "=", value);
        }
    }

    private static void symbol(final Fields fields, final String name, final Enum<?> value, final Enum<?> absent)
    {
        if (absent != value)
        {
            fields.symbol(name, name + "=", value);
        }
    }

    private static Fields text(final Fields fields, final String name, final String value)
    {
        return value.isEmpty() ? fields : fields.text(name, name + "=", value);
    }
}
