package io.countersign.venues.ethereum;

import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.Rlp;
import io.countersign.venues.text.TextWriter;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an EIP-1559 transaction that moves ether or calls a contract: what is hashed and signed, and the signed
 * transaction that is sent. It always has a recipient and never an access list. Reusable, free of allocation after
 * construction; not thread-safe.
 * <pre>
 *   writeFields ─┬▶ writeUnsigned ─▶ digest ─▶ (token) ─▶ RecoverableSignature ─┬▶ writeSigned
 *                └──────────────────────────────────────────────────────────────┘
 * </pre>
 */
public final class TransactionEncoder
{
    /** Length of an address in bytes. */
    public static final int ADDRESS_LENGTH = 20;

    /** Length of the largest value in bytes. */
    public static final int MAX_VALUE_LENGTH = 32;

    private static final byte TYPE = 2;

    private final Keccak256 keccak = new Keccak256();
    private final UnsafeBuffer to = new UnsafeBuffer(new byte[ADDRESS_LENGTH]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[MAX_VALUE_LENGTH]);
    private final UnsafeBuffer numbers = new UnsafeBuffer(new byte[RecoverableSignature.LENGTH]);
    private DirectBuffer data = value;
    private int dataOffset;
    private int dataLength;
    private long chainId;
    private long nonce;
    private long maxPriorityFeePerGas;
    private long maxFeePerGas;
    private long gasLimit;

    /** An encoder whose fields are all zero or empty. */
    public TransactionEncoder()
    {
        // Nothing but the fields.
    }

    /**
     * Set the chain that takes the transaction.
     *
     * @param id of the chain, above 0.
     * @return this.
     */
    public TransactionEncoder chainId(final long id)
    {
        chainId = id;
        return this;
    }

    /**
     * Set the number of the transaction among those of its sender.
     *
     * @param number from 0, without gaps.
     * @return this.
     */
    public TransactionEncoder nonce(final long number)
    {
        nonce = number;
        return this;
    }

    /**
     * Set what a unit of gas may cost.
     *
     * @param maxPriorityFee most wei that go to the proposer of the block.
     * @param maxFee         most wei in all.
     * @return this.
     */
    public TransactionEncoder fees(final long maxPriorityFee, final long maxFee)
    {
        maxPriorityFeePerGas = maxPriorityFee;
        maxFeePerGas = maxFee;
        return this;
    }

    /**
     * Set how much gas may be used.
     *
     * @param limit most units of gas.
     * @return this.
     */
    public TransactionEncoder gasLimit(final long limit)
    {
        gasLimit = limit;
        return this;
    }

    /**
     * Set the recipient.
     *
     * @param address that holds its address; copied.
     * @param offset  of {@link #ADDRESS_LENGTH} bytes.
     * @return this.
     */
    public TransactionEncoder to(final DirectBuffer address, final int offset)
    {
        to.putBytes(0, address, offset, ADDRESS_LENGTH);
        return this;
    }

    /**
     * Set what is moved.
     *
     * @param wei the amount, read as unsigned.
     * @return this.
     */
    public TransactionEncoder value(final long wei)
    {
        value.setMemory(0, MAX_VALUE_LENGTH, (byte) 0);
        value.putLong(MAX_VALUE_LENGTH - Long.BYTES, wei, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /**
     * Set what is moved, where 64 bits do not hold it.
     *
     * @param wei    the amount of wei, highest byte first; copied.
     * @param offset of {@link #MAX_VALUE_LENGTH} bytes.
     * @return this.
     */
    public TransactionEncoder value(final DirectBuffer wei, final int offset)
    {
        value.putBytes(0, wei, offset, MAX_VALUE_LENGTH);
        return this;
    }

    /**
     * Set what a contract is called with.
     *
     * @param bytes  that hold it until the transaction was written.
     * @param offset of the first.
     * @param length how many; 0 for none.
     * @return this.
     */
    public TransactionEncoder data(final DirectBuffer bytes, final int offset, final int length)
    {
        data = bytes;
        dataOffset = offset;
        dataLength = length;
        return this;
    }

    /**
     * Write the fields that every form of the transaction has.
     *
     * @param out to append to.
     */
    public void writeFields(final TextWriter out)
    {
        Rlp.put(out, chainId);
        Rlp.put(out, nonce);
        Rlp.put(out, maxPriorityFeePerGas);
        Rlp.put(out, maxFeePerGas);
        Rlp.put(out, gasLimit);
        Rlp.put(out, to, 0, ADDRESS_LENGTH);
        Rlp.putInteger(out, value, 0, MAX_VALUE_LENGTH);
        Rlp.put(out, data, dataOffset, dataLength);
        Rlp.putList(out, 0);
    }

    /**
     * Write what is hashed and signed.
     *
     * @param fields what {@link #writeFields} wrote, alone.
     * @param out    to append to.
     */
    public static void writeUnsigned(final TextWriter fields, final TextWriter out)
    {
        out.put(TYPE);
        Rlp.putList(out, fields.length());
        out.put(fields);
    }

    /**
     * Write the signed transaction.
     *
     * @param fields    what {@link #writeFields} wrote, alone.
     * @param signature of the digest of {@link #writeUnsigned}.
     * @param out       to append to.
     */
    public void writeSigned(final TextWriter fields, final RecoverableSignature signature, final TextWriter out)
    {
        signature.putR(numbers, 0);
        signature.putS(numbers, RecoverableSignature.NUMBER_LENGTH);
        out.put(TYPE);
        Rlp.putList(out, fields.length() + Rlp.length(signature.parity()) +
            Rlp.integerLength(numbers, 0, RecoverableSignature.NUMBER_LENGTH) +
            Rlp.integerLength(numbers, RecoverableSignature.NUMBER_LENGTH, RecoverableSignature.NUMBER_LENGTH));
        out.put(fields);
        Rlp.put(out, signature.parity());
        Rlp.putInteger(out, numbers, 0, RecoverableSignature.NUMBER_LENGTH);
        Rlp.putInteger(out, numbers, RecoverableSignature.NUMBER_LENGTH, RecoverableSignature.NUMBER_LENGTH);
    }

    /**
     * The digest that the token signs.
     *
     * @param unsigned what {@link #writeUnsigned} wrote, alone.
     * @param out      that takes {@link Keccak256#DIGEST_LENGTH} bytes.
     * @param offset   of the first.
     */
    public void digest(final TextWriter unsigned, final MutableDirectBuffer out, final int offset)
    {
        keccak.reset().update(unsigned.buffer(), unsigned.offset(), unsigned.length()).digest(out, offset);
    }
}
