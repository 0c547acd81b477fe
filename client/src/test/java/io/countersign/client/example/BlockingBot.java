package io.countersign.client.example;

import io.countersign.client.BackPressureException;
import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.GatewayLostException;
import io.countersign.client.RejectedException;
import io.countersign.client.RequestTimeoutException;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;

import java.math.BigDecimal;
import java.nio.file.Path;

/**
 * The bot of the README: one order in one call.
 */
public final class BlockingBot
{
    private BlockingBot()
    {
    }

    public static String run(final String aeronDirectoryName, final Path apiKeyFile)
    {
        try (BlockingClient client = BlockingClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(aeronDirectoryName)
            .principal("bot-1")
            .apiKeyFile(apiKeyFile)))
        {
            final SignedRequest signed = client.newOrder(order -> order
                .key("binance-spot")
                .symbol("BTCUSDT")
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .quantity("0.015")
                .price(new BigDecimal("64000.10")));
            return signed.method() + " " + signed.path() + "?" + signed.query();
        }
        catch (final RejectedException ex)
        {
            return "refused: " + ex.reason();
        }
        catch (final BackPressureException ex)
        {
            return "not sent, may be sent again: " + ex.getMessage();
        }
        catch (final RequestTimeoutException | GatewayLostException ex)
        {
            return "unknown whether it was signed: " + ex.getMessage();
        }
    }
}
