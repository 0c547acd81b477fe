package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.RejectedException;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A bot that asks and is told: NONE for a signed request, the reason for a refused one.
 */
final class PolicyProbe implements AutoCloseable
{
    /** Of all probes of a test, for its journal. */
    static final class Tally
    {
        private final AtomicInteger signed = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();

        int signed()
        {
            return signed.get();
        }

        int refused()
        {
            return refused.get();
        }
    }

    private final BlockingClient client;
    private final Tally tally;
    private String rule;

    PolicyProbe(final ProcessFixture fixture, final String principal, final Tally tally)
    {
        this.tally = tally;
        client = BlockingClient.connect(fixture.clientContext(principal)
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))
            .connectTimeoutNs(TimeUnit.SECONDS.toNanos(20)));
    }

    /** A limit order to buy LTCBTC, changed by the test. */
    Reason order(final Consumer<NewOrderRequest> change)
    {
        return outcome(() -> client.newOrder((order) ->
        {
            order.key("hmac").symbol("LTCBTC").side(Side.BUY).orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC).quantity("1").price("1");
            change.accept(order);
        }));
    }

    Reason order()
    {
        return order((order) -> { });
    }

    Reason order(final String quantity, final String price)
    {
        return order((order) -> order.quantity(quantity).price(price));
    }

    /** An order to buy for a sum in the quote asset. */
    Reason orderFor(final String quoteQuantity)
    {
        return outcome(() -> client.newOrder((order) -> order.key("hmac").symbol("LTCBTC").side(Side.BUY)
            .orderType(OrderType.MARKET).quoteQuantity(quoteQuantity)));
    }

    /** An order of this type with just the fields that the venue wants for it. */
    Reason order(final OrderType orderType, final String price, final String stopPrice)
    {
        return outcome(() -> client.newOrder((order) ->
        {
            order.key("hmac").symbol("LTCBTC").side(Side.BUY).orderType(orderType).quantity("1");
            if (null != price)
            {
                order.price(price);
                if (OrderType.LIMIT_MAKER != orderType)
                {
                    order.timeInForce(TimeInForce.GTC);
                }
            }
            if (null != stopPrice)
            {
                order.stopPrice(stopPrice);
            }
        }));
    }

    Reason cancel()
    {
        return cancel("hmac");
    }

    Reason cancel(final String key)
    {
        return outcome(() -> client.cancelOrder((cancel) -> cancel.key(key).symbol("LTCBTC").orderId(7)));
    }

    Reason query()
    {
        return outcome(() -> client.queryOrder((query) -> query.key("hmac").symbol("LTCBTC").orderId(7)));
    }

    Reason account()
    {
        return outcome(() -> client.queryAccount((query) -> query.key("hmac")));
    }

    Reason present(final byte[] accessToken)
    {
        try
        {
            client.presentAccessToken(accessToken);
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    /** Of the last refusal. */
    String rule()
    {
        return rule;
    }

    @Override
    public void close()
    {
        client.close();
    }

    private Reason outcome(final Runnable request)
    {
        try
        {
            request.run();
            tally.signed.incrementAndGet();
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            tally.refused.incrementAndGet();
            rule = ex.rule();
            return ex.reason();
        }
    }
}
