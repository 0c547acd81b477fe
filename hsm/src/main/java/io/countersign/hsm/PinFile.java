package io.countersign.hsm;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads the PIN of a token from a file that only its owner can read. The PIN is UTF-8; one line end after it is not
 * part of it.
 */
final class PinFile
{
    private static final int MAX_PIN_LENGTH = 255;
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.complementOf(EnumSet.of(
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private PinFile()
    {
    }

    /**
     * Who may have rights to the file.
     */
    enum Strictness
    {
        /** Its owner and nobody else. */
        OWNER_ONLY,

        /** Its owner, and its group may read it. */
        GROUP_MAY_READ
    }

    /**
     * Read a PIN.
     *
     * @param file with the PIN.
     * @return the PIN, which the caller zeroes after use.
     * @throws PinFileException when the file is missing, is no regular file, is open to others or holds no PIN.
     */
    static char[] read(final Path file) throws PinFileException
    {
        return read(file, Strictness.OWNER_ONLY);
    }

    /**
     * Read a PIN.
     *
     * @param file       with the PIN.
     * @param strictness who may have rights to it.
     * @return the PIN, which the caller zeroes after use.
     * @throws PinFileException when the file is missing, is no regular file, is open to others or holds no PIN.
     */
    static char[] read(final Path file, final Strictness strictness) throws PinFileException
    {
        // Room for the line end and for one byte more, which shows that the PIN is too long.
        final byte[] content = new byte[MAX_PIN_LENGTH + 3];
        try
        {
            check(file, strictness);
            try (FileInputStream in = new FileInputStream(file.toFile()))
            {
                return decode("the PIN file " + file, content, in.readNBytes(content, 0, content.length));
            }
        }
        catch (final IOException ex)
        {
            throw new PinFileException("cannot read the PIN file " + file + " (" + ex.getClass().getSimpleName() +
                "): make it readable for the user that runs this process");
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void check(final Path file, final Strictness strictness) throws IOException, PinFileException
    {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new PinFileException("the PIN file " + file + " does not exist: create it with mode 0600");
        }

        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new PinFileException("the PIN file " + file + " is no regular file: put the PIN itself there");
        }

        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        for (final PosixFilePermission permission : permissions)
        {
            final boolean isAllowed =
                Strictness.GROUP_MAY_READ == strictness && PosixFilePermission.GROUP_READ == permission;
            if (FOR_OTHERS.contains(permission) && !isAllowed)
            {
                throw new PinFileException("the PIN file " + file + " is open to others (" +
                    PosixFilePermissions.toString(permissions) + "): " + (Strictness.OWNER_ONLY == strictness ?
                    "run chmod 600 " + file : "expected mode 0400 or 0440"));
            }
        }
    }

    /**
     * The PIN of a text.
     *
     * @param place         of the text, for messages.
     * @param content       UTF-8; one line end is not part of the PIN.
     * @param contentLength in bytes.
     * @return the PIN, which the caller zeroes after use.
     * @throws PinFileException when it is no PIN.
     */
    static char[] decode(final String place, final byte[] content, final int contentLength) throws PinFileException
    {
        int length = contentLength;
        if (0 < length && '\n' == content[length - 1])
        {
            length--;
            if (0 < length && '\r' == content[length - 1])
            {
                length--;
            }
        }

        if (0 == length)
        {
            throw new PinFileException(place + " holds no PIN");
        }

        if (MAX_PIN_LENGTH < length)
        {
            throw new PinFileException(place + " holds more than " + MAX_PIN_LENGTH + " bytes");
        }

        final char[] characters = new char[length];
        try
        {
            final CharBuffer decoded = CharBuffer.wrap(characters);
            final var decoder = StandardCharsets.UTF_8.newDecoder();
            final var result = decoder.decode(ByteBuffer.wrap(content, 0, length), decoded, true);
            if (result.isError())
            {
                result.throwException();
            }

            return Arrays.copyOf(characters, decoded.position());
        }
        catch (final CharacterCodingException ex)
        {
            throw new PinFileException(place + " is not UTF-8 text");
        }
        finally
        {
            Arrays.fill(characters, '\0');
        }
    }
}
