package io.countersign.venues.profile;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Order;
import io.countersign.venues.VenueRequest;

/**
 * Which fields a request must have and which it may have, by the type of the order. A field that is there and may not
 * be is refused: nothing that a bot says is left out without a word. Immutable; free of allocation.
 */
final class OrderRules
{
    /** Order types, and a place for none. */
    static final int TYPES = 8;

    private static final int NONE = Reason.NONE.value();
    private static final int MISSING = Reason.FIELD_MISSING.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();

    private final int[] required;
    private final int[] allowed;
    private final int knownTypes;
    private final int[] choices;
    private final int[] choiceTypes;
    private final int[] exclusions;
    private final int maxWindowMs;

    OrderRules(
        final int[] required,
        final int[] allowed,
        final int knownTypes,
        final int[] choices,
        final int[] choiceTypes,
        final int[] exclusions,
        final int maxWindowMs)
    {
        this.required = required;
        this.allowed = allowed;
        this.knownTypes = knownTypes;
        this.choices = choices;
        this.choiceTypes = choiceTypes;
        this.exclusions = exclusions;
        this.maxWindowMs = maxWindowMs;
    }

    /** Returns a value of {@link Reason}; when it is not NONE the request was refused. */
    int check(final Order order, final int present, final VenueRequest request)
    {
        final int type = order.orderType() == Order.NULL_CODE ? 0 : order.orderType();
        if (type >= TYPES || (knownTypes & 1 << type) == 0)
        {
            return request.refuse(type == 0 ? MISSING : INVALID, FieldSource.ORDER_TYPE.ordinal());
        }
        final int missing = required[type] & ~present;
        if (missing != 0)
        {
            return request.refuse(MISSING, Integer.numberOfTrailingZeros(missing));
        }
        for (int i = 0; i < choices.length; i++)
        {
            if ((choiceTypes[i] & 1 << type) != 0 && (present & choices[i]) == 0)
            {
                return request.refuse(MISSING, Integer.numberOfTrailingZeros(choices[i]));
            }
        }
        final int surplus = present & ~allowed[type];
        if (surplus != 0)
        {
            return request.refuse(INVALID, Integer.numberOfTrailingZeros(surplus));
        }
        for (final int exclusion : exclusions)
        {
            if (Integer.bitCount(present & exclusion) > 1)
            {
                return request.refuse(INVALID, Integer.numberOfTrailingZeros(exclusion));
            }
        }
        return isWindow(present, order.maxAgeMs()) ?
            NONE : request.refuse(INVALID, FieldSource.RECEIVE_WINDOW.ordinal());
    }

    /** The longest receive window in milliseconds, 0 where the operation has none. */
    int maxReceiveWindowMs()
    {
        for (final int fields : allowed)
        {
            if ((fields & FieldSource.RECEIVE_WINDOW.bit()) != 0)
            {
                return maxWindowMs;
            }
        }
        return 0;
    }

    private boolean isWindow(final int present, final int maxAgeMs)
    {
        return (present & FieldSource.RECEIVE_WINDOW.bit()) == 0 || maxAgeMs > 0 && maxAgeMs <= maxWindowMs;
    }
}
