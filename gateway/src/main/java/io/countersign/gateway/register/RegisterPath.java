package io.countersign.gateway.register;

import io.countersign.gateway.config.FileErrors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The register's file as the file system sees it: for its owner only, and replaced whole or not at all.
 */
final class RegisterPath
{
    /** Longest file in bytes. */
    static final int MAX_LENGTH = 64 * 1024 * 1024;

    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Set<PosixFilePermission> ALLOWED =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(EnumSet.copyOf(ALLOWED));

    private RegisterPath()
    {
    }

    static Path beside(final Path file, final String suffix)
    {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    static byte[] read(final Path file) throws RegisterException
    {
        try
        {
            checkFile(file);
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))
            {
                final byte[] content = in.readNBytes(MAX_LENGTH + 1);
                if (MAX_LENGTH < content.length)
                {
                    throw new RegisterException(file + ": is longer than " + MAX_LENGTH + " bytes, so no register");
                }
                return content;
            }
        }
        catch (final IOException ex)
        {
            throw new RegisterException(file + ": cannot be read (" + FileErrors.reason(ex) +
                "): make it readable for the user that runs this process", ex);
        }
    }

    static boolean exists(final Path file)
    {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Writes a file beside it, has that reach the disk, and puts it in its place. When it throws before that, the file
     * is as it was.
     */
    static void replace(final Path file, final byte[] content) throws IOException
    {
        final Path temporary = beside(file, TEMPORARY_SUFFIX);
        // What a crash has left there; the holder of the lock is alone.
        Files.deleteIfExists(temporary);
        final Set<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, fresh, OWNER_ONLY))
        {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has a rename reach the disk. */
    static void forceDirectory(final Path file) throws IOException
    {
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ))
        {
            directory.force(true);
        }
    }

    private static void checkFile(final Path file) throws IOException, RegisterException
    {
        if (!exists(file))
        {
            throw new RegisterException(file + ": does not exist: 'countersign init' makes one; or correct the path");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        {
            throw new RegisterException(file + ": is no regular file: put the register itself there");
        }
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!ALLOWED.containsAll(permissions))
        {
            throw new RegisterException(file + ": is open to others (" + PosixFilePermissions.toString(permissions) +
                "): run chmod 600 " + file + ", and find out who changed that");
        }
    }
}
