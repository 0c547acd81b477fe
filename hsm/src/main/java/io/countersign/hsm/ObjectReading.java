package io.countersign.hsm;

import static java.nio.ByteOrder.nativeOrder;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_KEY_TYPE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_BUFFER_TOO_SMALL;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads several attributes of an object by one call, or each by a call of its own when the object lacks or hides any.
 * One thread at a time.
 * <p>
 * Off-heap memory: a {@code CK_ATTRIBUTE} for each type (type, address, length: 24 bytes), then room for each value.
 */
final class ObjectReading
{
    /** Longer values than any of a key that can be signed with here: a modulus of 8,192 bits. */
    private static final int VALUE_LENGTH = 1024;
    private static final int ATTRIBUTE_LENGTH = 24;
    private static final int ADDRESS_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;

    private final TokenSession session;
    private final long[] types;
    private final UnsafeBuffer memory;

    /**
     * For objects that a session sees.
     *
     * @param session with the user logged in.
     * @param types   {@code CKA_} values.
     */
    ObjectReading(final TokenSession session, final long... types)
    {
        this.session = session;
        this.types = types.clone();
        memory = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(types.length * (ATTRIBUTE_LENGTH + VALUE_LENGTH), Long.BYTES));
    }

    /**
     * Read an object.
     *
     * @param object handle.
     * @return each attribute as bytes, in the order of the types; null where the object lacks or hides it.
     * @throws TokenException when the token does not answer.
     */
    byte[][] read(final long object) throws TokenException
    {
        final byte[][] values = new byte[types.length][];
        if (isRead(object, 0, types.length))
        {
            for (int i = 0; i < types.length; i++)
            {
                values[i] = value(i);
            }
        }
        else
        {
            for (int i = 0; i < types.length; i++)
            {
                values[i] = isRead(object, i, i + 1) ? value(i) : null;
            }
        }

        return values;
    }

    /**
     * A value that is a {@code CK_BBOOL}.
     *
     * @param value of an attribute; may be null.
     * @return null when it is none.
     */
    static Boolean flag(final byte[] value)
    {
        return null != value && 1 == value.length ? 0 != value[0] : null;
    }

    /**
     * A value that is an array of {@code CK_ULONG}.
     *
     * @param value of an attribute; may be null.
     * @return its numbers; none when there are none.
     */
    static long[] numbers(final byte[] value)
    {
        final long[] numbers = new long[null == value ? 0 : value.length / Long.BYTES];
        for (int i = 0; i < numbers.length; i++)
        {
            numbers[i] = new UnsafeBuffer(value).getLong(i * Long.BYTES, nativeOrder());
        }

        return numbers;
    }

    /** Of the attributes from one index to below another: false when the object does not give all of them. */
    private boolean isRead(final long object, final int from, final int to) throws TokenException
    {
        for (int i = from; i < to; i++)
        {
            final int offset = i * ATTRIBUTE_LENGTH;
            memory.putLong(offset, types[i], nativeOrder());
            memory.putLong(offset + ADDRESS_OFFSET, memory.addressOffset() + valueOffset(i), nativeOrder());
            memory.putLong(offset + LENGTH_OFFSET, room(types[i]), nativeOrder());
        }

        final long returnValue = session.functions().getAttributeValue(
            session.handle(), object, memory.addressOffset() + (long) from * ATTRIBUTE_LENGTH, to - from);
        if (ReturnValue.OK != returnValue && !isOfSingleAttributes(returnValue))
        {
            throw TokenSession.failure(session.token(), "C_GetAttributeValue", returnValue);
        }

        return ReturnValue.OK == returnValue;
    }

    private byte[] value(final int index)
    {
        final byte[] value =
            new byte[(int) memory.getLong(index * ATTRIBUTE_LENGTH + LENGTH_OFFSET, nativeOrder())];
        memory.getBytes(valueOffset(index), value);
        return value;
    }

    /** A number is given all the room that it needs and no more: NSS would give 4 bytes of it otherwise. */
    private static int room(final long type)
    {
        return CKA_KEY_TYPE == type ? Long.BYTES : VALUE_LENGTH;
    }

    private int valueOffset(final int index)
    {
        return types.length * ATTRIBUTE_LENGTH + index * VALUE_LENGTH;
    }

    private static boolean isOfSingleAttributes(final long returnValue)
    {
        return CKR_ATTRIBUTE_SENSITIVE == returnValue ||
            CKR_ATTRIBUTE_TYPE_INVALID == returnValue ||
            CKR_BUFFER_TOO_SMALL == returnValue;
    }
}
