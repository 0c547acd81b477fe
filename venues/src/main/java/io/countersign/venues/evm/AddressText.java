package io.countersign.venues.evm;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The address of an account as text: {@code 0x} and 40 hexadecimal digits. Letters are either all small or mixed as the
 * checksum of EIP-55 has it; the form with small letters is the canonical one. Reusable, free of allocation after
 * construction; not thread-safe.
 */
public final class AddressText
{
    /** Length of the text in bytes. */
    public static final int LENGTH = 42;

    private static final int PREFIX_LENGTH = 2;
    private static final int DIGITS_LENGTH = LENGTH - PREFIX_LENGTH;
    private static final int NO_DIGIT = -1;
    private static final int FIRST_CAPITAL_NIBBLE = 8;
    private static final byte TO_SMALL = 'a' - 'A';

    private final Keccak256 keccak = new Keccak256();
    private final UnsafeBuffer hash = new UnsafeBuffer(new byte[Keccak256.DIGEST_LENGTH]);

    /** Reads addresses. */
    public AddressText()
    {
        // Nothing but the fields.
    }

    /**
     * Writes the canonical form of an address.
     *
     * @param text   that may be one.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param out    that takes {@link #LENGTH} bytes from index 0.
     * @return whether it is one; if not, what is in {@code out} is nothing of use.
     */
    public boolean canonical(
        final DirectBuffer text, final int offset, final int length, final MutableDirectBuffer out)
    {
        if (length != LENGTH || text.getByte(offset) != '0' || text.getByte(offset + 1) != 'x')
        {
            return false;
        }
        out.putByte(0, (byte) '0');
        out.putByte(1, (byte) 'x');
        boolean hasCapital = false;
        for (int i = PREFIX_LENGTH; i < LENGTH; i++)
        {
            final byte value = text.getByte(offset + i);
            final boolean isCapital = value >= 'A' && value <= 'F';
            final byte small = (byte) (isCapital ? value + TO_SMALL : value);
            if (digit(small) == NO_DIGIT)
            {
                return false;
            }
            hasCapital |= isCapital;
            out.putByte(i, small);
        }
        return !hasCapital || hasChecksum(text, offset, out);
    }

    /**
     * Writes the bytes of an address.
     *
     * @param text   in canonical form.
     * @param offset of its first byte.
     * @param out    that takes {@link Secp256k1Key#ADDRESS_LENGTH} bytes.
     * @param index  of the first.
     */
    public static void bytes(
        final DirectBuffer text, final int offset, final MutableDirectBuffer out, final int index)
    {
        for (int i = 0; i < Secp256k1Key.ADDRESS_LENGTH; i++)
        {
            final int at = offset + PREFIX_LENGTH + 2 * i;
            out.putByte(index + i, (byte) (digit(text.getByte(at)) << 4 | digit(text.getByte(at + 1))));
        }
    }

    /** A letter is a capital where the hash of the small digits has a nibble of 8 or more. */
    private boolean hasChecksum(final DirectBuffer text, final int offset, final DirectBuffer canonical)
    {
        keccak.reset().update(canonical, PREFIX_LENGTH, DIGITS_LENGTH).digest(hash, 0);
        for (int i = 0; i < DIGITS_LENGTH; i++)
        {
            final byte small = canonical.getByte(PREFIX_LENGTH + i);
            final int nibble = hash.getByte(i >> 1) >> ((i & 1) == 0 ? 4 : 0) & 0xF;
            final boolean isCapital = text.getByte(offset + PREFIX_LENGTH + i) != small;
            if (small >= 'a' && isCapital != nibble >= FIRST_CAPITAL_NIBBLE)
            {
                return false;
            }
        }
        return true;
    }

    private static int digit(final byte value)
    {
        return value >= '0' && value <= '9' ? value - '0' :
            value >= 'a' && value <= 'f' ? value - 'a' + 10 : NO_DIGIT;
    }
}
