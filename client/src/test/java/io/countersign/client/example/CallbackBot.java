package io.countersign.client.example;

import io.countersign.client.CountersignClient;
import io.countersign.client.LossCause;
import io.countersign.client.OfferCode;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;

import java.nio.file.Path;

/**
 * The bot of the README: one order in callbacks.
 */
public final class CallbackBot implements ReplyListener
{
    private boolean isDone;
    private String outcome = "";

    public String run(final String aeronDirectoryName, final Path apiKeyFile)
    {
        try (CountersignClient client = CountersignClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(aeronDirectoryName)
            .principal("bot-1")
            .apiKeyFile(apiKeyFile)
            .listener(this)))
        {
            final long requestId = client.newOrder()
                .key("binance-spot")
                .symbol("BTCUSDT")
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .quantity(15, -3)
                .price(6_400_010, -2)
                .offer();
            if (requestId < 0)
            {
                return OfferCode.text(requestId);
            }

            while (!isDone)
            {
                if (0 == client.poll())
                {
                    Thread.onSpinWait();
                }
            }

            return outcome;
        }
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView signed)
    {
        final DirectBuffer query = signed.query();
        done("signed: " + query.getStringWithoutLengthUtf8(0, query.capacity()));
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        done("refused: " + reason);
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        done("no reply: the audit journal tells whether request " + requestId + " was signed");
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        done("lost: " + cause.text());
    }

    private void done(final String newOutcome)
    {
        outcome = newOutcome;
        isDone = true;
    }
}
