package io.countersign.ops.archive;

import io.countersign.ops.CommandException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps a second run out of a journal's directory: a lock of the operating system on {@code archive.lock} in it, which
 * goes with the process. The gateway knows nothing of it.
 */
final class ArchiveLock implements AutoCloseable
{
    static final String FILE_NAME = "archive.lock";

    private final FileChannel channel;

    private ArchiveLock(final FileChannel channel)
    {
        this.channel = channel;
    }

    static ArchiveLock acquire(final Path directory) throws IOException
    {
        final FileChannel channel = FileChannel.open(
            directory.resolve(FILE_NAME),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean isHeld = false;
        try
        {
            final FileLock lock = channel.tryLock();
            isHeld = null != lock;
        }
        catch (final OverlappingFileLockException ignore)
        {
            // This process has it; answered below.
        }
        finally
        {
            if (!isHeld)
            {
                channel.close();
            }
        }

        if (!isHeld)
        {
            throw new CommandException(directory + " is being archived by another run: wait for it to end");
        }

        return new ArchiveLock(channel);
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }
}
