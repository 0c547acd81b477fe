package io.countersign.gateway.journal;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * Tells whether an offset of a cycle file is the beginning of something, and finds the next record behind what is not.
 */
final class ExcerptScan
{
    private final FileWindow window;

    ExcerptScan(final FileWindow window)
    {
        this.window = window;
    }

    /** Whether something that belongs there stands at the offset: a good record, metadata, the end mark or nothing. */
    boolean isBoundary(final long offset) throws IOException
    {
        if (offset == window.size())
        {
            return true;
        }

        if (!window.load(offset, CycleFile.HEADER_LENGTH))
        {
            return false;
        }

        final int header = window.intAt(offset);
        final long length = header & CycleFile.LENGTH_MASK;
        final boolean fits = offset + CycleFile.HEADER_LENGTH + length <= window.size();
        return 0 == header || CycleFile.END_OF_DATA == header ||
            (header & CycleFile.END_OF_DATA) == CycleFile.META_DATA && fits ||
            (header & CycleFile.END_OF_DATA) == 0 && fits && length <= CycleFile.MAX_EXCERPT_LENGTH;
    }

    long findRecord(final long from) throws IOException
    {
        final long size = window.size();
        final long last = size - CycleFile.HEADER_LENGTH - CycleFile.MIN_EXCERPT_LENGTH;
        for (long offset = from; offset <= last; offset += CycleFile.HEADER_LENGTH)
        {
            if (!window.load(offset, CycleFile.HEADER_LENGTH))
            {
                return -1;
            }

            final int header = window.intAt(offset);
            if (header >= CycleFile.MIN_EXCERPT_LENGTH && header <= CycleFile.MAX_EXCERPT_LENGTH &&
                offset + CycleFile.HEADER_LENGTH + header <= size && isRecord(offset, header))
            {
                return offset;
            }
        }

        return -1;
    }

    boolean isRecord(final long offset, final long length) throws IOException
    {
        if (length < CycleFile.MIN_EXCERPT_LENGTH || !window.load(offset, CycleFile.HEADER_LENGTH + (int) length))
        {
            return false;
        }

        final int start = window.indexOf(offset + CycleFile.HEADER_LENGTH);
        return CycleFile.JOURNAL_SCHEMA_ID == (window.buffer().getShort(start + 4, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) &&
            window.endsWithCrc(start, (int) length);
    }
}
