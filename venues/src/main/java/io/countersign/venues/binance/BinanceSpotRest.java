package io.countersign.venues.binance;

import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Binding;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.SecretEncoding;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.Base64Text;
import io.countersign.venues.text.HexText;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Binance Spot over REST: new order, cancel order, query order and account information, everything in the query.
 * Takes HMAC keys (hexadecimal), Ed25519 and RSA keys (base64, percent-encoded).
 */
public final class BinanceSpotRest implements Venue
{
    /** The name in configuration. */
    public static final String NAME = "binance-spot";

    private static final int OPERATION_NOT_SUPPORTED = Reason.OPERATION_NOT_SUPPORTED.value();
    private static final byte[] ORDER_PATH = ascii("/api/v3/order");
    private static final byte[] ACCOUNT_PATH = ascii("/api/v3/account");
    private static final byte[] API_KEY_HEADER = ascii("X-MBX-APIKEY: ");
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final short GET = Method.GET.value();
    private static final short POST = Method.POST.value();
    private static final short DELETE = Method.DELETE.value();

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public boolean supports(final Operation operation)
    {
        return operation == Operation.NEW_ORDER || operation == Operation.CANCEL_ORDER ||
            operation == Operation.QUERY_ORDER || operation == Operation.QUERY_ACCOUNT;
    }

    /** Method and path are not signed: the parameters that query an order also cancel it. */
    @Override
    public Set<Operation> equivalents(final Operation operation)
    {
        return Operation.QUERY_ORDER == operation ? Set.of(Operation.CANCEL_ORDER) : Set.of();
    }

    @Override
    public Binding binding(final Operation operation)
    {
        return Binding.C;
    }

    @Override
    public KeyRule keyRule(final KeyAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case HMAC_SHA256 -> new KeyRule(algorithm, SecretEncoding.TEXT, SignatureEncoding.HEX);
            case ED25519, RSA_2048 -> new KeyRule(algorithm, null, SignatureEncoding.BASE64);
            default -> null;
        };
    }

    @Override
    public int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
    {
        final long timestampMs = stamp.utcNs() / NANOS_PER_MILLI;
        request.reset();
        final TextWriter query = request.query();
        final Operation operation = order.operation();
        final int fault;

        if (operation == Operation.NEW_ORDER)
        {
            fault = OrderRules.checkNewOrder(order, timestampMs);
            if (fault == OrderRules.NONE)
            {
                Parameters.newOrder(query, order, timestampMs);
                return built(request, POST, ORDER_PATH, key);
            }
        }
        else if (operation == Operation.CANCEL_ORDER)
        {
            fault = OrderRules.checkCancelOrder(order, timestampMs);
            if (fault == OrderRules.NONE)
            {
                Parameters.cancelOrder(query, order, timestampMs);
                return built(request, DELETE, ORDER_PATH, key);
            }
        }
        else if (operation == Operation.QUERY_ORDER)
        {
            fault = OrderRules.checkQueryOrder(order, timestampMs);
            if (fault == OrderRules.NONE)
            {
                Parameters.queryOrder(query, order, timestampMs);
                return built(request, GET, ORDER_PATH, key);
            }
        }
        else if (operation == Operation.QUERY_ACCOUNT)
        {
            fault = OrderRules.checkQueryAccount(order, timestampMs);
            if (fault == OrderRules.NONE)
            {
                Parameters.queryAccount(query, order, timestampMs);
                return built(request, GET, ACCOUNT_PATH, key);
            }
        }
        else
        {
            fault = OPERATION_NOT_SUPPORTED;
        }
        return fault;
    }

    @Override
    public int finish(
        final VenueRequest request,
        final VenueKey key,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        if (!request.isBuilt() || offset < 0 || length <= 0 || length > signature.capacity() - offset)
        {
            request.reset();
            return OrderRules.FIELD_INVALID;
        }

        final TextWriter text = request.signature();
        if (key.encoding() == SignatureEncoding.HEX)
        {
            HexText.append(text, signature, offset, length);
        }
        else
        {
            Base64Text.append(text, signature, offset, length);
        }
        Parameters.signature(request.query(), text);
        return request.finished();
    }

    private static int built(
        final VenueRequest request, final short method, final byte[] path, final VenueKey key)
    {
        final DirectBuffer apiKey = key.apiKey();
        request.path().put(path);
        request.headers().put(API_KEY_HEADER).put(apiKey, 0, apiKey.capacity()).put((byte) '\n');
        return request.built(method, request.query(), request.query().length());
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
