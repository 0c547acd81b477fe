package io.countersign.gateway.access;

import io.countersign.gateway.json.StrictJson;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The claims of a JWT, asked for by name and type.
 */
final class Claims
{
    private static final int MAX_SHORT_LENGTH = 254;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long MAX_S = Long.MAX_VALUE / NS_PER_S - 1;
    private static final int MAX_SECOND_DIGITS = 10;
    private static final int FRACTION_DIGITS = 9;

    private final Map<String, Object> claims;

    /** The access token is refused; the message is the reason, which holds nothing of the token. */
    static final class RefusedException extends Exception
    {
        private static final long serialVersionUID = 1L;

        RefusedException(final String why)
        {
            super(why, null, false, false);
        }
    }

    Claims(final Map<String, Object> claims)
    {
        this.claims = claims;
    }

    boolean has(final String name)
    {
        return claims.containsKey(name);
    }

    String text(final String name) throws RefusedException
    {
        if (!has(name))
        {
            throw new RefusedException(name + " is missing");
        }
        if (!(claims.get(name) instanceof final String text) || text.isEmpty())
        {
            throw new RefusedException(name + " is not a text");
        }
        return text;
    }

    /** A text that a record of the journal has room for. */
    String shortText(final String name) throws RefusedException
    {
        final String text = text(name);
        if (MAX_SHORT_LENGTH < text.getBytes(StandardCharsets.UTF_8).length)
        {
            throw new RefusedException(name + " is longer than " + MAX_SHORT_LENGTH + " bytes");
        }
        return text;
    }

    /** One text or an array of texts. */
    List<?> texts(final String name) throws RefusedException
    {
        if (claims.get(name) instanceof final List<?> items)
        {
            for (final Object item : items)
            {
                if (!(item instanceof String))
                {
                    throw new RefusedException(name + " is not a text or an array of texts");
                }
            }
            return items;
        }
        return List.of(text(name));
    }

    /** A NumericDate (RFC 7519) in UTC nanoseconds since 1970, rounded down: from 1970 to 2262, without an exponent. */
    long timeNs(final String name) throws RefusedException
    {
        if (!has(name))
        {
            throw new RefusedException(name + " is missing");
        }
        if (!(claims.get(name) instanceof final StrictJson.Literal number))
        {
            throw new RefusedException(name + " is not a time");
        }
        final String text = number.text();
        final int dot = text.indexOf('.');
        final String whole = dot < 0 ? text : text.substring(0, dot);
        final String fraction = dot < 0 ? "" : text.substring(dot + 1);
        if (!isDigits(whole) || MAX_SECOND_DIGITS < whole.length() || !isDigits("0" + fraction) ||
            MAX_S < Long.parseLong(whole))
        {
            throw new RefusedException(name + " is not a time");
        }
        return Long.parseLong(whole) * NS_PER_S +
            Long.parseLong((fraction + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS));
    }

    private static boolean isDigits(final String text)
    {
        return !text.isEmpty() && text.chars().allMatch((c) -> '0' <= c && c <= '9');
    }
}
