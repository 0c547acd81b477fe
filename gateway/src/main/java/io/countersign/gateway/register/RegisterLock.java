package io.countersign.gateway.register;

import io.countersign.gateway.config.FileErrors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The right to write one register: a lock of the operating system on a file beside it. The system releases it when the
 * process dies, however it dies, so nothing is ever left behind that a person would have to remove. The locked file
 * holds the id of the last process that had the lock, as a hint for people.
 */
public final class RegisterLock implements AutoCloseable
{
    /** What is added to the name of the register's file. */
    public static final String SUFFIX = ".lock";

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private RegisterLock(final Path file, final FileChannel channel, final FileLock lock)
    {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, or says why not.
     *
     * @param file of the register, which need not be there.
     * @return the lock, held.
     * @throws RegisterException when another process or thread has it, or its directory cannot be written.
     */
    public static RegisterLock acquire(final Path file) throws RegisterException
    {
        final Path lockFile = RegisterPath.beside(file, SUFFIX);
        FileChannel channel = null;
        FileLock lock = null;
        try
        {
            channel = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            lock = channel.tryLock();
            if (null == lock)
            {
                throw inUse(file, "process " + holder(channel));
            }
            final byte[] processId = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(processId), 0);
            return new RegisterLock(file, channel, lock);
        }
        catch (final OverlappingFileLockException ex)
        {
            throw inUse(file, "this process");
        }
        catch (final IOException ex)
        {
            throw new RegisterException(lockFile + ": cannot be locked (" + FileErrors.reason(ex) +
                "): give this user the right to write its directory", ex);
        }
        finally
        {
            if (null == lock)
            {
                closeQuietly(channel);
            }
        }
    }

    /**
     * The file that this lock is for.
     *
     * @return as given to {@link #acquire(Path)}.
     */
    public Path file()
    {
        return file;
    }

    /**
     * Whether the lock is still held.
     *
     * @return false after {@link #close()}.
     */
    public boolean isHeld()
    {
        return lock.isValid();
    }

    /**
     * Gives the lock back. The file stays: removing it would let two processes lock two files of the same name.
     */
    @Override
    public void close()
    {
        closeQuietly(channel);
    }

    private static RegisterException inUse(final Path file, final String who)
    {
        return new RegisterException(file + ": is in use (" + who +
            "): give the command to the running gateway instead, or stop that process first");
    }

    private static String holder(final FileChannel channel) throws IOException
    {
        final ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        final String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return digits.matches("[0-9]+") ? digits : "unknown";
    }

    private static void closeQuietly(final FileChannel channel)
    {
        if (null != channel)
        {
            try
            {
                channel.close();
            }
            catch (final IOException ignore)
            {
                // The lock goes with the descriptor, whatever close says.
            }
        }
    }
}
