package io.countersign.venues.ethereum;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Order;
import io.countersign.venues.Region;
import io.countersign.venues.TransactionFields;
import io.countersign.venues.evm.AddressText;
import io.countersign.venues.evm.Secp256k1Key;
import io.countersign.venues.profile.FieldSource;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a transaction must be to be signed, read from an order and checked. Reusable, free of allocation after
 * construction; not thread-safe.
 */
final class TransactionRules
{
    private static final int NONE = Reason.NONE.value();
    private static final int MISSING = Reason.FIELD_MISSING.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();

    private final EtherAmount amount = new EtherAmount();
    private final AddressText addresses = new AddressText();
    private final UnsafeBuffer canonical = new UnsafeBuffer(new byte[AddressText.LENGTH]);
    private final UnsafeBuffer recipient = new UnsafeBuffer(new byte[Secp256k1Key.ADDRESS_LENGTH]);
    private FieldSource fault;
    private int reason;

    /**
     * Read an order.
     *
     * @param order     whose operation is TRANSACT.
     * @param maxFeeWei most wei that the transaction may cost beside what it moves.
     * @param mayCall   whether it may have data.
     * @return a value of {@link Reason}; when it is not NONE, {@link #fault()} is the cause.
     */
    int read(final Order order, final long maxFeeWei, final boolean mayCall)
    {
        final TransactionFields fields = order.transaction();
        final long gasLimit = fields.gasLimit();
        final long maxFee = fields.maxFeePerGas();
        reason = NONE;
        fault = null;
        refuse(order.symbol().isEmpty(), MISSING, FieldSource.SYMBOL);
        refuse(fields.accountNonce() == Order.NULL_LONG, MISSING, FieldSource.ACCOUNT_NONCE);
        refuse(gasLimit == Order.NULL_LONG, MISSING, FieldSource.GAS_LIMIT);
        refuse(maxFee == Order.NULL_LONG, MISSING, FieldSource.MAX_FEE_PER_GAS);
        refuse(fields.maxPriorityFeePerGas() == Order.NULL_LONG, MISSING, FieldSource.MAX_PRIORITY_FEE_PER_GAS);

        refuse(!takeRecipient(order.symbol()), INVALID, FieldSource.SYMBOL);
        refuse(!amount.set(order.quantity()), INVALID, FieldSource.QUANTITY);
        refuse(fields.accountNonce() < 0, INVALID, FieldSource.ACCOUNT_NONCE);
        refuse(gasLimit < 1, INVALID, FieldSource.GAS_LIMIT);
        refuse(maxFee < 1 || isAbove(gasLimit, maxFee, maxFeeWei), INVALID, FieldSource.MAX_FEE_PER_GAS);
        refuse(fields.maxPriorityFeePerGas() < 0 || fields.maxPriorityFeePerGas() > maxFee,
            INVALID, FieldSource.MAX_PRIORITY_FEE_PER_GAS);
        refuse(!mayCall && !fields.data().isEmpty(), INVALID, FieldSource.DATA);
        refuse(order.maxAgeMs() != Order.NULL_INT, INVALID, FieldSource.RECEIVE_WINDOW);
        return reason;
    }

    FieldSource fault()
    {
        return fault;
    }

    /** Set what was read. */
    void write(final Order order, final TransactionEncoder encoder)
    {
        final TransactionFields fields = order.transaction();
        final Region data = fields.data();
        encoder.nonce(fields.accountNonce())
            .fees(fields.maxPriorityFeePerGas(), fields.maxFeePerGas())
            .gasLimit(fields.gasLimit())
            .to(recipient, 0)
            .value(amount.wei(), 0)
            .data(data.buffer(), data.offset(), data.length());
    }

    /** An order that {@link io.countersign.venues.OrderAdapter} filled has the canonical form, which policy saw. */
    private boolean takeRecipient(final Region text)
    {
        if (!addresses.canonical(text.buffer(), text.offset(), text.length(), canonical))
        {
            return false;
        }
        AddressText.bytes(canonical, 0, recipient, 0);
        return true;
    }

    private static boolean isAbove(final long gasLimit, final long maxFee, final long maxWei)
    {
        return Math.multiplyHigh(gasLimit, maxFee) != 0 || gasLimit * maxFee < 0 || gasLimit * maxFee > maxWei;
    }

    /** Keeps the first cause; missing fields are asked for before invalid ones. */
    private void refuse(final boolean isWrong, final int cause, final FieldSource field)
    {
        if (isWrong && reason == NONE)
        {
            reason = cause;
            fault = field;
        }
    }
}
