package io.countersign.ops.verify;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.ops.CommandException;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file of checkpoints from its first to its last, one after the other, however long it is: each a text, an
 * empty line and signature lines; then an empty line.
 */
final class CheckpointFile implements AutoCloseable
{
    private static final int MAX_NOTE_LENGTH = 64 * 1024;

    /** One of them. A note that is none has a complaint instead. */
    record Entry(long offset, SignedNote note, Checkpoint checkpoint, String complaint)
    {
    }

    private final Path path;
    private final InputStream in;
    private long position;

    CheckpointFile(final Path path)
    {
        this.path = path;
        try
        {
            in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
    }

    String name()
    {
        return path.getFileName().toString();
    }

    /** The next one; null at the end. */
    Entry next()
    {
        try
        {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long offset = position;
            int blankLines = 0;
            int lineLength = 0;
            for (int next = in.read(); next >= 0; next = in.read())
            {
                position++;
                final boolean isBlank = '\n' == next && 0 == lineLength;
                lineLength = '\n' == next ? 0 : lineLength + 1;
                if (isBlank && 0 == bytes.size())
                {
                    offset = position;
                    continue;
                }
                blankLines += isBlank ? 1 : 0;
                if (2 == blankLines)
                {
                    break;
                }
                if (bytes.size() == MAX_NOTE_LENGTH)
                {
                    return new Entry(offset, null, null, "is longer than " + MAX_NOTE_LENGTH + " bytes");
                }
                bytes.write(next);
            }
            return 0 == bytes.size() ? null : entry(offset, bytes.toString(StandardCharsets.UTF_8));
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
    }

    /** The last one of a file. */
    static Entry last(final Path path)
    {
        try (CheckpointFile file = new CheckpointFile(path))
        {
            Entry last = null;
            for (Entry entry = file.next(); null != entry; entry = file.next())
            {
                last = entry;
            }
            if (null == last || null != last.complaint())
            {
                throw new CommandException(path + " does not end with a checkpoint" +
                    (null == last ? ": it is empty" : ": " + last.complaint()));
            }
            return last;
        }
    }

    @Override
    public void close()
    {
        try
        {
            in.close();
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
    }

    private static Entry entry(final long offset, final String text)
    {
        try
        {
            final SignedNote note = SignedNote.parse(text);
            return new Entry(offset, note, Checkpoint.parse(note.text()), null);
        }
        catch (final NoteException ex)
        {
            return new Entry(offset, null, null, ex.getMessage());
        }
    }

    private CommandException unreadable(final IOException cause)
    {
        return new CommandException(path + " cannot be read: " + FileErrors.reason(cause));
    }
}
