package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A piece of a file in memory, moved along as the file is read: small at first, larger while reading goes on.
 */
final class FileWindow implements AutoCloseable
{
    private static final int MAX_LENGTH = 2 * 1024 * 1024;
    private static final int FIRST_READ_LENGTH = 16 * 1024;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(FIRST_READ_LENGTH);

    private final ByteSource source;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes;
    private long offset;
    private int readLength = FIRST_READ_LENGTH;

    FileWindow(final Path path) throws IOException
    {
        source = FileSource.open(path);
        allocate(FIRST_READ_LENGTH);
    }

    long size() throws IOException
    {
        return source.size();
    }

    /** End of the damaged bytes that begin there; where there are none, the given offset. */
    long damagedUpTo(final long fileOffset) throws IOException
    {
        return source.damagedUpTo(fileOffset);
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /** Where in {@link #buffer()} an offset of the file is. */
    int indexOf(final long fileOffset)
    {
        return (int) (fileOffset - offset);
    }

    int intAt(final long fileOffset)
    {
        return bytes.getInt(indexOf(fileOffset));
    }

    byte byteAt(final long fileOffset)
    {
        return bytes.get(indexOf(fileOffset));
    }

    /** Whether the last 4 bytes of what begins at the index are the CRC-32C of the rest. */
    boolean endsWithCrc(final int index, final int length)
    {
        final int checkedLength = length - CycleFile.CRC_LENGTH;
        final int limit = bytes.limit();
        crc.reset();
        crc.update(bytes.limit(index + checkedLength).position(index));
        bytes.limit(limit).position(0);
        return (int) crc.getValue() == bytes.getInt(index + checkedLength);
    }

    /** Whether the file has bytes up to there. What was read already is not asked of the kernel: 0.3 us a record. */
    boolean reaches(final long end) throws IOException
    {
        return end <= offset + bytes.limit() || end <= source.size();
    }

    /** Sees to it that the window holds the bytes; false when the file does not have them. */
    boolean load(final long fileOffset, final int length) throws IOException
    {
        if (fileOffset < offset || fileOffset + length > offset + bytes.limit())
        {
            offset = fileOffset;
            if (bytes.capacity() < Math.max(length, readLength))
            {
                allocate(Math.max(length, readLength));
            }
            bytes.clear().limit(Math.max(length, readLength));
            read(bytes, fileOffset);
            bytes.flip();
            readLength = Math.min(2 * readLength, MAX_LENGTH);
        }

        return fileOffset + length <= offset + bytes.limit();
    }

    /** The bytes are to be read again; what follows is likely to be little: a poll at the tail. */
    void forget()
    {
        bytes.limit(0);
        readLength = FIRST_READ_LENGTH;
    }

    /** Reads past the window, as much as there is. */
    void read(final ByteBuffer target, final long fileOffset) throws IOException
    {
        long at = fileOffset;
        while (target.hasRemaining())
        {
            final int read = source.read(target, at);
            if (read <= 0)
            {
                break;
            }

            at += read;
        }
    }

    /** End of what is not 0 from the given offset on, at least the given minimum. */
    long lastUsed(final long from, final long minimum) throws IOException
    {
        long used = minimum;
        for (long at = from; load(at, 1); at = offset + bytes.limit())
        {
            for (int i = bytes.limit() - 1; i >= indexOf(at); i--)
            {
                if (0 != bytes.get(i))
                {
                    used = Math.max(used, offset + i + 1);
                    break;
                }
            }
        }

        return used;
    }

    /** Offset of the first byte from there on that is not 0, or -1. */
    long firstUsed(final long from) throws IOException
    {
        bytes.limit(0);
        for (long at = from; load(at, 1);)
        {
            final int begin = indexOf(at);
            final int length = Math.min(ZEROS.capacity(), bytes.limit() - begin);
            final int used = bytes.slice(begin, length).mismatch(ZEROS.slice(0, length));
            if (used >= 0)
            {
                return at + used;
            }
            at += length;
        }
        return -1;
    }

    private void allocate(final int length)
    {
        bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.limit(0);
        buffer.wrap(bytes, 0, length);
    }

    @Override
    public void close() throws IOException
    {
        source.close();
    }
}
