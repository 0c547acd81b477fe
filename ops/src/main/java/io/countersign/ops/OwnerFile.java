package io.countersign.ops;

import io.countersign.gateway.config.FileErrors;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Files that hold secrets: regular, and open to nobody but their owner.
 */
public final class OwnerFile
{
    private static final Set<PosixFilePermission> FOR_OWNER = Set.of(
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnerFile()
    {
    }

    /**
     * Reads one.
     *
     * @param file      to read; no symbolic link.
     * @param what      it is, for messages: for example {@code passphrase file}.
     * @param maxLength of what may be in it, in bytes.
     * @return its bytes, for the caller to zero.
     * @throws CommandException where it is missing, open to others, too long or cannot be read.
     */
    public static byte[] read(final Path file, final String what, final int maxLength)
    {
        final byte[] content = new byte[maxLength + 1];
        try
        {
            check(file, what);
            try (FileInputStream in = new FileInputStream(file.toFile()))
            {
                final int length = in.readNBytes(content, 0, content.length);
                if (length > maxLength)
                {
                    throw new CommandException("the " + what + " " + file + " is longer than " + maxLength + " bytes");
                }
                return Arrays.copyOf(content, length);
            }
        }
        catch (final IOException ex)
        {
            throw new CommandException("the " + what + " " + file + " cannot be read: " + FileErrors.reason(ex));
        }
        finally
        {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Writes a new one, mode 0600, through to the disk. One that could not be written whole is removed.
     *
     * @param file    that is not there yet.
     * @param what    it is, for messages.
     * @param content of it; stays the caller's to zero.
     * @throws CommandException where it is there already or cannot be written.
     */
    public static void create(final Path file, final String what, final byte[] content)
    {
        boolean isMade = false;
        boolean isWritten = false;
        try (FileChannel channel = FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), MODE_0600))
        {
            isMade = true;
            final ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining())
            {
                channel.write(rest);
            }
            channel.force(true);
            isWritten = true;
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new CommandException("the " + what + " " + file + " is there already: choose another name");
        }
        catch (final IOException ex)
        {
            throw new CommandException("the " + what + " " + file + " cannot be written: " + FileErrors.reason(ex));
        }
        finally
        {
            if (isMade && !isWritten)
            {
                remove(file);
            }
        }
    }

    private static void check(final Path file, final String what) throws IOException
    {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new CommandException("the " + what + " " + file + " is missing or no regular file");
        }
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!FOR_OWNER.containsAll(permissions))
        {
            throw new CommandException("the " + what + " " + file + " is open to others (" +
                PosixFilePermissions.toString(permissions) + "): run chmod 600 " + file);
        }
    }

    private static void remove(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
        }
        catch (final IOException ignore)
        {
            // What went wrong before is told.
        }
    }
}
