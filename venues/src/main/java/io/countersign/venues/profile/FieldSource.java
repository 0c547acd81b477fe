package io.countersign.venues.profile;

import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the value of a field comes from: the bot's request, the gateway, or the configuration of the key. The ordinal
 * of those that a bot gives is their bit in a set.
 */
public enum FieldSource
{
    /** The venue's name of the instrument. */
    SYMBOL(Kind.TEXT),

    /** Buy or sell. */
    SIDE(Kind.CODE, words(Side.values())),

    /** Limit, market, ... */
    ORDER_TYPE(Kind.CODE, words(OrderType.values())),

    /** How long the order stands. */
    TIME_IN_FORCE(Kind.CODE, words(TimeInForce.values())),

    /** How much the venue is to answer. */
    RESPONSE_TYPE(Kind.CODE, words(ResponseType.values())),

    /** What to do when an order meets one of the same owner. */
    SELF_TRADE_PREVENTION(Kind.CODE, words(SelfTradePrevention.values())),

    /** Quantity in the base asset. */
    QUANTITY(Kind.DECIMAL),

    /** Quantity in the quote asset. */
    QUOTE_QUANTITY(Kind.DECIMAL),

    /** Limit price. */
    PRICE(Kind.DECIMAL),

    /** Price that triggers the order. */
    STOP_PRICE(Kind.DECIMAL),

    /** Visible part of the quantity. */
    ICEBERG_QUANTITY(Kind.DECIMAL),

    /** Trailing delta in basis points, above 0. */
    TRAILING_DELTA(Kind.NUMBER),

    /** The bot's id of its strategy. */
    STRATEGY_ID(Kind.NUMBER),

    /** The bot's type of its strategy. */
    STRATEGY_TYPE(Kind.NUMBER),

    /** The bot's id of the order or, in a cancel, of the cancel itself. */
    CLIENT_ORDER_ID(Kind.TEXT),

    /** The bot's id of the order to cancel or query. */
    ORIGINAL_CLIENT_ORDER_ID(Kind.TEXT),

    /** The venue's id of the order where that is a number, from 0. */
    ORDER_ID(Kind.NUMBER),

    /** The venue's id of the order where that is a text. */
    VENUE_ORDER_ID(Kind.TEXT),

    /** Which orders may be cancelled. */
    CANCEL_RESTRICTION(Kind.CODE, words(CancelRestriction.values())),

    /** Whether to leave out assets of which there are none. */
    OMIT_ZERO_BALANCES(Kind.CODE, words(Flag.values())),

    /** Whether the order may only make a position smaller. */
    REDUCE_ONLY(Kind.CODE, words(Flag.values())),

    /** Life of the request at the venue in milliseconds: the bot's maximum age, else the profile's default. */
    RECEIVE_WINDOW(Kind.NUMBER),

    /** Who speaks, in a FIX session. */
    SENDER_COMP_ID(Kind.TEXT),

    /** Who is spoken to, in a FIX session. */
    TARGET_COMP_ID(Kind.TEXT),

    /** The number of a message in its FIX session. */
    MESSAGE_SEQUENCE(Kind.NUMBER),

    /** Last block of a chain in which the order stands, above 0. */
    GOOD_TIL_BLOCK(Kind.NUMBER),

    /** Number of a transaction among those of its sender, from 0. */
    ACCOUNT_NONCE(Kind.NUMBER),

    /** Most units of gas that a transaction may use. */
    GAS_LIMIT(Kind.NUMBER),

    /** Most wei for a unit of gas. */
    MAX_FEE_PER_GAS(Kind.NUMBER),

    /** Most wei for a unit of gas that go to the proposer of the block. */
    MAX_PRIORITY_FEE_PER_GAS(Kind.NUMBER),

    /** What a contract is called with. */
    DATA(Kind.BYTES),

    /** The time that the request carries. */
    TIMESTAMP(Kind.GATEWAY),

    /** The number that is used once. */
    NONCE(Kind.GATEWAY),

    /** The bot's number of the request. */
    REQUEST_ID(Kind.GATEWAY),

    /** The venue's public id of the key. */
    API_KEY(Kind.GATEWAY),

    /** The passphrase of the key. */
    PASSPHRASE(Kind.GATEWAY),

    /** What configuration fixes for the key. */
    PARAMETER(Kind.GATEWAY),

    /** The signature. */
    SIGNATURE(Kind.SIGNATURE),

    /** How many characters the signature has. */
    SIGNATURE_LENGTH(Kind.SIGNATURE);

    /** What a value is. */
    public enum Kind
    {
        /** Characters that the bot chose. */
        TEXT,

        /** One of the words of an enumeration. */
        CODE,

        /** A decimal number above 0. */
        DECIMAL,

        /** A whole number. */
        NUMBER,

        /** Bytes that the bot chose: nothing that a text could hold. */
        BYTES,

        /** What the gateway or the configuration gives. */
        GATEWAY,

        /** What is known only after the token has signed. */
        SIGNATURE
    }

    private static final FieldSource[] VALUES = values();

    private final Kind kind;
    private final Field field;
    private final Map<String, Short> words;

    FieldSource(final Kind kind)
    {
        this(kind, Map.of());
    }

    FieldSource(final Kind kind, final Map<String, Short> words)
    {
        this.kind = kind;
        field = Field.valueOf(name());
        this.words = words;
    }

    /**
     * The name in profiles.
     *
     * @return for example {@code client-order-id}.
     */
    public String configName()
    {
        return configName(name());
    }

    /**
     * The name on the wire.
     *
     * @return what tells a bot which field was refused.
     */
    public Field field()
    {
        return field;
    }

    /**
     * What the value is.
     *
     * @return the kind.
     */
    public Kind kind()
    {
        return kind;
    }

    /**
     * What the codes of an enumeration are called in profiles.
     *
     * @return the codes by name; empty for anything that is no {@link Kind#CODE}.
     */
    public Map<String, Short> words()
    {
        return words;
    }

    /**
     * Whether the value is true or false.
     *
     * @return true for flags.
     */
    public boolean isFlag()
    {
        return OMIT_ZERO_BALANCES == this || REDUCE_ONLY == this;
    }

    /**
     * Whether a bot gives it.
     *
     * @return true for fields of requests.
     */
    public boolean isOfOrder()
    {
        return ordinal() < TIMESTAMP.ordinal();
    }

    /**
     * The bit that stands for it in a set of fields of requests.
     *
     * @return one bit; without meaning when it is not {@link #isOfOrder}.
     */
    public int bit()
    {
        return 1 << ordinal();
    }

    /**
     * The source with an ordinal.
     *
     * @param ordinal from 0.
     * @return the source.
     */
    public static FieldSource of(final int ordinal)
    {
        return VALUES[ordinal];
    }

    /**
     * The source of a name in a profile.
     *
     * @param configName for example {@code symbol}.
     * @return the source, or null when none has this name; {@code parameter} has none without a name behind it.
     */
    public static FieldSource ofConfigName(final String configName)
    {
        for (final FieldSource source : VALUES)
        {
            if (PARAMETER != source && source.configName().equals(configName))
            {
                return source;
            }
        }
        return null;
    }

    private static String configName(final String constant)
    {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Short> words(final Enum<?>[] values)
    {
        final Map<String, Short> words = new LinkedHashMap<>();
        for (final Enum<?> value : values)
        {
            if (!"NULL_VAL".equals(value.name()) && !"SBE_UNKNOWN".equals(value.name()))
            {
                words.put(configName(value.name()), code(value));
            }
        }
        return words;
    }

    private static Short code(final Enum<?> value)
    {
        return switch (value)
        {
            case final Side side -> side.value();
            case final OrderType type -> type.value();
            case final TimeInForce time -> time.value();
            case final ResponseType type -> type.value();
            case final SelfTradePrevention prevention -> prevention.value();
            case final CancelRestriction restriction -> restriction.value();
            case final Flag flag -> flag.value();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
