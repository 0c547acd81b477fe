package io.countersign.venues.profile;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.venues.Order;
import io.countersign.venues.Region;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.Base64Text;
import io.countersign.venues.text.HexText;
import io.countersign.venues.text.LiteralTable;
import io.countersign.venues.text.TextWriter;
import io.countersign.venues.text.TimeText;
import io.countersign.venues.text.UuidText;
import org.agrona.DirectBuffer;

/**
 * Writes a request up to the signature: instructions of {@link Opcode} that one switch runs. Immutable; free of
 * allocation.
 */
final class Program
{
    private static final int NONE = Reason.NONE.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final FieldSource[] SOURCES = FieldSource.values();
    private static final TimeFormat[] TIME_FORMATS = TimeFormat.values();
    private static final Part.DigestText[] DIGEST_TEXTS = Part.DigestText.values();

    private final int[] code;
    private final byte[][] constants;
    private final TextRule[] rules;
    private final LiteralTable[] tables;

    Program(final int[] code, final byte[][] constants, final TextRule[] rules, final LiteralTable[] tables)
    {
        this.code = code;
        this.constants = constants;
        this.rules = rules;
        this.tables = tables;
    }

    /** Returns a value of {@link Reason}; when it is not NONE the request was refused. */
    int run(
        final Order order,
        final int present,
        final int orderType,
        final VenueKey key,
        final Stamp stamp,
        final VenueRequest request)
    {
        TextWriter out = request.path();
        TextWriter outside = out;
        boolean isFirst = true;
        int lineStart = 0;
        int valueStart = 0;
        int at = 0;
        while (true)
        {
            final int a = code[at + 1];
            final int b = code[at + 2];
            final int c = code[at + 3];
            int fault = NONE;
            int next = at + Opcode.STRIDE;
            switch (code[at])
            {
                case Opcode.OUT -> out = writer(request, a);
                case Opcode.LITERAL -> out.put(constants[a]);
                case Opcode.FIRST -> isFirst = true;
                case Opcode.FIELD ->
                {
                    final boolean isThere = b == 0 || (present & b) != 0;
                    next = isThere ? name(out, constants[a], isFirst ? 1 : 0, next) : c;
                    isFirst &= !isThere;
                }
                case Opcode.IF_TYPE -> next = (orderType & a) != 0 ? next : c;
                case Opcode.TEXT -> fault = text(out, rules[b], OrderFields.text(order, SOURCES[a]));
                case Opcode.CODE -> fault = word(out, tables[b], OrderFields.code(order, SOURCES[a]));
                case Opcode.DECIMAL -> fault = decimal(out, order, OrderFields.decimal(order, SOURCES[a]), b, c);
                case Opcode.NUMBER -> fault = number(out, SOURCES[a], OrderFields.number(order, SOURCES[a]));
                case Opcode.TIME -> time(out, TIME_FORMATS[b], stamp.utcNs() + c * NANOS_PER_MILLI);
                case Opcode.NONCE_NUMBER, Opcode.NONCE_UUID -> nonce(out, code[at], key, stamp.nonce());
                case Opcode.REQUEST_ID -> out.putLong(order.requestId());
                case Opcode.API_KEY -> fault = text(out, rules[b], key.apiKey());
                case Opcode.PASSPHRASE -> fault = passphrase(out, rules[b], key.passphrase());
                case Opcode.PARAMETER -> fault = text(out, rules[b], key.parameter(c));
                case Opcode.WINDOW -> window(out, order.maxAgeMs(), b);
                case Opcode.COPY -> out.put(writer(request, a));
                case Opcode.MARKED_QUERY -> markedQuery(out, request.query());
                case Opcode.IF_BODY -> ifBody(out, request.body(), constants[a]);
                case Opcode.HEADER ->
                {
                    lineStart = out.length();
                    valueStart = out.put(constants[a]).length();
                }
                case Opcode.HEADER_END -> endHeader(out, lineStart, valueStart);
                case Opcode.HASH ->
                {
                    outside = out;
                    out = request.scratch().reset();
                }
                case Opcode.HASH_END ->
                {
                    out = outside;
                    hash(out, request, a, DIGEST_TEXTS[b]);
                }
                case Opcode.MARK -> request.mark();
                default ->
                {
                    return NONE;
                }
            }
            if (fault != NONE)
            {
                return request.refuse(fault, a);
            }
            at = next;
        }
    }

    static TextWriter writer(final VenueRequest request, final int number)
    {
        return switch (number)
        {
            case Opcode.PATH -> request.path();
            case Opcode.QUERY -> request.query();
            case Opcode.BODY -> request.body();
            case Opcode.HEADERS -> request.headers();
            case Opcode.STRING_TO_SIGN -> request.stringToSign();
            case Opcode.TAIL -> request.tail();
            default -> request.scratch();
        };
    }

    /** Returns where the program goes on. */
    private static int name(final TextWriter out, final byte[] name, final int skipped, final int next)
    {
        out.put(name, skipped, name.length - skipped);
        return next;
    }

    private static int text(final TextWriter out, final TextRule rule, final Region text)
    {
        return rule.append(out, text.buffer(), text.offset(), text.length()) ? NONE : INVALID;
    }

    private static int text(final TextWriter out, final TextRule rule, final DirectBuffer text)
    {
        return rule.append(out, text, 0, text.capacity()) ? NONE : INVALID;
    }

    /** One that is a MAC is not there before the token has computed it. */
    private static int passphrase(final TextWriter out, final TextRule rule, final DirectBuffer passphrase)
    {
        return passphrase == null ? Reason.FIELD_MISSING.value() : text(out, rule, passphrase);
    }

    private static int word(final TextWriter out, final LiteralTable table, final short code)
    {
        if (!table.has(code))
        {
            return INVALID;
        }
        out.put(table.text(code));
        return NONE;
    }

    private static int decimal(
        final TextWriter out, final Order order, final MutableDecimal decimal, final int maxDecimals, final int flags)
    {
        long mantissa = decimal.mantissa();
        int exponent = decimal.exponent();
        if (mantissa <= 0 || exponent < DecimalText.MIN_EXPONENT || exponent > DecimalText.MAX_EXPONENT)
        {
            return INVALID;
        }
        if ((flags & Opcode.STRIPS) != 0)
        {
            while (exponent < 0 && mantissa % 10 == 0)
            {
                mantissa /= 10;
                exponent++;
            }
        }
        if (-exponent > maxDecimals)
        {
            return INVALID;
        }
        final boolean isNegative = (flags & Opcode.NEGATIVE_SELL) != 0 && order.side() == Side.SELL.value();
        out.putDecimal(isNegative ? -mantissa : mantissa, exponent);
        return NONE;
    }

    private static int number(final TextWriter out, final FieldSource source, final long value)
    {
        if (!OrderFields.isInRange(source, value))
        {
            return INVALID;
        }
        out.putLong(value);
        return NONE;
    }

    private static void time(final TextWriter out, final TimeFormat format, final long utcNs)
    {
        switch (format)
        {
            case SECONDS -> out.putLong(utcNs / NANOS_PER_SECOND);
            case MILLIS -> out.putLong(utcNs / NANOS_PER_MILLI);
            case MICROS -> out.putLong(utcNs / NANOS_PER_MICRO);
            case ISO_8601 -> TimeText.iso8601(out, utcNs);
            case SECONDS_MILLIS -> TimeText.secondsMillis(out, utcNs);
            default -> TimeText.fix(out, utcNs);
        }
    }

    private static void nonce(final TextWriter out, final int opcode, final VenueKey key, final long nonce)
    {
        if (key.exampleNonce() != null)
        {
            out.put(key.exampleNonce(), 0, key.exampleNonce().capacity());
        }
        else if (opcode == Opcode.NONCE_NUMBER)
        {
            out.putLong(nonce);
        }
        else
        {
            UuidText.append(out, key.nonceSeed(), nonce);
        }
    }

    private static void window(final TextWriter out, final int maxAgeMs, final int defaultMs)
    {
        final int windowMs = maxAgeMs == Order.NULL_INT ? defaultMs : maxAgeMs;
        if (windowMs > 0)
        {
            out.putLong(windowMs);
        }
    }

    private static void markedQuery(final TextWriter out, final TextWriter query)
    {
        if (query.length() > 0)
        {
            out.put((byte) '?').put(query);
        }
    }

    private static void ifBody(final TextWriter out, final TextWriter body, final byte[] text)
    {
        if (body.length() > 0)
        {
            out.put(text);
        }
    }

    private static void endHeader(final TextWriter out, final int lineStart, final int valueStart)
    {
        if (out.length() == valueStart)
        {
            out.truncate(lineStart);
        }
        else
        {
            out.put((byte) '\n');
        }
    }

    private static void hash(
        final TextWriter out, final VenueRequest request, final int digestLength, final Part.DigestText as)
    {
        request.hashing().hash(request.scratch(), digestLength);
        final DirectBuffer digest = request.hashing().digest();
        switch (as)
        {
            case RAW -> out.put(digest, 0, digestLength);
            case HEX -> HexText.append(out, digest, 0, digestLength);
            default -> Base64Text.append(out, digest, 0, digestLength);
        }
    }
}
