package io.countersign.venues.profile;

import io.countersign.codecs.wire.OrderType;

/**
 * Sets of order types, as bits.
 */
public final class OrderTypes
{
    /** Every order type, and none. */
    public static final int ALL = -1;

    private OrderTypes()
    {
    }

    /**
     * The bit of an order type.
     *
     * @param code of {@link OrderType}; its null has the bit 0.
     * @return one bit; without meaning for any other code.
     */
    public static int bit(final short code)
    {
        return OrderType.NULL_VAL.value() == code ? 1 : 1 << code;
    }

    /**
     * The bit of a name in a profile.
     *
     * @param configName for example {@code limit-maker}.
     * @return one bit, or null when no order type has this name.
     */
    public static Integer ofConfigName(final String configName)
    {
        final Short code = FieldSource.ORDER_TYPE.words().get(configName);
        return null == code ? null : Integer.valueOf(bit(code));
    }
}
