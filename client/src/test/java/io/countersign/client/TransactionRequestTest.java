package io.countersign.client;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.TransactionDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class TransactionRequestTest
{
    private static final long SESSION_ID = 0x1122334455667788L;
    private static final long REQUEST_ID = 77;
    private static final String RECIPIENT = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TransactionDecoder decoder = new TransactionDecoder();
    private final TransactionRequest request = new TransactionRequest(null);

    @BeforeEach
    void before()
    {
        request.reset();
    }

    @Test
    void shouldEncodeEveryFieldAndTheLongestData()
    {
        final byte[] data = new byte[TransactionRequest.MAX_DATA_LENGTH + 2];
        Arrays.fill(data, (byte) -2);
        request.callData(new UnsafeBuffer(data), 2, TransactionRequest.MAX_DATA_LENGTH).fees(8, 9).gasLimit(7)
            .accountNonce(6).quantity("0.25").recipient(RECIPIENT).key("k".repeat(64)).deadlineNs(3).maxAgeMs(4);
        decode();
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(3, decoder.deadlineNs());
        assertEquals(4, decoder.maxAgeMs());
        assertEquals(25, decoder.quantity().mantissa());
        assertEquals(-2, decoder.quantity().exponent());
        assertEquals(6, decoder.accountNonce());
        assertEquals(7, decoder.gasLimit());
        assertEquals(8, decoder.maxFeePerGas());
        assertEquals(9, decoder.maxPriorityFeePerGas());
        assertEquals("k".repeat(64), decoder.key());
        assertEquals(RECIPIENT, decoder.symbol());
        final byte[] written = new byte[decoder.dataLength()];
        decoder.getData(written, 0, written.length);
        assertArrayEquals(Arrays.copyOf(data, TransactionRequest.MAX_DATA_LENGTH), written);
    }

    @Test
    void shouldLeaveOutWhatIsNotSetAlsoWhenUsedAgain()
    {
        final UnsafeBuffer recipient = new UnsafeBuffer(("." + RECIPIENT).getBytes(StandardCharsets.US_ASCII));
        request.quantity(1, 0).quantity(new BigDecimal("2.5")).accountNonce(1).gasLimit(1).fees(1, 1)
            .recipient(recipient, 1, RECIPIENT.length()).callData(recipient, 0, 9);
        decode();
        assertEquals(RECIPIENT, keyAndSymbol());
        request.reset();
        decode();
        assertEquals(DecimalDecoder.mantissaNullValue(), decoder.quantity().mantissa());
        assertEquals(TransactionDecoder.accountNonceNullValue(), decoder.accountNonce());
        assertEquals(TransactionDecoder.gasLimitNullValue(), decoder.gasLimit());
        assertEquals(TransactionDecoder.maxFeePerGasNullValue(), decoder.maxFeePerGas());
        assertEquals(TransactionDecoder.maxPriorityFeePerGasNullValue(), decoder.maxPriorityFeePerGas());
        assertEquals(TransactionDecoder.maxAgeMsNullValue(), decoder.maxAgeMs());
        assertEquals("", keyAndSymbol());
        assertEquals(0, decoder.dataLength());
    }

    @Test
    void shouldRefuseDataThatIsTooLong()
    {
        final UnsafeBuffer data = new UnsafeBuffer(new byte[TransactionRequest.MAX_DATA_LENGTH + 1]);
        request.callData(data, 0, TransactionRequest.MAX_DATA_LENGTH);
        assertNull(request.invalidField());
        request.callData(data, 0, TransactionRequest.MAX_DATA_LENGTH + 1);
        assertEquals("data", request.invalidField());
        request.reset();
        request.callData(data, 0, -1);
        assertEquals("data", request.invalidField());
    }

    private String keyAndSymbol()
    {
        return decoder.key() + decoder.symbol();
    }

    /** The frame is one that a gateway reads. */
    private void decode()
    {
        final int length = request.complete(SESSION_ID, 3, REQUEST_ID);
        assertEquals(Reason.NONE,
            Reason.get(WireFrame.check(request.frame(), 0, length + FrameAuthenticator.TAG_LENGTH)));
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
    }
}
