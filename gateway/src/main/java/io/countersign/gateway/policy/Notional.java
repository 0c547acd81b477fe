package io.countersign.gateway.policy;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

/**
 * The notional of one new order, or what a transaction moves, in units of 10^-18, exactly or rounded up to the next
 * unit, in 127 bits without sign. Reusable, allocates nothing; not thread-safe.
 */
final class Notional
{
    /** Notional has so many decimals. */
    static final int SCALE = 18;

    private static final int BILLION_DIGITS = 9;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private long high;
    private long low;
    private boolean isKnown;

    /** Whether an order of a type is filled at its price or better; other types have no price, whatever they say. */
    static boolean hasPrice(final int orderType)
    {
        return OrderType.LIMIT.value() == orderType ||
            OrderType.LIMIT_MAKER.value() == orderType ||
            OrderType.STOP_LOSS_LIMIT.value() == orderType ||
            OrderType.TAKE_PROFIT_LIMIT.value() == orderType;
    }

    /** What a request moves. Of an order that names neither price nor quote quantity it is not known. */
    Notional of(final Order order)
    {
        isKnown = false;
        final MutableDecimal quantity = order.quantity();
        if (Operation.TRANSACT == order.operation())
        {
            isKnown = quantity.isNull() ? set(0, 0, 0) :
                quantity.mantissa() >= 0 && set(0, quantity.mantissa(), quantity.exponent() + SCALE);
            return this;
        }
        if (Operation.NEW_ORDER != order.operation())
        {
            return this;
        }
        final MutableDecimal quoteQuantity = order.quoteQuantity();
        if (!quoteQuantity.isNull())
        {
            isKnown = quantity.isNull() && quoteQuantity.mantissa() >= 0 &&
                set(0, quoteQuantity.mantissa(), quoteQuantity.exponent() + SCALE);
        }
        else if (!quantity.isNull() && !order.price().isNull() && hasPrice(order.orderType()))
        {
            final long left = quantity.mantissa();
            final long right = order.price().mantissa();
            isKnown = left >= 0 && right >= 0 && set(
                Math.multiplyHigh(left, right), left * right,
                quantity.exponent() + order.price().exponent() + SCALE);
        }
        return this;
    }

    /** A limit; one that is too large to be reached is the largest number. */
    Notional of(final Limit limit)
    {
        if (!set(limit.high(), limit.low(), limit.exponent() + SCALE))
        {
            high = Long.MAX_VALUE;
            low = -1;
        }
        isKnown = true;
        return this;
    }

    boolean isKnown()
    {
        return isKnown;
    }

    long high()
    {
        return high;
    }

    long low()
    {
        return low;
    }

    /** Takes (high, low) x 10^power; false when it does not fit. */
    private boolean set(final long newHigh, final long newLow, final int power)
    {
        high = newHigh;
        low = newLow;
        int left = power;
        while (left > 0 && (0 != high || 0 != low))
        {
            final int digits = Math.min(left, BILLION_DIGITS);
            if (!multiply(powerOfTen(digits)))
            {
                return false;
            }
            left -= digits;
        }
        while (left < 0)
        {
            final int digits = Math.min(-left, BILLION_DIGITS);
            divide(powerOfTen(digits));
            left += digits;
        }
        return true;
    }

    private boolean multiply(final long factor)
    {
        final long carry = Math.unsignedMultiplyHigh(low, factor);
        if (0 != Math.multiplyHigh(high, factor) || high * factor < 0 || high * factor + carry < 0)
        {
            return false;
        }
        high = high * factor + carry;
        low *= factor;
        return true;
    }

    /** Divides by at most 10^9 and rounds up; rounding up twice is rounding up once. */
    private void divide(final long divisor)
    {
        final long quotientHigh = high / divisor;
        final long upper = high % divisor << 32 | low >>> 32;
        final long lower = upper % divisor << 32 | low & LOW_HALF;
        high = quotientHigh;
        low = (upper / divisor << 32) + lower / divisor;
        if (0 != lower % divisor && 0 == ++low)
        {
            high++;
        }
    }

    private static long powerOfTen(final int digits)
    {
        long power = 1;
        for (int i = 0; i < digits; i++)
        {
            power *= 10;
        }
        return power;
    }
}
