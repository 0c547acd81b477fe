package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Prints how long the inline lane takes on SoftHSM, from submit to the end of poll. To be started by hand, with
 * {@code SOFTHSM2_CONF} set.
 */
final class InlineLaneLatency implements SigningListener
{
    private static final int WARM_UP = 50_000;
    private static final int MEASURED = 50_000;
    private static final int PAYLOAD_LENGTH = 200;

    private InlineLaneLatency()
    {
    }

    public static void main(final String[] arguments) throws TokenException
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, new byte[32]);
        token.generateKeyPair("p256", SigningAlgorithm.ECDSA_P256);
        token.generateKeyPair("ed25519", SigningAlgorithm.ED25519);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            for (int i = 0; i < token.keys().size(); i++)
            {
                final int divisor = token.keys().get(i).algorithm().isMac() ? 1 : 10;
                measure(lane, i, new long[WARM_UP / divisor]);
                final long[] tookNs = new long[MEASURED / divisor];
                measure(lane, i, tookNs);
                Arrays.sort(tookNs);
                System.out.printf("%-20s %d B  p50 %.2f us  p99 %.2f us  of %d%n",
                    token.keys().get(i).algorithm().configName(), PAYLOAD_LENGTH, tookNs[tookNs.length / 2] / 1e3,
                    tookNs[tookNs.length * 99 / 100] / 1e3, tookNs.length);
            }
        }
    }

    private static void measure(final SigningLane lane, final int keyIndex, final long[] tookNs)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(PAYLOAD_LENGTH));
        final InlineLaneLatency listener = new InlineLaneLatency();
        for (int i = 0; i < tookNs.length; i++)
        {
            payload.putInt(0, i);
            final long startNs = System.nanoTime();
            lane.submit(i, keyIndex, payload, 0, PAYLOAD_LENGTH);
            lane.poll(listener);
            tookNs[i] = System.nanoTime() - startNs;
        }
    }

    @Override
    public void onSigned(final long correlationId, final DirectBuffer buffer, final int offset, final int length)
    {
        // Only the time counts.
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        throw new IllegalStateException(ReturnValue.nameOf(returnValue));
    }
}
