package io.countersign.ops.policy;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionEncoder;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Scope;
import org.agrona.concurrent.UnsafeBuffer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request as people write it: one JSON object. It is encoded as a bot would and decoded as the gateway does, so that
 * policy sees exactly what it would see.
 */
final class OrderText
{
    static final String FIELDS = "principal, operation, key, symbol, side, orderType, quantity, quoteQuantity, " +
        "price, stopPrice, ingress, address, time, accessScopes";

    private static final int MAX_TEXT_LENGTH = 64;

    private final Map<?, ?> fields;

    private OrderText(final Map<?, ?> fields)
    {
        this.fields = fields;
    }

    /** Throws IllegalArgumentException with what is wrong and what was expected. */
    static OrderText of(final String json)
    {
        try
        {
            // Numbers stay as they are written: there is no floating point on the way.
            final Object value = new Load(LoadSettings.builder()
                .setSchema(new FailsafeSchema()).setLabel("order").build()).loadFromString(json);
            if (!(value instanceof final Map<?, ?> map))
            {
                throw new IllegalArgumentException("the order is no JSON object; expected {\"principal\": ...}");
            }
            final Set<String> known = Set.of(FIELDS.split(", "));
            for (final Object field : map.keySet())
            {
                if (!known.contains(String.valueOf(field)))
                {
                    throw new IllegalArgumentException(
                        "unknown field '" + field + "' in the order; expected some of " + FIELDS);
                }
            }
            return new OrderText(map);
        }
        catch (final YamlEngineException ex)
        {
            throw new IllegalArgumentException(
                "the order is no JSON: " + ex.getMessage().lines().findFirst().orElse(""));
        }
    }

    String principal()
    {
        return required("principal", "the name of a principal");
    }

    String ingress()
    {
        return text("ingress");
    }

    byte[] address()
    {
        final String address = text("address");
        try
        {
            return null == address ? null : InetAddress.ofLiteral(address).getAddress();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new IllegalArgumentException("'address' is '" + address + "'; expected an IPv4 or IPv6 address");
        }
    }

    Instant time()
    {
        final String time = text("time");
        try
        {
            return null == time ? Instant.now() : Instant.parse(time);
        }
        catch (final DateTimeParseException ex)
        {
            throw new IllegalArgumentException(
                "'time' is '" + time + "'; expected a UTC instant like 2026-11-23T19:00:00Z");
        }
    }

    int accessScopes()
    {
        int bits = 0;
        final Object value = fields.get("accessScopes");
        final List<?> names = value instanceof final List<?> list ? list : null == value ? List.of() : List.of(value);
        for (final Object name : names)
        {
            final Scope scope = Scope.ofConfigName(String.valueOf(name));
            if (null == scope)
            {
                throw new IllegalArgumentException("'accessScopes' has '" + name + "'; expected a list of some of " +
                    Arrays.stream(Scope.values()).map(Scope::configName).toList());
            }
            bits |= scope.bit();
        }
        return bits;
    }

    Order order()
    {
        final String name = required("operation", "one of " + Operation.configNames());
        final Operation operation = Operation.ofConfigName(name);
        if (null == operation)
        {
            throw new IllegalArgumentException("'operation' is '" + name +
                "'; expected one of " + Operation.configNames());
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        switch (operation)
        {
            case NEW_ORDER -> encodeNewOrder(new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header));
            case CANCEL_ORDER -> new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
                .cancelRestriction(CancelRestriction.NULL_VAL)
                .key(key()).symbol(symbol()).originalClientOrderId("").clientOrderId("").venueOrderId("");
            case QUERY_ORDER -> new QueryOrderEncoder().wrapAndApplyHeader(frame, 0, header)
                .key(key()).symbol(symbol()).originalClientOrderId("").venueOrderId("");
            case QUERY_ACCOUNT -> new QueryAccountEncoder().wrapAndApplyHeader(frame, 0, header)
                .omitZeroBalances(Flag.NULL_VAL).key(key());
            case CANCEL_ALL -> new CancelAllEncoder().wrapAndApplyHeader(frame, 0, header)
                .key(key()).symbol(symbolOrNone());
            case QUERY_ORDERS -> new QueryOrdersEncoder().wrapAndApplyHeader(frame, 0, header)
                .key(key()).symbol(symbolOrNone());
            case TRANSACT -> encodeTransaction(new TransactionEncoder().wrapAndApplyHeader(frame, 0, header));
            default -> new LoginEncoder().wrapAndApplyHeader(frame, 0, header)
                .key(key()).senderCompId("").targetCompId("");
        }
        final Order order = new Order();
        new OrderAdapter().decode(frame, 0, order);
        return order;
    }

    private void encodeNewOrder(final NewOrderEncoder encoder)
    {
        encoder
            .side(choice("side", Side.class))
            .orderType(choice("orderType", OrderType.class))
            .timeInForce(TimeInForce.NULL_VAL)
            .responseType(ResponseType.NULL_VAL)
            .selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL)
            .goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        decimal("quantity", encoder.quantity());
        decimal("quoteQuantity", encoder.quoteQuantity());
        decimal("price", encoder.price());
        decimal("stopPrice", encoder.stopPrice());
        encoder.icebergQuantity().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        encoder.key(key()).symbol(symbol()).clientOrderId("");
    }

    private void encodeTransaction(final TransactionEncoder encoder)
    {
        decimal("quantity", encoder.quantity());
        encoder.key(key()).symbol(required("symbol", "the address of the recipient")).putData(new byte[0], 0, 0);
    }

    private void decimal(final String field, final DecimalEncoder encoder)
    {
        final String text = text(field);
        final MutableDecimal value = new MutableDecimal();
        if (null == text)
        {
            encoder.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        }
        else if (DecimalText.parse(text, value))
        {
            encoder.mantissa(value.mantissa()).exponent((byte) value.exponent());
        }
        else
        {
            throw new IllegalArgumentException("'" + field + "' is '" + text +
                "'; expected a plain decimal number with at most 18 decimals");
        }
    }

    private <T extends Enum<T>> T choice(final String field, final Class<T> type)
    {
        final List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name)
            .filter((name) -> !"NULL_VAL".equals(name) && !"SBE_UNKNOWN".equals(name)).toList();
        final String name = required(field, "one of " + names).toUpperCase(Locale.ROOT).replace('-', '_');
        if (!names.contains(name))
        {
            throw new IllegalArgumentException("'" + field + "' is '" + text(field) + "'; expected one of " + names);
        }
        return Enum.valueOf(type, name);
    }

    private String key()
    {
        return required("key", "the alias of a key");
    }

    private String symbol()
    {
        return required("symbol", "an instrument");
    }

    private String symbolOrNone()
    {
        final String symbol = text("symbol");
        return null == symbol ? "" : symbol;
    }

    private String required(final String field, final String expected)
    {
        final String text = text(field);
        if (null == text)
        {
            throw new IllegalArgumentException("the order has no '" + field + "'; expected " + expected);
        }
        return text;
    }

    private String text(final String field)
    {
        final Object value = fields.get(field);
        final String text = null == value ? null : String.valueOf(value);
        if (null != text && text.length() > MAX_TEXT_LENGTH)
        {
            throw new IllegalArgumentException("'" + field + "' is longer than " + MAX_TEXT_LENGTH + " characters");
        }
        return text;
    }
}
