package io.countersign.client;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.TransactionEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;

/**
 * Asks for a signed transaction of a chain, which moves what the account has or calls a contract. Policy grants it only
 * where its author has acknowledged transfers. The nonce is that of the account on the chain: the next one, or that of
 * a transaction that this one is to replace.
 */
public final class TransactionRequest extends Request<TransactionRequest>
{
    /**
     * Most bytes of data.
     */
    public static final int MAX_DATA_LENGTH = WireFrame.MAX_CALL_DATA_LENGTH;

    private static final int RECIPIENT = KEY + 1;

    private final TransactionEncoder block = new TransactionEncoder();

    TransactionRequest(final RequestSender sender)
    {
        super(sender, blank(), 2, MAX_DATA_LENGTH);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * Who gets it or is called; required. It is the {@code symbol} of rules.
     *
     * @param address {@code 0x} and 40 hexadecimal digits, all small or mixed as their checksum says.
     * @return this.
     */
    public TransactionRequest recipient(final CharSequence address)
    {
        return text(RECIPIENT, "symbol", address);
    }

    /**
     * Who gets it or is called; required. It is the {@code symbol} of rules.
     *
     * @param buffer holding the address as text.
     * @param offset of the first byte.
     * @param length in bytes.
     * @return this.
     */
    public TransactionRequest recipient(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(RECIPIENT, "symbol", buffer, offset, length);
    }

    /**
     * What is moved, in the chain's own coin (ether). Not set: nothing.
     *
     * @param mantissa of mantissa x 10^exponent.
     * @param exponent -18 to 18.
     * @return this.
     */
    public TransactionRequest quantity(final long mantissa, final int exponent)
    {
        return decimal("quantity", block.quantity(), mantissa, exponent);
    }

    /**
     * What is moved, in the chain's own coin (ether). Not set: nothing.
     *
     * @param quantity as a decimal number, such as {@code 0.25}.
     * @return this.
     * @throws IllegalArgumentException where it is no plain decimal number of at most 18 decimals and 63 bits.
     */
    public TransactionRequest quantity(final CharSequence quantity)
    {
        return decimal("quantity", block.quantity(), quantity);
    }

    /**
     * What is moved, in the chain's own coin (ether). Not set: nothing. Allocates.
     *
     * @param quantity at most 18 decimals and 63 bits.
     * @return this.
     * @throws IllegalArgumentException where it has more.
     */
    public TransactionRequest quantity(final BigDecimal quantity)
    {
        return decimal("quantity", block.quantity(), quantity);
    }

    /**
     * Number of the transaction among those of its sender; required.
     *
     * @param accountNonce from 0, without gaps.
     * @return this.
     */
    public TransactionRequest accountNonce(final long accountNonce)
    {
        block.accountNonce(accountNonce);
        return this;
    }

    /**
     * How much gas may be used; required.
     *
     * @param gasLimit most units, above 0.
     * @return this.
     */
    public TransactionRequest gasLimit(final long gasLimit)
    {
        block.gasLimit(gasLimit);
        return this;
    }

    /**
     * What a unit of gas may cost; required.
     *
     * @param maxFeePerGas         most wei in all.
     * @param maxPriorityFeePerGas most wei that go to the proposer of the block, at most the former.
     * @return this.
     */
    public TransactionRequest fees(final long maxFeePerGas, final long maxPriorityFeePerGas)
    {
        block.maxFeePerGas(maxFeePerGas).maxPriorityFeePerGas(maxPriorityFeePerGas);
        return this;
    }

    /**
     * What a contract is called with, where the key may do so.
     *
     * @param buffer holding the bytes, which are copied.
     * @param offset of the first.
     * @param length at most {@link #MAX_DATA_LENGTH}.
     * @return this.
     */
    public TransactionRequest callData(final DirectBuffer buffer, final int offset, final int length)
    {
        return data(buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + TransactionEncoder.BLOCK_LENGTH];
        final TransactionEncoder block = new TransactionEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder());
        block
            .sessionId(TransactionEncoder.sessionIdNullValue())
            .ingressSequence(TransactionEncoder.ingressSequenceNullValue())
            .requestId(TransactionEncoder.requestIdNullValue())
            .deadlineNs(TransactionEncoder.deadlineNsNullValue())
            .maxAgeMs(TransactionEncoder.maxAgeMsNullValue())
            .accountNonce(TransactionEncoder.accountNonceNullValue())
            .gasLimit(TransactionEncoder.gasLimitNullValue())
            .maxFeePerGas(TransactionEncoder.maxFeePerGasNullValue())
            .maxPriorityFeePerGas(TransactionEncoder.maxPriorityFeePerGasNullValue());
        block.quantity().mantissa(DecimalEncoder.mantissaNullValue());

        return blank;
    }
}
