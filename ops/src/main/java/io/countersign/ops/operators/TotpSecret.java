package io.countersign.ops.operators;

import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads the secret of one-time codes from a file that only its owner can read: the {@code otpauth} link that
 * {@code countersign operators totp} prints, or its secret alone in base 32 (RFC 4648).
 */
final class TotpSecret
{
    private static final int MAX_LENGTH = 1_024;
    private static final int BASE32_BITS = 5;
    private static final String SCHEME = "otpauth://totp/";
    private static final Set<String> DEFAULTS = Set.of("algorithm=SHA1", "digits=6", "period=30");

    private TotpSecret()
    {
    }

    /** The secret, for the caller to zero. */
    static byte[] read(final Path file)
    {
        final byte[] content = OwnerFile.read(file, "one-time code file", MAX_LENGTH);
        byte[] secret = null;
        try
        {
            secret = parse(content);
            if (null == secret || TimeBasedCode.SECRET_LENGTH != secret.length)
            {
                throw new CommandException("the one-time code file " + file + " holds neither an otpauth:// link of " +
                    "6 digits, 30 seconds and SHA-1 nor its secret in base 32: put there what 'countersign operators " +
                    "totp' prints");
            }
            return secret.clone();
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
            if (null != secret)
            {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    private static byte[] parse(final byte[] content)
    {
        int start = 0;
        int end = content.length;
        while (0 < end && content[end - 1] <= ' ')
        {
            end--;
        }
        if (startsWith(content, 0, end, SCHEME))
        {
            int field = indexOf(content, 0, end, '?') + 1;
            int secretStart = -1;
            int secretEnd = -1;
            while (0 < field && field < end)
            {
                final int next = indexOf(content, field, end, '&');
                final int fieldEnd = next < 0 ? end : next;
                if (startsWith(content, field, fieldEnd, "secret="))
                {
                    secretStart = field + "secret=".length();
                    secretEnd = fieldEnd;
                }
                else if (!isDefault(content, field, fieldEnd))
                {
                    return null;
                }
                field = fieldEnd + 1;
            }
            start = secretStart;
            end = secretEnd;
        }
        return start < 0 ? null : base32(content, start, end);
    }

    /** Whether a field says nothing that is otherwise than what the gateway computes. */
    private static boolean isDefault(final byte[] content, final int start, final int end)
    {
        final String field = new String(content, start, end - start, StandardCharsets.US_ASCII);
        return DEFAULTS.contains(field) ||
            DEFAULTS.stream().noneMatch((one) -> field.startsWith(one.substring(0, one.indexOf('=') + 1)));
    }

    private static byte[] base32(final byte[] text, final int start, final int end)
    {
        final byte[] bytes = new byte[(end - start) * BASE32_BITS / Byte.SIZE];
        int length = 0;
        int held = 0;
        int bits = 0;
        for (int i = start; i < end && '=' != text[i]; i++)
        {
            final int character = Character.toUpperCase(text[i]);
            final int value = 'A' <= character && character <= 'Z' ? character - 'A' :
                '2' <= character && character <= '7' ? character - '2' + 26 : -1;
            if (value < 0)
            {
                Arrays.fill(bytes, (byte) 0);
                return null;
            }
            held = held << BASE32_BITS | value;
            bits += BASE32_BITS;
            if (bits >= Byte.SIZE)
            {
                bits -= Byte.SIZE;
                bytes[length++] = (byte) (held >>> bits);
            }
            held &= (1 << bits) - 1;
        }
        final byte[] exact = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        return exact;
    }

    private static boolean startsWith(final byte[] text, final int start, final int end, final String head)
    {
        final byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        return bytes.length <= end - start &&
            Arrays.equals(text, start, start + bytes.length, bytes, 0, bytes.length);
    }

    private static int indexOf(final byte[] text, final int start, final int end, final int character)
    {
        for (int i = start; i < end; i++)
        {
            if (character == text[i])
            {
                return i;
            }
        }
        return -1;
    }
}
