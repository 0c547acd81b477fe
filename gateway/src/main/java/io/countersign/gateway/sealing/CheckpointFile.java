package io.countersign.gateway.sealing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file that checkpoints are appended to, to be shipped off this machine: each note, then one empty line. It is
 * opened for each note, so that it can be renamed at any time, and nothing is kept of it.
 */
final class CheckpointFile
{
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<StandardOpenOption> APPEND =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final int TAIL_LENGTH = 16 * 1024;

    private final Path path;

    CheckpointFile(final Path path)
    {
        this.path = path;
    }

    Path path()
    {
        return path;
    }

    /** A note that does not fit whole is taken back. */
    void append(final byte[] note) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, APPEND, OWNER_ONLY))
        {
            final long size = channel.size();
            final ByteBuffer bytes = ByteBuffer.allocate(note.length + 1).put(note).put((byte) '\n').flip();
            boolean isWritten = false;
            try
            {
                while (bytes.hasRemaining())
                {
                    channel.write(bytes);
                }
                isWritten = true;
            }
            finally
            {
                if (!isWritten)
                {
                    channel.truncate(size);
                }
            }
        }
    }

    /** The last note, null when there is none. */
    String last() throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            final ByteBuffer bytes = ByteBuffer.allocate(TAIL_LENGTH);
            long at = Math.max(0, channel.size() - TAIL_LENGTH);
            for (int read = 0; read >= 0 && bytes.hasRemaining(); at += read)
            {
                read = channel.read(bytes, at);
            }
            final String tail = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            final int end = tail.lastIndexOf("\n\n");
            final int blank = end <= 0 ? -1 : tail.lastIndexOf("\n\n", end - 1);
            final int before = blank <= 0 ? -1 : tail.lastIndexOf("\n\n", blank - 1);
            return blank < 0 ? null : tail.substring(before < 0 ? 0 : before + 2, end + 1);
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }
}
