package io.countersign.perf.demo;

import io.countersign.client.NewOrderRequest;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;

/**
 * The orders whose latency is measured, each beside what the token is asked to sign for it.
 */
enum MeasuredOrder
{
    /** Binance's documentation example. */
    HMAC(
        "maker-hmac",
        "binance-doc-hmac",
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&" +
            "timestamp=1499827319559")
    {
        @Override
        void fill(final NewOrderRequest order)
        {
            order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
                .quantity(1, 0).price(1, -1).maxAgeMs(5_000).key(key()).symbol("LTCBTC");
        }
    },

    /** An order of the same grammar for the published Ed25519 key. */
    ED25519(
        "maker-ed25519",
        "binance-sdk-ed25519",
        "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01000000&price=52000.00&" +
            "newClientOrderId=hsm-0001&recvWindow=1000&timestamp=1736393892000")
    {
        @Override
        void fill(final NewOrderRequest order)
        {
            order.side(Side.SELL).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
                .quantity(1_000_000, -8).price(5_200_000, -2).maxAgeMs(1_000)
                .key(key()).symbol("BTCUSDT").clientOrderId("hsm-0001");
        }
    };

    private final String principal;
    private final String key;
    private final String payload;

    MeasuredOrder(final String principal, final String key, final String payload)
    {
        this.principal = principal;
        this.key = key;
        this.payload = payload;
    }

    abstract void fill(NewOrderRequest order);

    String principal()
    {
        return principal;
    }

    String key()
    {
        return key;
    }

    String payload()
    {
        return payload;
    }

    static MeasuredOrder ofPrincipal(final String principal)
    {
        return HMAC.principal.equals(principal) ? HMAC : ED25519;
    }
}
