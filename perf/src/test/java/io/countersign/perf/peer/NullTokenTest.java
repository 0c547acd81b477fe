package io.countersign.perf.peer;

import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NullTokenTest implements SigningListener
{
    private static final byte[] ORDER = "symbol=LTCBTC&side=BUY&quantity=1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OWN_TEXT = "countersign of whatever kind".getBytes(StandardCharsets.US_ASCII);

    private static Path programs;
    private static Path pinFile;

    private byte[] signature;

    @BeforeAll
    static void build() throws Exception
    {
        programs = NativePrograms.directory();
        pinFile = SoftHsmFixture.secretFile("null.pin", "1234");
    }

    @Test
    void shouldOpenAsAnyTokenAndSignWithAConstant() throws Exception
    {
        try (TokenConnector connector = connector();
            TokenConnection connection = connector.connect())
        {
            final byte[] constant = new byte[32];
            Arrays.fill(constant, NullToken.CONSTANT);
            assertArrayEquals(constant, sign(connection.inlineLane(), 0, ORDER));
            assertArrayEquals(constant, sign(connection.inlineLane(), 1, ORDER));
            assertArrayEquals(constant, sign(connection.inlineLane(), 0, OWN_TEXT[0]));
        }
    }

    @Test
    void shouldAnswerTrulyWhatBeginsAsTheGatewaysOwnTexts() throws Exception
    {
        try (TokenConnector connector = connector();
            TokenConnection connection = connector.connect())
        {
            assertArrayEquals(
                HmacSha256.mac(NullToken.secret("measured-2"), OWN_TEXT),
                sign(connection.inlineLane(), 1, OWN_TEXT));
            final byte[] principal = "maker".getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(
                HmacSha256.mac(
                    NullToken.secret("master"),
                    "countersign API key, version 1: ".getBytes(StandardCharsets.US_ASCII),
                    new byte[]{ 0, 0, 0, 7 },
                    principal),
                connection.masterKey().derive(principal, 7));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 20_000, 400_000 })
    void shouldTakeAsLongAsItIsTold(final long delayNs) throws Exception
    {
        final Histogram latencies = PeerSamples.histogram();
        try (MeasuringProcess peer = bare(key("null"), Map.of(NullToken.DELAY_ENV_NAME, Long.toString(delayNs))))
        {
            peer.round(100, latencies);
        }
        assertEquals(100, latencies.getTotalCount());
        assertTrue(delayNs <= latencies.getMinValue() + latencies.sizeOfEquivalentValueRange(delayNs),
            () -> latencies.getMinValue() + " ns is less than " + delayNs);
    }

    @Test
    void shouldBeQuickerWithoutADelay() throws Exception
    {
        final Histogram latencies = PeerSamples.histogram();
        try (MeasuringProcess peer = bare(key("null"), Map.of()))
        {
            peer.round(10_000, latencies);
        }
        final long medianNs = latencies.getValueAtPercentile(50);
        assertTrue(medianNs < 2_000, () -> "it takes " + medianNs + " ns");
    }

    @Test
    void shouldBeCalledAsTheEnvironmentSays() throws Exception
    {
        final Map<String, String> environment =
            Map.of("COUNTERSIGN_NULL_TOKEN_LABEL", "other", "COUNTERSIGN_NULL_TOKEN_SERIAL", "7");
        final PeerKey other = key("other");
        try (MeasuringProcess peer = bare(
            new PeerKey(other.module(), "other", "7", pinFile, other.key(), ORDER), environment))
        {
            assertEquals(NullToken.CONSTANT, peer.sign()[0]);
        }
        assertThrows(PeerException.class, () -> bare(key("null"), environment));
    }

    @Override
    public void onSigned(final long correlationId, final DirectBuffer buffer, final int offset, final int length)
    {
        signature = new byte[length];
        buffer.getBytes(offset, signature);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        throw new AssertionError("CKR 0x" + Long.toHexString(returnValue));
    }

    private byte[] sign(final SigningLane lane, final int keyIndex, final byte... payload)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(payload.length));
        buffer.putBytes(0, payload);
        assertTrue(lane.submit(0, keyIndex, buffer, 0, payload.length));
        assertEquals(1, lane.poll(this));
        return signature;
    }

    private static TokenConnector connector()
    {
        return new TokenConnector(new TokenConnector.Context()
            .modulePath(NullToken.module(programs))
            .tokenLabel(NullToken.LABEL)
            .pinFile(pinFile)
            .masterKey(NullToken.master())
            .keys(List.of(NullToken.measured(1), NullToken.measured(2)))
            .conclude());
    }

    private static PeerKey key(final String label)
    {
        return new PeerKey(NullToken.module(programs), label, null, pinFile, NullToken.measured(1), ORDER);
    }

    private static MeasuringProcess bare(final PeerKey key, final Map<String, String> environment)
        throws PeerException
    {
        return new MeasuringProcess(
            "bare", BareSign.process("bare", key, key.module(), programs, environment), null);
    }
}
