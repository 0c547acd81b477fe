package io.countersign.perf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Single requests with their times, for the stages: a file of request id, time of sending and time of answer, each 8
 * bytes, little-endian; times of the monotonic clock, which all processes of a machine share.
 */
public final class RequestLog
{
    private static final int ENTRY_LONGS = 3;

    private final long[] entries;
    private int size;

    /**
     * Empty.
     *
     * @param capacity most requests that are kept; those that come after them are not.
     */
    public RequestLog(final int capacity)
    {
        entries = new long[capacity * ENTRY_LONGS];
    }

    void add(final long requestId, final long sentNs, final long answeredNs)
    {
        if (size < entries.length)
        {
            entries[size] = requestId;
            entries[size + 1] = sentNs;
            entries[size + 2] = answeredNs;
            size += ENTRY_LONGS;
        }
    }

    void clear()
    {
        size = 0;
    }

    void write(final Path file) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocate(size * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(entries, 0, size);
        Files.write(file, bytes.array());
    }

    /**
     * Read what a bot wrote.
     *
     * @param file of a bot.
     * @return the log.
     * @throws IOException when it cannot be read.
     */
    public static RequestLog read(final Path file) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final RequestLog log = new RequestLog(bytes.capacity() / Long.BYTES / ENTRY_LONGS);
        bytes.asLongBuffer().get(log.entries);
        log.size = log.entries.length;
        return log;
    }

    /**
     * How many requests are in it.
     *
     * @return 0 or more.
     */
    public int count()
    {
        return size / ENTRY_LONGS;
    }

    /**
     * Id of a request.
     *
     * @param index from 0 to below {@link #count()}.
     * @return as the gateway's journal has it.
     */
    public long requestId(final int index)
    {
        return entries[index * ENTRY_LONGS];
    }

    /**
     * When the bot began to fill in the request.
     *
     * @param index from 0 to below {@link #count()}.
     * @return monotonic time.
     */
    public long sentNs(final int index)
    {
        return entries[index * ENTRY_LONGS + 1];
    }

    /**
     * When the bot had the finished request.
     *
     * @param index from 0 to below {@link #count()}.
     * @return monotonic time.
     */
    public long answeredNs(final int index)
    {
        return entries[index * ENTRY_LONGS + 2];
    }
}
