package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * A journal in memory, which can be told to fail.
 */
public final class ArrayJournal implements Journal
{
    private final List<byte[]> records = new ArrayList<>();
    private long appendsUntilFailure = Long.MAX_VALUE;
    private int syncs;
    private boolean failsNextSync;
    private Room room = Room.ENOUGH;
    private boolean failed;
    private boolean closed;

    @Override
    public boolean append(final DirectBuffer record, final int offset, final int length)
    {
        if (failed || closed || length <= 0 || length > MAX_RECORD_LENGTH || appendsUntilFailure-- <= 0)
        {
            failed = true;
            return false;
        }

        final byte[] copy = new byte[length];
        record.getBytes(offset, copy);
        records.add(copy);
        return true;
    }

    @Override
    public boolean isFailed()
    {
        return failed;
    }

    @Override
    public void sync()
    {
        syncs++;
        failed |= failsNextSync;
    }

    @Override
    public void close()
    {
        closed = true;
    }

    /** From now on, nothing can be appended. */
    public void fail()
    {
        failAfter(0);
    }

    /** After so many more records, nothing can be appended. */
    public void failAfter(final long appends)
    {
        appendsUntilFailure = appends;
    }

    @Override
    public Room room()
    {
        return room;
    }

    public void room(final Room room)
    {
        this.room = room;
    }

    /** The storage device refuses what is synced next. */
    public void failNextSync()
    {
        failsNextSync = true;
    }

    public int size()
    {
        return records.size();
    }

    /** The record without its checksum. */
    public DirectBuffer record(final int index)
    {
        return new UnsafeBuffer(records.get(index));
    }

    public int syncs()
    {
        return syncs;
    }

    public boolean isClosed()
    {
        return closed;
    }
}
