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
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Reads a file of checkpoints from the smallest tree to the largest, one after the other, however long it is: each a
 * text, an empty line and signature lines; then an empty line. A file that is in that order, as the gateway writes it,
 * takes no memory; of any other, size and place of each checkpoint are kept.
 */
final class CheckpointFile implements AutoCloseable
{
    private static final int MAX_NOTE_LENGTH = 64 * 1024;
    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final int SMALL_BUFFER_LENGTH = 1024;

    /** One of them. A note that is none has a complaint instead. */
    record Entry(long offset, SignedNote note, Checkpoint checkpoint, String complaint)
    {
    }

    /** Where one of them is; those that are none have the size 0. */
    private record Start(long treeSize, long offset)
    {
    }

    private final Path path;
    private final FileChannel channel;
    private Iterator<Start> starts;
    private InputStream in;
    private long position;

    CheckpointFile(final Path path)
    {
        this.path = path;
        try
        {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
        seek(0, BUFFER_LENGTH);
        if (!isInOrder())
        {
            starts = sorted().iterator();
        }
        seek(0, BUFFER_LENGTH);
    }

    String name()
    {
        return path.getFileName().toString();
    }

    /** The next one; null at the end. */
    Entry next()
    {
        if (null == starts)
        {
            return read();
        }
        if (!starts.hasNext())
        {
            return null;
        }
        seek(starts.next().offset, SMALL_BUFFER_LENGTH);
        return read();
    }

    private boolean isInOrder()
    {
        long last = 0;
        for (Entry entry = read(); null != entry; entry = read())
        {
            final long treeSize = treeSize(entry);
            if (treeSize < last)
            {
                return false;
            }
            last = treeSize;
        }
        return true;
    }

    private List<Start> sorted()
    {
        final List<Start> sorted = new ArrayList<>();
        seek(0, BUFFER_LENGTH);
        for (Entry entry = read(); null != entry; entry = read())
        {
            sorted.add(new Start(treeSize(entry), entry.offset));
        }
        sorted.sort(Comparator.comparingLong(Start::treeSize).thenComparingLong(Start::offset));
        return sorted;
    }

    private static long treeSize(final Entry entry)
    {
        return null == entry.checkpoint ? 0 : entry.checkpoint.treeSize();
    }

    private void seek(final long offset, final int bufferLength)
    {
        try
        {
            position = offset;
            channel.position(offset);
            in = new BufferedInputStream(Channels.newInputStream(channel), bufferLength);
        }
        catch (final IOException ex)
        {
            throw unreadable(ex);
        }
    }

    private Entry read()
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

    /** The one of the largest tree in a file. */
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
            channel.close();
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
