package io.countersign.gateway.config;

import io.countersign.gateway.config.OrderLimits.Limit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads amounts: plain decimals above 0, exactly. What is written with zeros at its end is the same amount without.
 */
final class AmountText
{
    /** What a price or a quantity must be; requests carry a mantissa of 63 bits. */
    static final String QUANTITY = "a plain decimal number above 0 and below 10^37 with at most 18 decimals, at most " +
        Long.MAX_VALUE + " without its point and the zeros at its ends";

    /** What a notional must be; it is summed in 127 bits. */
    static final String NOTIONAL =
        "a plain decimal number above 0 with at most 18 decimals, at most 170141183460469231731.687303715884105727";

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9][0-9]{0,36})(\\.[0-9]{1,18})?");
    private static final BigDecimal MAX_NOTIONAL = new BigDecimal(BigInteger.TWO.pow(127).subtract(BigInteger.ONE), 18);

    private AmountText()
    {
    }

    static Limit quantity(final String text)
    {
        final Limit limit = limit(text);
        return null == limit || 0 != limit.high() || limit.low() < 0 ? null : limit;
    }

    static Limit notional(final String text)
    {
        final Limit limit = limit(text);
        return null == limit || limit.toDecimal().compareTo(MAX_NOTIONAL) > 0 ? null : limit;
    }

    private static Limit limit(final String text)
    {
        if (!PLAIN.matcher(text).matches())
        {
            return null;
        }
        final BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        final BigInteger mantissa = value.unscaledValue();
        return 0 == mantissa.signum() || Long.SIZE + Long.SIZE - 1 < mantissa.bitLength() ?
            null : new Limit(mantissa.shiftRight(Long.SIZE).longValue(), mantissa.longValue(), -value.scale());
    }
}
