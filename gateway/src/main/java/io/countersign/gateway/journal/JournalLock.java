package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The right to write the journal in one directory: a lock of the operating system on the file {@code gateway.lock} in
 * it. The system releases it when the process dies, however it dies, so nothing is ever left behind that a person would
 * have to remove. The file holds the id of the last process that had the lock, as a hint for people.
 * <p>
 * Chronicle Queue's own write lock, which outlives its process, is overruled by whoever holds this one.
 */
public final class JournalLock implements AutoCloseable
{
    /**
     * Name of the locked file inside the journal's directory.
     */
    public static final String FILE_NAME = "gateway.lock";

    private static final int MIN_FREE_BYTES = 64 << 10;

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private JournalLock(final Path directory, final FileChannel channel, final FileLock lock)
    {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, or says why not. The directory is made with mode 0700 when it is missing.
     *
     * @param directory of the journal.
     * @return the lock, held.
     * @throws JournalException when another gateway has it, or the directory cannot be made or written.
     */
    public static JournalLock acquire(final Path directory)
    {
        makeDirectory(directory);

        final Path file = directory.resolve(FILE_NAME);
        FileChannel channel = null;
        JournalLock held = null;
        try
        {
            channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (null == lock)
            {
                throw inUse(directory, "process " + holder(channel));
            }

            final byte[] processId = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(processId), 0);
            held = new JournalLock(directory, channel, lock);
            return held;
        }
        catch (final OverlappingFileLockException ex)
        {
            throw inUse(directory, "this process");
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                "journal directory " + directory + " cannot be written (" + reason(ex) + "): " + advice(directory), ex);
        }
        finally
        {
            if (null == held)
            {
                closeQuietly(channel);
            }
        }
    }

    /**
     * The directory that this lock is for.
     *
     * @return as given to {@link #acquire(Path)}.
     */
    public Path directory()
    {
        return directory;
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

    private static void makeDirectory(final Path directory)
    {
        try
        {
            if (!Files.isDirectory(directory))
            {
                Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                "journal directory " + directory + " cannot be made (" + reason(ex) +
                "): make it by hand for this user with mode 0700, or set another directory", ex);
        }
    }

    private static JournalException inUse(final Path directory, final String who)
    {
        return new JournalException(
            "journal " + directory + " is in use by another gateway (" + who +
            "): stop that one first, or give this gateway a directory of its own");
    }

    private static String holder(final FileChannel channel) throws IOException
    {
        final ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        final String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return digits.matches("[0-9]+") ? digits : "unknown";
    }

    private static String advice(final Path directory)
    {
        return Files.isDirectory(directory) && 0 == directory.toFile().getUsableSpace() / MIN_FREE_BYTES ?
            "its disk is full, make room on it" : "give this user the right to write it, or set another directory";
    }

    static String reason(final IOException ex)
    {
        final String name = ex.getClass().getSimpleName();
        return switch (name)
        {
            case "AccessDeniedException" -> "permission denied";
            case "FileAlreadyExistsException" -> "a file of that name is in the way";
            case "NoSuchFileException" -> "no such file";
            default -> ex.getMessage() == null ? name : ex.getMessage();
        };
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
