package io.countersign.ops.audit;

import io.countersign.codecs.DecimalText;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Text on its way out, as UTF-8 in one array that is used again.
 */
final class LineBuffer
{
    private static final int INITIAL_CAPACITY = 1 << 17;
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long PLAIN = ' ' * ONES;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes;
    private int length;

    LineBuffer()
    {
        bytes = new byte[INITIAL_CAPACITY];
        view.wrap(bytes);
    }

    int length()
    {
        return length;
    }

    /** Forget everything behind a length. */
    void cut(final int newLength)
    {
        length = newLength;
    }

    byte byteAt(final int index)
    {
        return bytes[index];
    }

    LineBuffer append(final char ascii)
    {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** ASCII only. */
    LineBuffer append(final String ascii)
    {
        ensure(ascii.length());
        copy(ascii);
        return this;
    }

    /** The name of a JSON field, with its colon. */
    LineBuffer appendName(final String ascii)
    {
        ensure(ascii.length() + 3);
        bytes[length++] = '"';
        copy(ascii);
        bytes[length++] = '"';
        bytes[length++] = ':';
        return this;
    }

    /** Only what is printable ASCII without quotation mark and backslash; false, and nothing is appended, else. */
    boolean appendPlain(final Span text)
    {
        // Room for the last word, which is read whole.
        ensure(text.length() + Long.BYTES);
        text.buffer().getBytes(text.offset(), bytes, length, text.length());
        final int end = length + text.length();
        view.putLong(end, PLAIN);
        for (int i = length; i < end; i += Long.BYTES)
        {
            if (!isPlain(view.getLong(i)))
            {
                return false;
            }
        }
        length = end;
        return true;
    }

    LineBuffer append(final long number)
    {
        ensure(MAX_NUMBER_LENGTH);
        length += view.putLongAscii(length, number);
        return this;
    }

    LineBuffer append(final DirectBuffer from, final int offset, final int count)
    {
        ensure(count);
        from.getBytes(offset, bytes, length, count);
        length += count;
        return this;
    }

    LineBuffer append(final LineBuffer from, final int offset, final int count)
    {
        ensure(count);
        System.arraycopy(from.bytes, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Any text. */
    LineBuffer appendUtf8(final CharSequence text)
    {
        final byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    LineBuffer appendDecimal(final long mantissa, final int exponent)
    {
        ensure(DecimalText.MAX_LENGTH);
        length += DecimalText.write(mantissa, exponent, view, length);
        return this;
    }

    /** With zeros in front. */
    LineBuffer appendDigits(final int number, final int digits)
    {
        ensure(digits);
        int rest = number;
        for (int i = length + digits - 1; i >= length; i--)
        {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** With blanks in front. */
    LineBuffer appendPadded(final long number, final int width)
    {
        final int start = length;
        append(number);
        final int blanks = width - (length - start);
        if (blanks > 0)
        {
            ensure(blanks);
            System.arraycopy(bytes, start, bytes, start + blanks, length - start);
            Arrays.fill(bytes, start, start + blanks, (byte) ' ');
            length += blanks;
        }
        return this;
    }

    /** With blanks behind it. */
    LineBuffer appendPadded(final String ascii, final int width)
    {
        append(ascii);
        for (int i = ascii.length(); i < width; i++)
        {
            append(' ');
        }
        return this;
    }

    /** Four bytes at a time: most of a record's line are its frame and its signature. */
    LineBuffer appendHex(final DirectBuffer from, final int offset, final int count)
    {
        ensure(2 * count + Long.BYTES);
        int i = offset;
        for (final int end = offset + count - Integer.BYTES; i <= end; i += Integer.BYTES)
        {
            view.putLong(length, hexOf(from.getInt(i, ByteOrder.LITTLE_ENDIAN)), ByteOrder.LITTLE_ENDIAN);
            length += 2 * Integer.BYTES;
        }
        for (; i < offset + count; i++)
        {
            final byte value = from.getByte(i);
            bytes[length++] = HEX[value >> 4 & 0xF];
            bytes[length++] = HEX[value & 0xF];
        }
        return this;
    }

    LineBuffer appendHex(final byte[] from)
    {
        ensure(2 * from.length);
        for (final byte value : from)
        {
            bytes[length++] = HEX[value >> 4 & 0xF];
            bytes[length++] = HEX[value & 0xF];
        }
        return this;
    }

    LineBuffer appendHexDigits(final long number)
    {
        ensure(2 * Long.BYTES);
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4)
        {
            bytes[length++] = HEX[(int) (number >> shift) & 0xF];
        }
        return this;
    }

    LineBuffer appendBase64(final byte[] from)
    {
        final byte[] base64 = Base64.getEncoder().encode(from);
        ensure(base64.length);
        System.arraycopy(base64, 0, bytes, length, base64.length);
        length += base64.length;
        return this;
    }

    void writeTo(final OutputStream out) throws IOException
    {
        out.write(bytes, 0, length);
    }

    @Override
    public String toString()
    {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Eight characters for four bytes, the first in the lowest byte. */
    private static long hexOf(final int fourBytes)
    {
        long spread = fourBytes & 0xFFFF_FFFFL;
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFFL;
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FFL;
        final long nibbles = spread >>> 4 & 0x000F_000F_000F_000FL | (spread & 0x000F_000F_000F_000FL) << 8;
        final long letters = nibbles + 6 * ONES >>> 4 & ONES;
        return nibbles + '0' * ONES + letters * ('a' - '0' - 10);
    }

    private static boolean isPlain(final long eight)
    {
        final long special = eight | eight - ' ' * ONES | zeros(eight ^ '"' * ONES) |
            zeros(eight ^ '\\' * ONES) | zeros(eight ^ 0x7F * ONES);
        return 0 == (special & HIGH_BITS);
    }

    /** The highest bit of each byte that is 0, and perhaps of others above one. */
    private static long zeros(final long eight)
    {
        return eight - ONES & ~eight;
    }

    /** The deprecated call is the one that copies ASCII without an array in between. */
    @SuppressWarnings("deprecation")
    private void copy(final String ascii)
    {
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
    }

    private void ensure(final int more)
    {
        if (bytes.length - length < more)
        {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            view.wrap(bytes);
        }
    }
}
