package io.countersign.gateway.journal;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Reads a journal from its first record to its last, in order, over all its cycle files: on the live directory beside
 * the gateway, on a copy, or on a directory that may only be read. It is no Chronicle tailer, because an auditor's
 * reader must not change what it reads (a tailer writes to the queue's metadata and its files' indexes), must say where
 * in which file a record stands, and must read files that are cut, zeroed in places or overwritten, where a mapping
 * kills the process.
 * <pre>
 *                  poll()
 *     +------------------------------------------------------------------+
 *     |  RECORD    a record; buffer(), offset(), length(), sequence()    |
 *     |  GAP       the next record's sequence is not the expected one    |  next poll: that record
 *     |  TORN      unreadable bytes, and a GatewayStarted follows that   |  next poll: that record
 *     |            says so (its lastSequence is that of the last record) |
 *     |  CORRUPT   unreadable bytes, and something else follows          |  next poll: what follows
 *     +------------------------------------------------------------------+
 *     |  END         nothing more yet                                    |  poll again, and as long
 *     |  INCOMPLETE  the same, behind the beginning of a record          |  as nothing was added, the
 *     |  TORN        the same, behind unreadable bytes                   |  answer is the same
 *     +------------------------------------------------------------------+
 * </pre>
 * Not thread safe; an interrupt of the reading thread closes the reader's file, as it does with any file channel.
 * Nothing in the files, whatever it is, makes it throw anything but {@link IOException}, and that only when the
 * operating system refuses to read.
 */
public final class JournalReader implements AutoCloseable
{
    /**
     * What {@link #poll()} found.
     */
    public enum Event
    {
        /** A record whose checksum fits. */
        RECORD,
        /** Nothing more at present. */
        END,
        /** Nothing more at present, but a record was begun: the writer is at it, or died in it. */
        INCOMPLETE,
        /** The last bytes before the end, or before a restart that knew of them, are unreadable. */
        TORN,
        /** Unreadable bytes amid readable ones. */
        CORRUPT,
        /** A sequence is missing or repeated: {@link #expectedSequence()} and {@link #sequence()} tell. */
        GAP
    }

    private final Path directory;
    private final ContainerListener container;
    private CycleFile file;
    private CycleFile.Item tail;
    private Object fileKey;
    private boolean isRecordWaiting;
    private boolean isSequenceChecked;
    private long sequence;
    private long lastSequence;
    private long expectedSequence;
    private final Fault fault = new Fault();

    /**
     * Opens a journal.
     *
     * @param directory of the journal; it need not hold a cycle file yet.
     * @throws IOException when the directory cannot be read.
     */
    public JournalReader(final Path directory) throws IOException
    {
        this(directory, null);
    }

    /**
     * Opens a journal, of which the bytes that hold no record are to be checked too.
     *
     * @param directory of the journal; it need not hold a cycle file yet.
     * @param container hears of bytes that are not as Chronicle Queue writes them; null leaves them unchecked.
     * @throws IOException when the directory cannot be read.
     */
    public JournalReader(final Path directory, final ContainerListener container) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            throw new NotDirectoryException(directory.toString());
        }
        this.directory = directory;
        this.container = container;
    }

    /**
     * Opens a journal at the beginning of the last day but one on which anything was written.
     *
     * @param directory of the journal; it need not hold a cycle file yet.
     * @return a reader.
     * @throws IOException when the directory cannot be read.
     */
    public static JournalReader ofNewestDays(final Path directory) throws IOException
    {
        final CycleFiles files = CycleFiles.in(directory);
        return at(directory, 0 == files.size() ? null : files.path(files.firstOfNewestDays(2)));
    }

    /** At the beginning of a cycle file; of the journal, where that is null. */
    static JournalReader at(final Path directory, final Path fileOrNull) throws IOException
    {
        final JournalReader reader = new JournalReader(directory);
        if (null != fileOrNull)
        {
            reader.open(fileOrNull);
        }
        return reader;
    }

    /**
     * Whether a directory holds anything of a journal.
     *
     * @param directory to look into.
     * @return true when it holds at least one cycle file.
     * @throws IOException when the directory cannot be read.
     */
    public static boolean isJournal(final Path directory) throws IOException
    {
        return Files.isDirectory(directory) && CycleFiles.in(directory).size() > 0;
    }

    /**
     * Goes on to what comes next.
     *
     * @return what it is.
     * @throws IOException when the operating system refuses to read.
     */
    public Event poll() throws IOException
    {
        if (isRecordWaiting)
        {
            return record();
        }
        Path successor = null;
        while (true)
        {
            if (null == file && !openFirst())
            {
                return Event.END;
            }
            final CycleFile.Item item = file.next();
            tail = item;
            if (CycleFile.Item.RECORD == item)
            {
                sequence = file.buffer().getLong(
                    file.recordOffset() + CycleFile.MESSAGE_HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN);
                isSequenceChecked = false;
                isRecordWaiting = true;
                return !fault.isThere() ? record() : isRestartAfterTear() ? Event.TORN : Event.CORRUPT;
            }

            if (CycleFile.Item.FAULT == item)
            {
                fault.note(file);
            }
            else if (null != successor)
            {
                file.checkContainer(item, false);
                open(successor);
                successor = null;
            }
            else
            {
                successor = successor();
                if (null == successor)
                {
                    return tail(item);
                }
                // Look at this file once more: the writer may have added to it before it rolled.
            }
        }
    }

    /**
     * Buffer with the record, after RECORD and until the next poll.
     *
     * @return the buffer.
     */
    public DirectBuffer buffer()
    {
        return file.buffer();
    }

    /**
     * Where in {@link #buffer()} the record's message header begins.
     *
     * @return index in bytes.
     */
    public int offset()
    {
        return file.recordOffset();
    }

    /**
     * Length of the record, without its checksum.
     *
     * @return length in bytes.
     */
    public int length()
    {
        return file.recordLength();
    }

    /**
     * Template of the record in the journal's schema.
     *
     * @return template id, perhaps of a later version of the schema.
     */
    public int templateId()
    {
        return file.buffer().getShort(file.recordOffset() + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Sequence of the record, after RECORD and GAP.
     *
     * @return sequence.
     */
    public long sequence()
    {
        return sequence;
    }

    /**
     * Sequence of the last record returned.
     *
     * @return sequence, 0 before the first record.
     */
    public long lastSequence()
    {
        return lastSequence;
    }

    /**
     * What {@link #sequence()} should have been, after GAP.
     *
     * @return sequence.
     */
    public long expectedSequence()
    {
        return expectedSequence;
    }

    /**
     * Where the record stands or the fault begins: the cycle file, which may be a compressed one.
     *
     * @return path, null when the directory holds no cycle file.
     */
    public Path file()
    {
        return fault.isThere() ? fault.file() : null == file ? null : file.path();
    }

    /**
     * Where the record or the fault begins: its 4-byte document header.
     *
     * @return offset in {@link #file()} in bytes; when that is compressed, in what it was before.
     */
    public long fileOffset()
    {
        return fault.isThere() ? fault.offset() : null == file ? 0 : file.documentOffset();
    }

    /**
     * Bytes that are unreadable, after TORN and CORRUPT; bytes begun, after INCOMPLETE.
     *
     * @return length in bytes.
     */
    public long faultLength()
    {
        return fault.length();
    }

    /**
     * What was found, for people, after anything but RECORD.
     *
     * @return one line without the place, which {@link #file()} and {@link #fileOffset()} tell.
     */
    public String description()
    {
        return fault.text();
    }

    /**
     * After END, INCOMPLETE or TORN: have what is no record in the last file checked. A writer that goes on meanwhile
     * looks like damage: poll again, and when there are records, what was heard means nothing.
     *
     * @return true when that file has its end mark, so that another was to follow.
     * @throws IOException when the operating system refuses to read.
     */
    public boolean checkContainerOfLast() throws IOException
    {
        if (null != file)
        {
            file.checkContainer(tail, true);
        }
        return CycleFile.Item.END_MARK == tail;
    }

    /**
     * Closes the file it is in.
     */
    @Override
    public void close()
    {
        CloseHelper.quietClose(file);
    }

    private Event record()
    {
        fault.forget();
        if (!isSequenceChecked)
        {
            isSequenceChecked = true;
            if (0 != lastSequence && lastSequence + 1 != sequence)
            {
                expectedSequence = lastSequence + 1;
                fault.text(sequence > expectedSequence ?
                    "records " + expectedSequence + " to " + (sequence - 1) + " are missing" :
                    "sequence " + sequence + " follows " + lastSequence);
                return Event.GAP;
            }
        }
        isRecordWaiting = false;
        lastSequence = sequence;
        return Event.RECORD;
    }

    private boolean isRestartAfterTear()
    {
        final int body = CycleFile.MESSAGE_HEADER_LENGTH;
        return GatewayStartedDecoder.TEMPLATE_ID == templateId() &&
            length() >= body + GatewayStartedDecoder.BLOCK_LENGTH &&
            (0 == lastSequence || lastSequence + 1 == sequence) &&
            sequence - 1 == buffer().getLong(
                offset() + body + GatewayStartedDecoder.lastSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    }

    private Event tail(final CycleFile.Item item) throws IOException
    {
        if (fault.isThere())
        {
            return Event.TORN;
        }
        fault.forget();
        if (CycleFile.Item.INCOMPLETE == item)
        {
            fault.text("a record was begun and not finished", file.residueLength());
        }
        return CycleFile.Item.INCOMPLETE == item ? Event.INCOMPLETE : Event.END;
    }

    private boolean openFirst() throws IOException
    {
        final CycleFiles files = CycleFiles.in(directory);
        if (files.size() > 0)
        {
            open(files.path(0));
        }
        return null != file;
    }

    private Path successor() throws IOException
    {
        final Path current = file.path();
        if (Files.exists(current) && !Objects.equals(keyOf(current), fileKey))
        {
            // It was retired while it was being read, and another file has its name.
            return current;
        }
        return CycleFiles.in(directory).after(current);
    }

    private void open(final Path path) throws IOException
    {
        final CycleFile next = CycleFiles.open(path).withContainerCheck(container);
        CloseHelper.quietClose(file);
        file = next;
        fileKey = keyOf(next.path());
    }

    private static Object keyOf(final Path path) throws IOException
    {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
