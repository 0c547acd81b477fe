package io.countersign.ops.keys;

import io.countersign.gateway.config.FileErrors;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads secrets. What is returned is the caller's to zero; what else was read is zeroed here. Nothing of a secret is
 * ever in a message or a String.
 */
final class SecretInput
{
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_LENGTH = 64 * 1024;
    private static final byte DER_SEQUENCE = 0x30;

    private SecretInput()
    {
    }

    /**
     * How a secret is written in its file.
     */
    enum Encoding
    {
        /** Its bytes are the secret: UTF-8 without control characters. */
        text,
        /** Hexadecimal digits. */
        hex,
        /** Base64. */
        base64
    }

    /**
     * How a private key is written in its file.
     */
    enum KeyEncoding
    {
        /** PKCS#8, as DER or base64. */
        pkcs8,
        /** The number of a key on a curve: 64 hexadecimal digits. */
        hex
    }

    static byte[] secret(final Path file, final Encoding encoding)
    {
        final byte[] bytes = read(file);
        byte[] trimmed = null;
        try
        {
            trimmed = Arrays.copyOf(bytes, lengthWithoutLineEnd(bytes));
            final byte[] secret = switch (encoding)
            {
                case text -> text(trimmed, file);
                case hex -> hex(trimmed);
                case base64 -> base64(trimmed);
            };
            if (0 == secret.length)
            {
                throw new CommandException(name(file) + " is empty");
            }

            return secret;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(name(file) + " is not " + encoding + ": check --secret-encoding");
        }
        finally
        {
            zero(bytes);
            zero(trimmed);
        }
    }

    /** PKCS#8 as DER, from DER or base64; lines that begin with dashes around base64 are left out. */
    static byte[] privateKey(final Path file)
    {
        final byte[] bytes = read(file);
        byte[] text = null;
        try
        {
            // DER begins with 0x30, base64 of it with M.
            if (bytes.length > 0 && DER_SEQUENCE == bytes[0])
            {
                return bytes.clone();
            }

            text = withoutArmour(bytes);
            final byte[] der = base64(text);
            if (der.length < 2 || DER_SEQUENCE != der[0])
            {
                zero(der);
                throw new CommandException(name(file) + " holds no PKCS#8 private key: expected DER, or base64 of it");
            }

            return der;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(name(file) + " holds no PKCS#8 private key: expected DER, or base64 of it");
        }
        finally
        {
            zero(bytes);
            zero(text);
        }
    }

    /** PKCS#8 as DER, from the number of a key on a curve: 64 hexadecimal digits, with or without {@code 0x}. */
    static byte[] scalar(final Path file, final SigningAlgorithm algorithm)
    {
        final EcScalar curve = EcScalar.of(algorithm);
        if (null == curve)
        {
            throw new CommandException("--key-encoding hex is for ECDSA keys, not for " + algorithm.configName());
        }
        final byte[] bytes = read(file);
        byte[] digits = null;
        byte[] scalar = null;
        try
        {
            final int length = lengthWithoutLineEnd(bytes);
            final int start = 1 < length && '0' == bytes[0] && 'x' == (bytes[1] | 0x20) ? 2 : 0;
            digits = Arrays.copyOfRange(bytes, start, length);
            scalar = hex(digits);
            if (!curve.isScalar(scalar))
            {
                throw new IllegalArgumentException();
            }
            return curve.pkcs8(scalar);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(name(file) + " holds no key of " + algorithm.configName() +
                " in hexadecimal: expected 64 digits of a number from 1 to the order of the curve");
        }
        finally
        {
            zero(bytes);
            zero(digits);
            zero(scalar);
        }
    }

    /** Into an array of our own: buffers of streams cannot be zeroed. */
    private static byte[] read(final Path file)
    {
        final byte[] buffer = new byte[MAX_LENGTH + 1];
        final byte[] bytes;
        try
        {
            bytes = Arrays.copyOf(buffer, read(file, buffer));
        }
        catch (final FileNotFoundException ex)
        {
            throw new CommandException(Files.exists(file) ?
                file + " cannot be read: check its owner and mode" : file + ": there is no such file");
        }
        catch (final IOException ex)
        {
            throw new CommandException(name(file) + " cannot be read: " + FileErrors.reason(ex));
        }
        finally
        {
            zero(buffer);
        }

        if (bytes.length > MAX_LENGTH)
        {
            zero(bytes);
            throw new CommandException(name(file) + " is longer than 64 KiB: that is no key");
        }

        return bytes;
    }

    @SuppressWarnings("resource")
    private static int read(final Path file, final byte[] buffer) throws IOException
    {
        if (isStandardInput(file))
        {
            // Not closed: it belongs to the process.
            return new FileInputStream(FileDescriptor.in).readNBytes(buffer, 0, buffer.length);
        }
        try (FileInputStream in = new FileInputStream(file.toFile()))
        {
            return in.readNBytes(buffer, 0, buffer.length);
        }
    }

    private static int lengthWithoutLineEnd(final byte[] bytes)
    {
        int length = bytes.length;
        if (length > 0 && '\n' == bytes[length - 1])
        {
            length--;
            if (length > 0 && '\r' == bytes[length - 1])
            {
                length--;
            }
        }

        return length;
    }

    private static byte[] withoutArmour(final byte[] bytes)
    {
        final byte[] text = new byte[bytes.length];
        int length = 0;
        boolean isArmour = false;
        boolean isLineStart = true;
        for (final byte b : bytes)
        {
            isArmour = isLineStart ? '-' == b : isArmour;
            isLineStart = '\n' == b;
            if (!isArmour)
            {
                text[length++] = b;
            }
        }

        final byte[] result = Arrays.copyOf(text, length);
        zero(text);
        return result;
    }

    /** Random bytes can end in a line end of their own, which would be taken off: they are no text. */
    private static byte[] text(final byte[] bytes, final Path file)
    {
        final CharBuffer characters = CharBuffer.allocate(bytes.length);
        try
        {
            boolean isText = !StandardCharsets.UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(bytes), characters, true).isError();
            for (int i = 0; i < characters.position() && isText; i++)
            {
                isText = !Character.isISOControl(characters.get(i));
            }
            if (!isText)
            {
                throw new CommandException(name(file) + " is no text (control characters or no UTF-8): write the " +
                    "secret in hexadecimal or base64 and give --secret-encoding hex or base64");
            }
            return bytes.clone();
        }
        finally
        {
            Arrays.fill(characters.array(), '\0');
        }
    }

    private static byte[] base64(final byte[] text)
    {
        final byte[] compact = new byte[text.length];
        int length = 0;
        for (final byte b : text)
        {
            if (!Character.isWhitespace(b))
            {
                compact[length++] = b;
            }
        }

        final byte[] exact = Arrays.copyOf(compact, length);
        try
        {
            return Base64.getDecoder().decode(exact);
        }
        finally
        {
            zero(compact);
            zero(exact);
        }
    }

    private static byte[] hex(final byte[] digits)
    {
        if ((digits.length & 1) != 0)
        {
            throw new IllegalArgumentException();
        }

        final byte[] bytes = new byte[digits.length / 2];
        for (int i = 0; i < bytes.length; i++)
        {
            final int high = Character.digit(digits[2 * i], 16);
            final int low = Character.digit(digits[2 * i + 1], 16);
            if (high < 0 || low < 0)
            {
                zero(bytes);
                throw new IllegalArgumentException();
            }

            bytes[i] = (byte) (high << 4 | low);
        }

        return bytes;
    }

    private static String name(final Path file)
    {
        return isStandardInput(file) ? "standard input" : file.toString();
    }

    private static boolean isStandardInput(final Path file)
    {
        return null == file || STANDARD_INPUT.equals(file.toString());
    }

    private static void zero(final byte[] bytes)
    {
        if (null != bytes)
        {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
