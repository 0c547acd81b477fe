package io.countersign.perf.demo;

import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What {@code C_SignInit} and {@code C_Sign} take on the token alone: no gateway, no transport, no journal. A process
 * of its own, with the same token, key and payload as the bots' requests.
 */
final class TokenBaseline implements SigningListener
{
    private static final int WARM_UP = 10_000;

    private TokenBaseline()
    {
    }

    /**
     * Measure.
     *
     * @param args gateway configuration, file for the histograms, signatures per key.
     * @throws Exception when anything fails; the demonstration reports it.
     */
    public static void main(final String[] args) throws Exception
    {
        final GatewayConfig config = ConfigReader.read(Path.of(args[0]));
        final TokenConfig token = config.tokens().getFirst();
        final int count = Integer.parseInt(args[2]);
        final Latencies latencies = new Latencies();
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(token.module())
            .tokenLabel(token.label())
            .pin(token.pin())
            .keys(config.keysIn(token).stream().map(KeyConfig::spec).toList())
            .conclude());
            TokenConnection connection = connector.connect())
        {
            final SigningLane lane = connection.inlineLane();
            for (final MeasuredOrder order : MeasuredOrder.values())
            {
                final int keyIndex = config.keysIn(token).stream().map((key) -> key.spec().alias()).toList()
                    .indexOf(order.key());
                final Histogram histogram = latencies.named(order.key());
                measure(lane, keyIndex, order.payload(), WARM_UP, histogram);
                histogram.reset();
                measure(lane, keyIndex, order.payload(), count, histogram);
            }
        }
        latencies.write(Path.of(args[1]));
    }

    private static void measure(
        final SigningLane lane,
        final int keyIndex,
        final String text,
        final int count,
        final Histogram histogram)
    {
        final TokenBaseline listener = new TokenBaseline();
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        payload.putBytes(0, bytes);
        for (int i = 0; i < count; i++)
        {
            final long startNs = System.nanoTime();
            lane.submit(i, keyIndex, payload, 0, bytes.length);
            histogram.recordValue(System.nanoTime() - startNs);
            lane.poll(listener);
        }
    }

    @Override
    public void onSigned(
        final long correlationId, final DirectBuffer signature, final int offset, final int length)
    {
        // Only its time is of interest.
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        throw new IllegalStateException("the token answered CKR 0x" + Long.toHexString(returnValue));
    }
}
