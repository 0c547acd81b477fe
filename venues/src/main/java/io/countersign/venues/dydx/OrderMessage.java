package io.countersign.venues.dydx;

import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes {@code MsgPlaceOrder} and {@code MsgCancelOrder} of {@code dydxprotocol.clob}. Reusable, free of allocation
 * after construction; not thread-safe.
 */
public final class OrderMessage
{
    /** Type of the message that places an order. */
    public static final DirectBuffer PLACE_ORDER = ascii("/dydxprotocol.clob.MsgPlaceOrder");

    /** Type of the message that cancels one. */
    public static final DirectBuffer CANCEL_ORDER = ascii("/dydxprotocol.clob.MsgCancelOrder");

    /** Flags of an order that lives in the memory of validators, up to a block. */
    public static final int SHORT_TERM = 0;

    /** Flags of an order that waits for a trigger, in the state of the chain. */
    public static final int CONDITIONAL = 32;

    /** Flags of an order in the state of the chain, up to a time. */
    public static final int LONG_TERM = 64;

    /** The side of a buyer. */
    public static final int BUY = 1;

    /** The side of a seller. */
    public static final int SELL = 2;

    /** Good as long as the order is. */
    public static final int TIME_IN_FORCE_DEFAULT = 0;

    /** Immediate or cancel. */
    public static final int TIME_IN_FORCE_IOC = 1;

    /** Never takes from the book. */
    public static final int TIME_IN_FORCE_POST_ONLY = 2;

    private static final int CAPACITY = 512;

    private final ProtobufWriter subaccount = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter orderId = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter order = new ProtobufWriter(CAPACITY);
    private final ProtobufWriter message = new ProtobufWriter(CAPACITY);
    private DirectBuffer owner = new UnsafeBuffer();
    private int subaccountNumber;
    private int clientId;
    private int orderFlags;
    private int clobPairId;
    private int goodTilBlock;
    private int goodTilBlockTime;
    private int side;
    private long quantums;
    private long subticks;
    private int timeInForce;
    private boolean isReduceOnly;
    private int clientMetadata;

    /** A message whose fields are all zero or empty. */
    public OrderMessage()
    {
        // Nothing but the fields.
    }

    /**
     * Set whose order it is.
     *
     * @param ownerAddress of the account, as text, that stays as it is until the message was written.
     * @param number       of the subaccount, from 0.
     * @return this.
     */
    public OrderMessage subaccount(final DirectBuffer ownerAddress, final int number)
    {
        owner = ownerAddress;
        subaccountNumber = number;
        return this;
    }

    /**
     * Set which order: what a cancel names it by.
     *
     * @param client     number that the bot chose, read as unsigned.
     * @param flags      {@link #SHORT_TERM}, {@link #CONDITIONAL} or {@link #LONG_TERM}.
     * @param instrument id of the pair's order book.
     * @return this.
     */
    public OrderMessage id(final int client, final int flags, final int instrument)
    {
        clientId = client;
        orderFlags = flags;
        clobPairId = instrument;
        return this;
    }

    /**
     * Set how long the order stands, or the cancel holds.
     *
     * @param block   last block of a short-term order; 0 for others.
     * @param seconds UTC since 1970 up to which other orders stand, read as unsigned; 0 for short-term orders.
     * @return this.
     */
    public OrderMessage goodTil(final int block, final int seconds)
    {
        goodTilBlock = block;
        goodTilBlockTime = seconds;
        return this;
    }

    /**
     * Set what is traded.
     *
     * @param orderSide {@link #BUY} or {@link #SELL}.
     * @param quantity  in quantums.
     * @param price     in subticks.
     * @return this.
     */
    public OrderMessage trade(final int orderSide, final long quantity, final long price)
    {
        side = orderSide;
        quantums = quantity;
        subticks = price;
        return this;
    }

    /**
     * Set how it is traded.
     *
     * @param force      {@link #TIME_IN_FORCE_DEFAULT}, {@link #TIME_IN_FORCE_IOC} or
     *                   {@link #TIME_IN_FORCE_POST_ONLY}.
     * @param reduceOnly whether the order may only make a position smaller.
     * @param metadata   for the indexer.
     * @return this.
     */
    public OrderMessage terms(final int force, final boolean reduceOnly, final int metadata)
    {
        timeInForce = force;
        isReduceOnly = reduceOnly;
        clientMetadata = metadata;
        return this;
    }

    /**
     * Write the message that places the order.
     *
     * @return its bytes, good until the next message.
     */
    public TextWriter placeOrder()
    {
        writeOrderId();
        order.reset()
            .bytes(1, orderId.written())
            .number(2, side)
            .number(3, quantums)
            .number(4, subticks)
            .number(5, Integer.toUnsignedLong(goodTilBlock))
            .fixed32(6, goodTilBlockTime)
            .number(7, timeInForce)
            .number(8, isReduceOnly ? 1 : 0)
            .number(9, Integer.toUnsignedLong(clientMetadata));
        return message.reset().bytes(1, order.written()).written();
    }

    /**
     * Write the message that cancels the order.
     *
     * @return its bytes, good until the next message.
     */
    public TextWriter cancelOrder()
    {
        writeOrderId();
        return message.reset()
            .bytes(1, orderId.written())
            .number(2, Integer.toUnsignedLong(goodTilBlock))
            .fixed32(3, goodTilBlockTime)
            .written();
    }

    private void writeOrderId()
    {
        subaccount.reset().bytes(1, owner, 0, owner.capacity()).number(2, subaccountNumber);
        orderId.reset()
            .bytes(1, subaccount.written())
            .fixed32(2, clientId)
            .number(3, orderFlags)
            .number(4, Integer.toUnsignedLong(clobPairId));
    }

    private static DirectBuffer ascii(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
