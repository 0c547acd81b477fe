package io.countersign.gateway.transport;

import io.aeron.CncFileDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The right to run a media driver in one directory: a lock of the operating system on the file {@code NAME.lock} beside
 * it, which the system releases however its process dies. Aeron itself believes a driver alive for 10 s after its last
 * sign of life, which would delay each restart after a crash by as much.
 * <p>
 * The file holds the process id of the last gateway that had the lock. A driver of that process, found by whoever has
 * the lock now, is dead.
 */
final class DriverLock implements AutoCloseable
{
    private static final String SUFFIX = ".lock";
    private static final int MAX_DIGITS = 20;

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private DriverLock(final Path directory, final FileChannel channel, final FileLock lock)
    {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @param directory of the driver; its parent exists.
     * @return the lock, or null when another gateway has it.
     * @throws IOException when the file cannot be made or written.
     */
    static DriverLock tryAcquire(final Path directory) throws IOException
    {
        final FileChannel channel = FileChannel.open(
            directory.resolveSibling(directory.getFileName() + SUFFIX),
            Set.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = null;
        try
        {
            lock = channel.tryLock();
        }
        catch (final OverlappingFileLockException ex)
        {
            // Another gateway in this process: as good as in another one.
            assert null == lock;
        }
        finally
        {
            if (null == lock)
            {
                channel.close();
            }
        }
        return null == lock ? null : new DriverLock(directory, channel, lock);
    }

    /**
     * Whether what lies in the directory was left by the last gateway that had this lock.
     *
     * @return false when it may be the directory of some other program's driver.
     * @throws IOException when a file cannot be read.
     */
    boolean isLeftByLastHolder() throws IOException
    {
        final ByteBuffer text = ByteBuffer.allocate(MAX_DIGITS);
        channel.read(text, 0);
        final String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        final long driverProcessId = driverProcessId();
        return 0 != driverProcessId && Long.toString(driverProcessId).equals(digits);
    }

    /**
     * From now on a driver of this process runs in the directory.
     *
     * @throws IOException when the file cannot be written.
     */
    void claim() throws IOException
    {
        final byte[] processId = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(processId), 0);
    }

    /**
     * Gives the lock back. The file stays: removing it would let two processes lock two files of the same name.
     */
    @Override
    public void close()
    {
        try
        {
            channel.close();
        }
        catch (final IOException ex)
        {
            // The lock goes with the descriptor, whatever close says.
            assert !lock.isValid();
        }
    }

    /** Of the driver whose files are there, 0 when there are none. By reads, because a mapping dies with a cut file. */
    private long driverProcessId() throws IOException
    {
        final Path cncFile = directory.resolve(CncFileDescriptor.CNC_FILE);
        try (FileChannel cnc = FileChannel.open(cncFile, StandardOpenOption.READ))
        {
            final UnsafeBuffer metaData = new UnsafeBuffer(new byte[CncFileDescriptor.META_DATA_LENGTH]);
            cnc.read(ByteBuffer.wrap(metaData.byteArray()));
            return CncFileDescriptor.pid(metaData);
        }
        catch (final NoSuchFileException ex)
        {
            return 0;
        }
    }
}
