package io.countersign.gateway.journal;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a start must know of the lives before it. Run it under the {@link JournalLock} and before the journal is opened.
 * <p>
 * It reads the newest cycle file, and older ones only back to a GatewayStarted whose life wrote as many Interrupted
 * records as it announced: nothing before that can be open. So it reads no more than was written since the day of the
 * last start, each file once and none twice. Nothing is open in files that were compressed, and none of the newest
 * is: a journal that says otherwise is not continued.
 * <p>
 * When Chronicle could not go on behind what the newest file holds (its first document was never finished, documents do
 * not join, the writer's own mark points elsewhere: a loss of power can do that, the death of a process only while it
 * creates the file), the file is renamed to {@code NAME.cq4.retired-1}. Not a byte in it is changed; readers take it in
 * its place, before the new file of that name.
 */
public final class JournalRecovery
{
    private final LongHashSet resolved = new LongHashSet();
    private final LongHashSet open = new LongHashSet();
    private long lastSequence;
    private long tornBytes;
    private long bytesRead;
    private int leadingInterrupted;
    private Path retired;

    private JournalRecovery()
    {
    }

    /**
     * Looks at the journal.
     *
     * @param lock held on its directory.
     * @return what was found.
     * @throws JournalException when the journal cannot be read.
     */
    public static JournalRecovery run(final JournalLock lock)
    {
        final Path directory = lock.directory();
        if (!lock.isHeld())
        {
            throw new JournalException("journal " + directory + " may be recovered only under its own lock");
        }

        try
        {
            final JournalRecovery recovery = new JournalRecovery();
            recovery.read(CycleFiles.in(directory));
            return recovery;
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                "journal " + directory + " cannot be read (" + JournalLock.reason(ex) +
                "): check the disk and the files' owner", ex);
        }
    }

    /**
     * Sequence of the last good record. The next record has the one after it.
     *
     * @return sequence, 0 in a new journal.
     */
    public long lastSequence()
    {
        return lastSequence;
    }

    /**
     * Length of what was found behind the last good record and could not be read, for GatewayStarted.
     *
     * @return length in bytes, 0 when there was nothing.
     */
    public long tornBytes()
    {
        return tornBytes;
    }

    /**
     * Intents that have neither an Outcome nor an Interrupted: those of the last life, and those of earlier lives whose
     * restart died before it had written their Interrupted records.
     *
     * @return their sequences, rising.
     */
    public long[] interruptedIntents()
    {
        final long[] sequences = new long[open.size()];
        int i = 0;
        for (final LongHashSet.LongIterator iterator = open.iterator(); iterator.hasNext();)
        {
            sequences[i++] = iterator.nextValue();
        }

        Arrays.sort(sequences);
        return sequences;
    }

    /**
     * The cycle file that was taken out of use.
     *
     * @return its former path, null when none was.
     */
    public Path retired()
    {
        return retired;
    }

    /**
     * How much was read.
     *
     * @return bytes of documents passed.
     */
    public long bytesRead()
    {
        return bytesRead;
    }

    private void read(final CycleFiles files) throws IOException
    {
        boolean isNewest = true;
        boolean isContinuable = true;
        for (int i = files.size() - 1; i >= 0; i--)
        {
            if (CycleFiles.isCompressed(files.path(i)))
            {
                requireRecords(files.path(i));
                break;
            }

            try (CycleFile file = new CycleFile(files.path(i)))
            {
                file.noteMark();
                final FilePass pass = new FilePass();
                final CycleFile.Item tail = pass.read(file);
                isContinuable = isNewest ? file.isContinuable(tail) : isContinuable;
                isNewest = false;
                if (add(pass))
                {
                    break;
                }
            }
        }

        if (!isContinuable && files.newest().toString().endsWith(CycleFile.SUFFIX))
        {
            retired = files.newest();
            files.retireNewest();
        }
    }

    /** Behind a compressed file; or sequences that it holds would be given once more. */
    private void requireRecords(final Path compressed) throws IOException
    {
        if (0 == lastSequence)
        {
            throw new IOException("its newest records are in " + compressed.getFileName() +
                ", which is compressed; restore it with zstd -d");
        }
    }

    /** Adds what the next older file holds; true when nothing older can matter. */
    private boolean add(final FilePass pass)
    {
        bytesRead += pass.bytes;
        if (0 == lastSequence)
        {
            tornBytes += pass.bytesBehindLastRecord;
        }

        lastSequence = Math.max(lastSequence, pass.highestSequence);
        pass.endLife(leadingInterrupted);
        for (final LongHashSet.LongIterator iterator = pass.open.iterator(); iterator.hasNext();)
        {
            final long intent = iterator.nextValue();
            if (intent > pass.settledSequence && !resolved.contains(intent))
            {
                open.add(intent);
            }
        }

        resolved.addAll(pass.resolvedElsewhere);
        leadingInterrupted = pass.hasStart() ? pass.leadingInterrupted : leadingInterrupted + pass.leadingInterrupted;
        return pass.settledSequence > 0;
    }

    /**
     * One file, read once from its beginning to its end.
     */
    private static final class FilePass
    {
        private static final int BODY = CycleFile.MESSAGE_HEADER_LENGTH;

        private final LongHashSet open = new LongHashSet();
        private final LongHashSet resolvedElsewhere = new LongHashSet();
        private long highestSequence;
        private long bytesBehindLastRecord;
        private long bytes;
        private long settledSequence;
        private long startSequence;
        private long announced;
        private int interruptedInLife;
        private int leadingInterrupted;

        CycleFile.Item read(final CycleFile file) throws IOException
        {
            while (true)
            {
                final CycleFile.Item item = file.next();
                switch (item)
                {
                    case RECORD:
                        bytes += file.documentLength();
                        bytesBehindLastRecord = 0;
                        onRecord(file.buffer(), file.recordOffset(), file.recordLength());
                        break;

                    case FAULT:
                        bytes += file.documentLength();
                        bytesBehindLastRecord += file.documentLength();
                        break;

                    case INCOMPLETE:
                        bytesBehindLastRecord += file.residueLength();
                        return item;

                    default:
                        return item;
                }
            }
        }

        boolean hasStart()
        {
            return startSequence > 0;
        }

        /** A life is settled when it wrote every Interrupted that its GatewayStarted announced. */
        void endLife(final int interruptedInNewerFiles)
        {
            if (hasStart() && interruptedInLife + interruptedInNewerFiles >= announced)
            {
                settledSequence = startSequence;
            }
        }

        private void onRecord(final DirectBuffer buffer, final int offset, final int length)
        {
            final int body = offset + BODY;
            final int templateId = buffer.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            final int bodyLength = length - BODY;
            final long sequence = buffer.getLong(body, ByteOrder.LITTLE_ENDIAN);
            highestSequence = Math.max(highestSequence, sequence);
            if (GatewayStartedDecoder.TEMPLATE_ID == templateId && bodyLength >= GatewayStartedDecoder.BLOCK_LENGTH)
            {
                endLife(0);
                startSequence = sequence;
                interruptedInLife = 0;
                announced = buffer.getInt(
                    body + GatewayStartedDecoder.interruptedEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            }
            else if (IntentDecoder.TEMPLATE_ID == templateId)
            {
                open.add(sequence);
            }
            else if (OutcomeDecoder.TEMPLATE_ID == templateId && bodyLength >= OutcomeDecoder.BLOCK_LENGTH)
            {
                resolve(buffer.getLong(
                    body + OutcomeDecoder.intentSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
            }
            else if (InterruptedDecoder.TEMPLATE_ID == templateId && bodyLength >= InterruptedDecoder.BLOCK_LENGTH)
            {
                resolve(buffer.getLong(
                    body + InterruptedDecoder.intentSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
                onInterrupted();
            }
        }

        private void onInterrupted()
        {
            if (hasStart())
            {
                interruptedInLife++;
            }
            else
            {
                leadingInterrupted++;
            }
        }

        private void resolve(final long intentSequence)
        {
            if (!open.remove(intentSequence))
            {
                resolvedElsewhere.add(intentSequence);
            }
        }
    }
}
