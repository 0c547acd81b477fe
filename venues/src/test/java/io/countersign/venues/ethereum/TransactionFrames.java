package io.countersign.venues.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.TransactionEncoder;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** A transaction as a bot asks for it, and the order that the gateway makes of it. */
final class TransactionFrames
{
    String recipient = "0x96216849c49358b10257cb55b28ea603c874b05e";
    BigDecimal quantity = new BigDecimal("0.0001");
    long requestId = 7;
    long accountNonce = 2;
    long gasLimit = 100_000;
    long maxFeePerGas = 2_000_000_000;
    long maxPriorityFeePerGas = 2_000_000_000;
    int maxAgeMs = TransactionEncoder.maxAgeMsNullValue();
    byte[] data = new byte[0];

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    Order order()
    {
        final TransactionEncoder encoder = new TransactionEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(3).maxAgeMs(maxAgeMs)
            .accountNonce(accountNonce).gasLimit(gasLimit)
            .maxFeePerGas(maxFeePerGas).maxPriorityFeePerGas(maxPriorityFeePerGas);
        encoder.quantity()
            .mantissa(quantity == null ? Long.MIN_VALUE : quantity.unscaledValue().longValueExact())
            .exponent((byte) (quantity == null ? 0 : -quantity.scale()));
        final byte[] symbol = recipient.getBytes(StandardCharsets.UTF_8);
        encoder.key("key").putSymbol(symbol, 0, symbol.length).putData(data, 0, data.length);
        assertEquals(0, WireFrame.check(frame, 0, MessageHeaderEncoder.ENCODED_LENGTH +
            encoder.encodedLength() + FrameAuthenticator.TAG_LENGTH));
        assertTrue(adapter.decode(frame, 0, order));
        return order;
    }
}
