package io.countersign.venues;

import io.countersign.venues.evm.AddressText;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fields of an {@link Order} that only a transaction of a chain has; absent in all others. Its recipient is the
 * order's symbol, what it moves the order's quantity. {@link OrderAdapter} fills it.
 */
public final class TransactionFields
{
    private final Region data = new Region();

    // Written by OrderAdapter alone.
    final UnsafeBuffer recipient = new UnsafeBuffer(new byte[AddressText.LENGTH]);
    long accountNonce;
    long gasLimit;
    long maxFeePerGas;
    long maxPriorityFeePerGas;

    TransactionFields()
    {
        reset();
    }

    void reset()
    {
        accountNonce = Order.NULL_LONG;
        gasLimit = Order.NULL_LONG;
        maxFeePerGas = Order.NULL_LONG;
        maxPriorityFeePerGas = Order.NULL_LONG;
        data.reset();
    }

    /**
     * Number of the transaction among those of its sender.
     *
     * @return the field, or {@link Order#NULL_LONG}.
     */
    public long accountNonce()
    {
        return accountNonce;
    }

    /**
     * Most units of gas that may be used.
     *
     * @return the field, or {@link Order#NULL_LONG}.
     */
    public long gasLimit()
    {
        return gasLimit;
    }

    /**
     * Most wei for a unit of gas.
     *
     * @return the field, or {@link Order#NULL_LONG}.
     */
    public long maxFeePerGas()
    {
        return maxFeePerGas;
    }

    /**
     * Most wei for a unit of gas that go to the proposer of the block.
     *
     * @return the field, or {@link Order#NULL_LONG}.
     */
    public long maxPriorityFeePerGas()
    {
        return maxPriorityFeePerGas;
    }

    /**
     * What a contract is called with.
     *
     * @return the bytes: no text.
     */
    public Region data()
    {
        return data;
    }
}
