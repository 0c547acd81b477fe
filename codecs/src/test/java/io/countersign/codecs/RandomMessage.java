package io.countersign.codecs;

import static io.countersign.codecs.GeneratedCode.bytesMethod;
import static io.countersign.codecs.GeneratedCode.capitalised;
import static io.countersign.codecs.GeneratedCode.classOf;
import static io.countersign.codecs.GeneratedCode.created;
import static io.countersign.codecs.GeneratedCode.field;
import static io.countersign.codecs.GeneratedCode.invoke;
import static io.countersign.codecs.GeneratedCode.method;
import static io.countersign.codecs.GeneratedCode.named;
import static io.countersign.codecs.GeneratedCode.oneArgument;
import static io.countersign.codecs.GeneratedCode.stripped;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One message type of a schema, filled at random through its generated encoder and read back through its decoder. Works
 * on whatever fields the generated classes have, so a field that is added to a schema is tested without a word.
 */
final class RandomMessage
{
    static final int HEADER_LENGTH = 8;

    private final Class<?> encoderClass;
    private final Class<?> decoderClass;
    private final Random random;
    private final List<String> fields = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Integer> textPositions = new LinkedHashMap<>();

    RandomMessage(final String schema, final String name, final Random random)
    {
        final String prefix = "io.countersign.codecs." + schema + "." + name;
        this.encoderClass = classOf(prefix + "Encoder");
        this.decoderClass = classOf(prefix + "Decoder");
        this.random = random;
        for (final Method method : decoderClass.getDeclaredMethods())
        {
            final String field = stripped(method.getName(), "HeaderLength");
            if (field != null)
            {
                texts.add(field);
            }
            final String fixed = stripped(method.getName(), "EncodingOffset");
            if (fixed != null)
            {
                fields.add(fixed);
            }
        }
        final Comparator<String> bySchema = Comparator.comparingInt((field) -> constant(field, "Id"));
        texts.sort(bySchema);
        fields.sort(bySchema);
    }

    int templateId()
    {
        return (int) field(decoderClass, "TEMPLATE_ID");
    }

    int blockLength()
    {
        return (int) field(decoderClass, "BLOCK_LENGTH");
    }

    List<String> fields()
    {
        return fields;
    }

    List<String> texts()
    {
        return texts;
    }

    Map<String, Integer> textPositions()
    {
        return textPositions;
    }

    int encodingOffset(final String field)
    {
        return constant(field, "EncodingOffset");
    }

    int headerLength(final String text)
    {
        return constant(text, "HeaderLength");
    }

    boolean isEnum(final String field)
    {
        return !isArray(field) && method(decoderClass, field).getReturnType().isEnum();
    }

    boolean isDecimal(final String field)
    {
        return !isArray(field) &&
            method(decoderClass, field).getReturnType().getSimpleName().equals("DecimalDecoder");
    }

    /** Whether a field is bytes of a fixed length, which no accessor returns as one value. */
    boolean isArray(final String field)
    {
        for (final Method method : decoderClass.getMethods())
        {
            if (method.getName().equals(field) && 0 == method.getParameterCount())
            {
                return false;
            }
        }
        return true;
    }

    /** Whether frames of this message end with a tag, behind what the schema describes. */
    boolean hasTag()
    {
        return encoderClass.getPackageName().endsWith(".wire") &&
            !List.of("Connect", "Prove", "Challenge", "SessionRejected")
                .contains(encoderClass.getSimpleName().replace("Encoder", ""));
    }

    boolean isOptional(final String field)
    {
        final Method presence = oneArgument(decoderClass, field + "MetaAttribute");
        final Object attribute = presence.getParameterTypes()[0].getEnumConstants()[3];
        assertEquals("PRESENCE", attribute.toString());
        return "optional".equals(invoke(presence, null, attribute));
    }

    Class<?> enumOf(final String field)
    {
        return method(decoderClass, field).getReturnType();
    }

    /** Writes header and message, groups empty, and returns the length of the frame. */
    int encode(final MutableDirectBuffer buffer, final int offset, final int maxTextLength)
    {
        return encode(buffer, offset, maxTextLength, null, 0);
    }

    /** The same with one text of a given length. */
    int encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int maxTextLength,
        final String longText,
        final int longTextLength)
    {
        values.clear();
        textPositions.clear();
        final Object encoder = created(encoderClass);
        final Method wrap = named(encoderClass, "wrapAndApplyHeader");
        invoke(wrap, encoder, buffer, offset, created(wrap.getParameterTypes()[2]));
        for (final String field : fields)
        {
            encodeField(encoder, field);
        }
        for (final Method group : encoderClass.getMethods())
        {
            if (group.getName().endsWith("Count"))
            {
                invoke(group, encoder, 0);
            }
        }
        for (final String text : texts)
        {
            final byte[] bytes = new byte[text.equals(longText) ? longTextLength : textLength(maxTextLength)];
            random.nextBytes(bytes);
            values.put(text, bytes);
            textPositions.put(text, (int) invoke(method(encoderClass, "limit"), encoder));
            invoke(put(text), encoder, bytes, 0, bytes.length);
        }
        return HEADER_LENGTH + (int) invoke(method(encoderClass, "encodedLength"), encoder);
    }

    /** Reads the frame back and compares every field. */
    void verify(final DirectBuffer buffer, final int offset, final Seed seed)
    {
        final Object decoder = wrapped(buffer, offset);
        for (final String field : fields)
        {
            if (isArray(field))
            {
                final byte[] bytes = new byte[constant(field, "Length")];
                invoke(get(field), decoder, bytes, 0, bytes.length);
                assertArrayEquals((byte[]) values.get(field), bytes, () -> field + seed);
                continue;
            }
            final Object value = invoke(method(decoderClass, field), decoder);
            if (isDecimal(field))
            {
                final long[] expected = (long[]) values.get(field);
                assertEquals(expected[0], invoke(method(value.getClass(), "mantissa"), value), () -> field + seed);
                assertEquals((byte) expected[1], invoke(method(value.getClass(), "exponent"), value),
                    () -> field + seed);
            }
            else
            {
                assertEquals(values.get(field), value, () -> field + seed);
            }
        }
        for (final String text : texts)
        {
            final byte[] expected = (byte[]) values.get(text);
            final byte[] bytes = new byte[(int) invoke(method(decoderClass, text + "Length"), decoder)];
            invoke(get(text), decoder, bytes, 0, bytes.length);
            assertArrayEquals(expected, bytes, () -> text + seed);
        }
    }

    /** Length of the frame as the generated decoder walks it. */
    int decodedLength(final DirectBuffer buffer, final int offset)
    {
        return HEADER_LENGTH + (int) invoke(method(decoderClass, "sbeDecodedLength"), wrapped(buffer, offset));
    }

    private Object wrapped(final DirectBuffer buffer, final int offset)
    {
        final Object decoder = created(decoderClass);
        final Method wrap = named(decoderClass, "wrapAndApplyHeader");
        return invoke(wrap, decoder, buffer, offset, created(wrap.getParameterTypes()[2]));
    }

    private void encodeField(final Object encoder, final String field)
    {
        if (isDecimal(field))
        {
            final long mantissa = random.nextInt(4) == 0 ? Long.MIN_VALUE : number(Long.MIN_VALUE, Long.MAX_VALUE);
            final int exponent = (int) number(-18, 18);
            final Object decimal = invoke(method(encoderClass, field), encoder);
            invoke(oneArgument(decimal.getClass(), "mantissa"), decimal, mantissa);
            invoke(oneArgument(decimal.getClass(), "exponent"), decimal, (byte) exponent);
            values.put(field, new long[]{mantissa, exponent});
            return;
        }
        if (isArray(field))
        {
            final byte[] bytes = new byte[constant(field, "Length")];
            random.nextBytes(bytes);
            invoke(put(field), encoder, bytes, 0, bytes.length);
            values.put(field, bytes);
            return;
        }
        final Object value = isEnum(field) ? enumValue(field) : primitive(field);
        invoke(oneArgument(encoderClass, field), encoder, value);
        values.put(field, value);
    }

    private Object enumValue(final String field)
    {
        // The last two constants of a generated enumeration are SBE_UNKNOWN and NULL_VAL.
        final Object[] constants = enumOf(field).getEnumConstants();
        final int listed = constants.length - 2;
        return isOptional(field) && random.nextInt(3) == 0 ?
            constants[listed + 1] : constants[random.nextInt(listed)];
    }

    private Object primitive(final String field)
    {
        final Class<?> type = method(decoderClass, field).getReturnType();
        final long min = ((Number) invoke(method(decoderClass, field + "MinValue"), null)).longValue();
        final long max = ((Number) invoke(method(decoderClass, field + "MaxValue"), null)).longValue();
        final long value = number(min, max);
        if (type == long.class)
        {
            return value;
        }
        return type == int.class ? (Object) (int) value : (Object) (short) value;
    }

    private long number(final long min, final long max)
    {
        switch (random.nextInt(6))
        {
            case 0:
                return min;
            case 1:
                return max;
            case 2:
                return Math.max(min, 0);
            case 3:
                return Math.max(min, Math.min(max, 1));
            default:
                final long value = random.nextLong();
                return min == Long.MIN_VALUE || min == Long.MIN_VALUE + 1 ?
                    Math.max(value, min) : min + Math.floorMod(value, max - min + 1);
        }
    }

    private int textLength(final int max)
    {
        switch (random.nextInt(4))
        {
            case 0:
                return 0;
            case 1:
                return max;
            default:
                return random.nextInt(max + 1);
        }
    }

    private Method put(final String text)
    {
        return bytesMethod(encoderClass, "put" + capitalised(text));
    }

    private Method get(final String text)
    {
        return bytesMethod(decoderClass, "get" + capitalised(text));
    }

    private int constant(final String field, final String suffix)
    {
        return (int) invoke(method(decoderClass, field + suffix), null);
    }
}
