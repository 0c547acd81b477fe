package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * One file of a Chronicle Queue, read by file reads only: nothing is mapped (a mapping dies with SIGBUS when the file
 * is cut), nothing is locked, nothing is changed.
 * <pre>
 *  offset 0
 *  +-----------------+-----------------+-----------------+------------+-----------------+--
 *  | header document | index document  | index document  | excerpt    | excerpt         |  0 or end mark
 *  +-----------------+-----------------+-----------------+------------+-----------------+--
 *
 *  each document: +----------------------------+---------+--------------------+
 *                 | 32 bits, little endian     | content | 0 to 3 bytes, up   |
 *                 | 31: not complete           |         | to a multiple of 4 |
 *                 | 30: metadata               |         |                    |
 *                 | 29..0: length of content   |         |                    |
 *                 +----------------------------+---------+--------------------+
 *  end mark: 0xC0000000; 0: nothing there yet, perhaps the content of a document whose header was never set
 * </pre>
 * The appender writes the content first and the header last, and clears the 8 bytes behind the content before that.
 */
final class CycleFile implements AutoCloseable
{
    static final String SUFFIX = ".cq4";
    static final int HEADER_LENGTH = 4;
    static final int CRC_LENGTH = 4;
    static final int JOURNAL_SCHEMA_ID = 2602;
    static final int MESSAGE_HEADER_LENGTH = 8;

    /** Shortest excerpt: message header, sequence, two times, checksum. */
    static final int MIN_EXCERPT_LENGTH = MESSAGE_HEADER_LENGTH + 3 * Long.BYTES + CRC_LENGTH;
    static final int MAX_EXCERPT_LENGTH = Journal.MAX_RECORD_LENGTH + CRC_LENGTH;

    private static final int TEMPLATE_ID_OFFSET = 2;
    static final int NOT_COMPLETE = 0x8000_0000;
    static final int META_DATA = 0x4000_0000;
    static final int END_OF_DATA = NOT_COMPLETE | META_DATA;
    static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int DAMAGED = -1;

    /**
     * What is at the current position.
     */
    enum Item
    {
        /** An excerpt with a fitting checksum. */
        RECORD,
        /** Bytes that are no record, with something readable or the end behind them; a reader goes on. */
        FAULT,
        /** Nothing yet: the place of the next document. */
        FREE,
        /** As FREE, with the beginning of a document that has no complete header. */
        INCOMPLETE,
        /** The end mark: nothing will follow in this file. */
        END_MARK,
        /** The file is over, before another header. */
        CUT
    }

    private final Path path;
    private final FileWindow window;
    private final ExcerptScan scan;
    private long position;
    private long scannedFrom = -1;
    private long documentOffset;
    private long documentLength;
    private String fault = "";
    private boolean isFramingBroken;
    private long mark = -1;
    private boolean isMarkSeen;
    private int tailHeader;
    private ContainerCheck container;

    CycleFile(final Path path) throws IOException
    {
        this.path = path;
        window = new FileWindow(path);
        scan = new ExcerptScan(window);
    }

    /** From its beginning, have the rest of the file checked as well. */
    CycleFile withContainerCheck(final ContainerListener listener)
    {
        container = null == listener ? null : new ContainerCheck(path, window, listener);
        return this;
    }

    /** After an item that is neither RECORD nor FAULT: look at what is no record. */
    void checkContainer(final Item tail, final boolean isLast) throws IOException
    {
        if (null != container)
        {
            container.onEnd(tail, position, isFramingBroken, isLast);
        }
    }

    Path path()
    {
        return path;
    }

    /** Buffer with the record last found, valid until the next call of {@link #next()}. */
    DirectBuffer buffer()
    {
        return window.buffer();
    }

    /** Where the record begins in {@link #buffer()}. */
    int recordOffset()
    {
        return window.indexOf(documentOffset + HEADER_LENGTH);
    }

    /** Template of the record. */
    int templateId()
    {
        return buffer().getShort(recordOffset() + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Sequence of the record. */
    long sequence()
    {
        return buffer().getLong(recordOffset() + MESSAGE_HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN);
    }

    /** Length of the record without its checksum. */
    int recordLength()
    {
        return (int) documentLength - CRC_LENGTH;
    }

    /** Where in the file the last item begins. */
    long documentOffset()
    {
        return documentOffset;
    }

    /** Length of the last item's content, or of the fault in bytes. */
    long documentLength()
    {
        return documentLength;
    }

    /**
     * Whether Chronicle can go on behind what is there, after everything was passed that is there: each document
     * follows the one before, and the writer's mark is on one of them.
     */
    boolean isContinuable(final Item tail) throws IOException
    {
        final boolean isOpenEnded = Item.FREE == tail || Item.INCOMPLETE == tail && 0 == tailHeader;
        return !isFramingBroken && isMarkSeen && (isOpenEnded || Item.END_MARK == tail);
    }

    /** To be called before the first {@link #next()} by who wants to ask {@link #isContinuable(Item)}. */
    void noteMark() throws IOException
    {
        mark = WriterMark.read(window);
    }

    /** What is wrong, after FAULT. */
    String fault()
    {
        return fault;
    }

    /**
     * Goes to the next item. All but RECORD and FAULT can be asked for again later, and may then be something else.
     */
    Item next() throws IOException
    {
        while (true)
        {
            documentOffset = position;
            documentLength = 0;
            if (!window.load(position, HEADER_LENGTH))
            {
                return Item.CUT;
            }

            final int header = window.intAt(position);
            final long length = header & LENGTH_MASK;
            if (END_OF_DATA == header)
            {
                return Item.END_MARK;
            }

            if (0 == header || (header & NOT_COMPLETE) != 0)
            {
                // What was read ahead may be older than what stands there now.
                window.forget();
                final Item item = atTail(header);
                if (null != item)
                {
                    return item;
                }
            }
            else if ((header & META_DATA) != 0)
            {
                if (position + HEADER_LENGTH + length > window.size())
                {
                    return faultUpTo(scan.findRecord(position + HEADER_LENGTH), "the length of an index is wrong");
                }

                noteDocument(length, true);
                passDocument(length);
            }
            else
            {
                return excerpt(length);
            }
        }
    }

    @Override
    public void close() throws IOException
    {
        window.close();
    }

    /** Length of what stands without a complete header at the tail: up to the last byte that is not 0. */
    long residueLength() throws IOException
    {
        final long from = position;
        final long end = Math.min(window.size(), from + HEADER_LENGTH + MAX_EXCERPT_LENGTH);
        final ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, end - from));
        window.read(bytes, from);
        int length = bytes.position();
        while (length > 0 && 0 == bytes.get(length - 1))
        {
            length--;
        }

        return length;
    }

    /** Passes over all documents before the one that the writer names as the last. */
    void skipToMark() throws IOException
    {
        position = Math.max(0, WriterMark.read(window));
    }

    private Item excerpt(final long length) throws IOException
    {
        if (length > MAX_EXCERPT_LENGTH || !window.reaches(position + HEADER_LENGTH + length))
        {
            final long next = scan.findRecord(position + HEADER_LENGTH);
            faultUpTo(next, next < 0 ? "a record is cut off" : "the length of a record is wrong");
            if (next < 0 && length <= MAX_EXCERPT_LENGTH)
            {
                documentLength = window.size() - documentOffset;
            }

            return Item.FAULT;
        }

        if (scan.isRecord(position, length))
        {
            return deliver(length);
        }

        // A live writer may have gone on while the window was being filled: look once more.
        window.forget();
        if (window.load(position, HEADER_LENGTH) && (window.intAt(position) & LENGTH_MASK) == length &&
            scan.isRecord(position, length))
        {
            return deliver(length);
        }

        if (scan.isBoundary(endOf(position, length)))
        {
            fault = "the checksum of a record does not fit";
            documentLength = HEADER_LENGTH + length;
            noteDocument(length, false);
            passDocument(length);
            return Item.FAULT;
        }

        return faultUpTo(scan.findRecord(position + HEADER_LENGTH), "the bytes of a record are damaged");
    }

    private Item deliver(final long length) throws IOException
    {
        documentLength = length;
        noteDocument(length, false);
        passDocument(length);
        return Item.RECORD;
    }

    private void noteDocument(final long length, final boolean isMetaData) throws IOException
    {
        if (null != container)
        {
            container.onDocument(position, length, isMetaData);
            // The check of the padding may have moved the window.
            window.load(position, isMetaData ? HEADER_LENGTH : HEADER_LENGTH + (int) length);
        }
    }

    private void passDocument(final long length)
    {
        isMarkSeen |= mark == position;
        position = endOf(position, length);
    }

    /** Ends the fault at the given offset or, when that is negative, at the end of the file. */
    private Item faultUpTo(final long end, final String what) throws IOException
    {
        isFramingBroken = true;
        fault = what;
        documentLength = (end < 0 ? window.lastUsed(position, position + HEADER_LENGTH) : end) - documentOffset;
        position = end < 0 ? window.size() : end;
        return Item.FAULT;
    }

    private Item atTail(final int header) throws IOException
    {
        // Ask the mark before the header: the writer sets them in the other order. Not so in the first document,
        // which holds the mark: its header is completed last, so there the mark says nothing.
        tailHeader = header;
        final long damageEnd = DAMAGED == header ? window.damagedUpTo(position) : position;
        if (damageEnd > position)
        {
            return faultUpTo(scan.findRecord(damageEnd), "compressed bytes are damaged");
        }
        final boolean isMarked = position > 0 && WriterMark.read(window) >= position;
        // A read of the file is no moment in time: one that brought the new mark may have passed the header before.
        window.forget();
        if (window.load(position, HEADER_LENGTH) && header != window.intAt(position))
        {
            return null;
        }

        if ((isMarked || 0 != header) && scannedFrom != position)
        {
            final long next = scan.findRecord(position + HEADER_LENGTH);
            if (next > 0)
            {
                // A file that is being created may have been finished meanwhile.
                window.forget();
                if (window.load(position, HEADER_LENGTH) && header != window.intAt(position))
                {
                    return null;
                }

                return faultUpTo(next, "bytes are missing or overwritten");
            }

            scannedFrom = position;
        }

        if (isMarked)
        {
            return faultUpTo(-1, "the end is missing");
        }

        if (0 != header)
        {
            return Item.INCOMPLETE;
        }

        // The appender clears the 8 bytes behind each document; the first byte of a record is never 0.
        final boolean isClear = !window.load(position + HEADER_LENGTH, 1) ||
            0 == window.byteAt(position + HEADER_LENGTH);
        return isClear ? Item.FREE : Item.INCOMPLETE;
    }

    private static long endOf(final long offset, final long length)
    {
        return offset + HEADER_LENGTH + length + 3 & ~3L;
    }
}
