package io.countersign.perf.load;

import io.countersign.client.NewOrderRequest;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;

/**
 * The order that all bots of the rig send, whatever the key: a limit order with a client order id, as in Binance's
 * documentation and SDKs.
 */
public final class LoadOrder
{
    /** What the bots trade. */
    public static final String SYMBOL = "BTCUSDT";

    /** What the token is asked to sign for it, with the digits of some time. */
    public static final String PAYLOAD = "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.01000000&" +
        "price=52000.00&newClientOrderId=hsm-0001&recvWindow=1000&timestamp=1736393892000";

    private LoadOrder()
    {
    }

    static void fill(final NewOrderRequest order, final String key)
    {
        order.side(Side.SELL).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
            .quantity(1_000_000, -8).price(5_200_000, -2).maxAgeMs(1_000)
            .key(key).symbol(SYMBOL).clientOrderId("hsm-0001");
    }
}
