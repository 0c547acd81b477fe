package io.countersign.venues.text;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.wire.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends text to a buffer outside the heap and never beyond its end. Free of allocation after construction; not
 * thread-safe.
 */
public final class TextWriter
{
    /** Everything so far was written. */
    public static final int NO_FAULT = Reason.NONE.value();

    /** Something cannot be written: {@link Reason#FIELD_INVALID}. */
    public static final int INVALID = Reason.FIELD_INVALID.value();

    /** Something did not fit: {@link Reason#REQUEST_TOO_LONG}. */
    public static final int TOO_LONG = Reason.REQUEST_TOO_LONG.value();

    /** 20 characters hold every long. */
    private static final int MAX_LONG_LENGTH = 20;

    private final UnsafeBuffer buffer;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[DecimalText.MAX_LENGTH]);
    private int length;
    private int fault = NO_FAULT;

    /**
     * A writer that is empty.
     *
     * @param capacity most bytes that it takes.
     */
    public TextWriter(final int capacity)
    {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    /**
     * Forget text and fault.
     *
     * @return this.
     */
    public TextWriter reset()
    {
        length = 0;
        fault = NO_FAULT;
        return this;
    }

    /**
     * The first reason for which something was not written.
     *
     * @return {@link #NO_FAULT}, {@link #INVALID} or {@link #TOO_LONG}: values of {@link Reason}.
     */
    public int fault()
    {
        return fault;
    }

    /**
     * Refuse: what was to be written next cannot be written.
     *
     * @return this.
     */
    public TextWriter invalid()
    {
        return fail(INVALID);
    }

    /**
     * Where the text lies, from index 0.
     *
     * @return the buffer.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the text begins: always 0.
     *
     * @return index in {@link #buffer()}.
     */
    public int offset()
    {
        return 0;
    }

    /**
     * How much was written.
     *
     * @return length of the text in bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * Append one byte.
     *
     * @param value to append.
     * @return this.
     */
    public TextWriter put(final byte value)
    {
        if (takes(1))
        {
            buffer.putByte(length++, value);
        }
        return this;
    }

    /**
     * Append bytes as they are.
     *
     * @param bytes that this program chose: nothing is encoded.
     * @return this.
     */
    public TextWriter put(final byte[] bytes)
    {
        if (takes(bytes.length))
        {
            buffer.putBytes(length, bytes);
            length += bytes.length;
        }
        return this;
    }

    /**
     * Append some of an array's bytes as they are.
     *
     * @param bytes  that this program chose: nothing is encoded.
     * @param offset of the first.
     * @param count  how many.
     * @return this.
     */
    public TextWriter put(final byte[] bytes, final int offset, final int count)
    {
        if (takes(count))
        {
            buffer.putBytes(length, bytes, offset, count);
            length += count;
        }
        return this;
    }

    /**
     * Append what another writer holds; its fault, if it has one, becomes that of this.
     *
     * @param other to read.
     * @return this.
     */
    public TextWriter put(final TextWriter other)
    {
        return other.fault == NO_FAULT ? put(other.buffer, 0, other.length) : fail(other.fault);
    }

    /**
     * Forget the end of the text; a fault stays.
     *
     * @param newLength no longer than the text is.
     * @return this.
     */
    public TextWriter truncate(final int newLength)
    {
        length = Math.min(length, newLength);
        return this;
    }

    /**
     * Append bytes as they are.
     *
     * @param source       that holds bytes which this program chose: nothing is encoded.
     * @param offset       of the first.
     * @param sourceLength how many.
     * @return this.
     */
    public TextWriter put(final DirectBuffer source, final int offset, final int sourceLength)
    {
        if (takes(sourceLength))
        {
            buffer.putBytes(length, source, offset, sourceLength);
            length += sourceLength;
        }
        return this;
    }

    /**
     * Append an integer.
     *
     * @param value to append.
     * @return this.
     */
    public TextWriter putLong(final long value)
    {
        if (fault != NO_FAULT)
        {
            return this;
        }
        if (MAX_LONG_LENGTH <= buffer.capacity() - length)
        {
            length += buffer.putLongAscii(length, value);
            return this;
        }
        return put(scratch, 0, scratch.putLongAscii(0, value));
    }

    /**
     * Append a decimal number without exponent, trailing zeros kept.
     *
     * @param mantissa of the number.
     * @param exponent of ten; outside -18 to 18 the writer fails with {@link #INVALID}.
     * @return this.
     */
    public TextWriter putDecimal(final long mantissa, final int exponent)
    {
        if (fault != NO_FAULT)
        {
            return this;
        }
        final boolean roomy = DecimalText.MAX_LENGTH <= buffer.capacity() - length;
        final int written = roomy ?
            DecimalText.write(mantissa, exponent, buffer, length) :
            DecimalText.write(mantissa, exponent, scratch, 0);
        if (written == 0)
        {
            return fail(INVALID);
        }
        if (!roomy)
        {
            return put(scratch, 0, written);
        }
        length += written;
        return this;
    }

    /**
     * The text, for people: allocates.
     *
     * @return the text so far.
     */
    @Override
    public String toString()
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean takes(final int count)
    {
        if (fault != NO_FAULT)
        {
            return false;
        }
        if (count > buffer.capacity() - length)
        {
            fault = TOO_LONG;
            return false;
        }
        return true;
    }

    private TextWriter fail(final int reason)
    {
        if (fault == NO_FAULT)
        {
            fault = reason;
        }
        return this;
    }
}
