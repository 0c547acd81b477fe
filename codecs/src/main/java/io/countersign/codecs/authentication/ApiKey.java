package io.countersign.codecs.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A bot's API key: 32 secret bytes and their version, and the text form in which it is handed out once.
 *
 * <pre>
 *   csk1_  0000HS5...   x9Jw2k      60 ASCII characters: csk1_[0-9A-Za-z]{55}
 *   |      |            |
 *   |      |            6 characters of base 62: CRC-32 of the 54 characters before it
 *   |      49 characters of base 62: version int32 and the 32 bytes as one number of 36 bytes, big endian
 *   fixed, so that whoever scans repositories and logs for secrets finds it
 * </pre>
 * Digits of base 62 are 0-9, A-Z, a-z in this order, the most significant first. No String ever holds the text here:
 * nobody could zero it.
 */
public final class ApiKey implements AutoCloseable
{
    /** Length of the secret in bytes. */
    public static final int SECRET_LENGTH = 32;

    /** Length of the text form in bytes. */
    public static final int TEXT_LENGTH = 60;

    private static final byte[] PREFIX = "csk1_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGITS =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int NUMBER_LENGTH = Integer.BYTES + SECRET_LENGTH;
    private static final int NUMBER_DIGITS = 49;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int CHECKED_LENGTH = TEXT_LENGTH - CHECKSUM_DIGITS;

    private final int version;
    private final byte[] secret;

    /**
     * Construct from its parts.
     *
     * @param version 1 or more.
     * @param secret  {@link #SECRET_LENGTH} bytes, not copied: zeroed by {@link #close()}.
     */
    public ApiKey(final int version, final byte[] secret)
    {
        if (version < 1 || SECRET_LENGTH != secret.length)
        {
            throw new IllegalArgumentException("an API key has a version of 1 or more and 32 bytes");
        }
        this.version = version;
        this.secret = secret;
    }

    /**
     * Read the text form.
     *
     * @param text exactly the text form, not changed.
     * @return the API key, or null when the text is none or its checksum does not fit.
     */
    public static ApiKey parse(final byte[] text)
    {
        if (TEXT_LENGTH != text.length || !Arrays.equals(PREFIX, 0, PREFIX.length, text, 0, PREFIX.length))
        {
            return null;
        }
        final byte[] number = new byte[NUMBER_LENGTH];
        final byte[] checksum = new byte[CHECKSUM_DIGITS];
        try
        {
            writeDigits(ByteBuffer.allocate(Integer.BYTES).putInt(crc32(text)).array(), checksum, 0, CHECKSUM_DIGITS);
            if (!Arrays.equals(checksum, 0, CHECKSUM_DIGITS, text, CHECKED_LENGTH, TEXT_LENGTH) ||
                !readDigits(text, PREFIX.length, NUMBER_DIGITS, number))
            {
                return null;
            }
            final int version = ByteBuffer.wrap(number).getInt();
            return version < 1 ? null : new ApiKey(version, Arrays.copyOfRange(number, Integer.BYTES, NUMBER_LENGTH));
        }
        finally
        {
            Arrays.fill(number, (byte) 0);
        }
    }

    /**
     * The version.
     *
     * @return 1 or more.
     */
    public int version()
    {
        return version;
    }

    /**
     * The secret.
     *
     * @return not a copy.
     */
    public byte[] secret()
    {
        return secret;
    }

    /**
     * Write the text form.
     *
     * @return {@link #TEXT_LENGTH} ASCII bytes, which the caller zeroes after use.
     */
    public byte[] text()
    {
        final byte[] text = new byte[TEXT_LENGTH];
        final byte[] number = ByteBuffer.allocate(NUMBER_LENGTH).putInt(version).put(secret).array();
        System.arraycopy(PREFIX, 0, text, 0, PREFIX.length);
        writeDigits(number, text, PREFIX.length, NUMBER_DIGITS);
        writeDigits(
            ByteBuffer.allocate(Integer.BYTES).putInt(crc32(text)).array(), text, CHECKED_LENGTH, CHECKSUM_DIGITS);
        return text;
    }

    /**
     * Zero the secret.
     */
    @Override
    public void close()
    {
        Arrays.fill(secret, (byte) 0);
    }

    private static int crc32(final byte[] text)
    {
        final CRC32 crc32 = new CRC32();
        crc32.update(text, 0, CHECKED_LENGTH);
        return (int) crc32.getValue();
    }

    /** Long division by 62, digit by digit from the least significant; leaves the number zero. */
    private static void writeDigits(final byte[] number, final byte[] text, final int offset, final int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            int remainder = 0;
            for (int j = 0; j < number.length; j++)
            {
                final int dividend = remainder << Byte.SIZE | number[j] & 0xFF;
                number[j] = (byte) (dividend / DIGITS.length);
                remainder = dividend % DIGITS.length;
            }
            text[offset + i] = DIGITS[remainder];
        }
    }

    private static boolean readDigits(final byte[] text, final int offset, final int count, final byte[] number)
    {
        for (int i = 0; i < count; i++)
        {
            int carry = digit(text[offset + i]);
            if (carry < 0)
            {
                return false;
            }
            for (int j = number.length - 1; j >= 0; j--)
            {
                final int value = (number[j] & 0xFF) * DIGITS.length + carry;
                number[j] = (byte) value;
                carry = value >>> Byte.SIZE;
            }
            if (0 != carry)
            {
                return false;
            }
        }
        return true;
    }

    private static int digit(final byte character)
    {
        if ('0' <= character && character <= '9')
        {
            return character - '0';
        }
        if ('A' <= character && character <= 'Z')
        {
            return character - 'A' + 10;
        }
        return 'a' <= character && character <= 'z' ? character - 'a' + 36 : -1;
    }
}
