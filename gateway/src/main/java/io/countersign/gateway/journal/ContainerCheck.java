package io.countersign.gateway.journal;

import io.countersign.codecs.journal.GatewayStartedDecoder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Holds what a cycle file has beside its records to what Chronicle Queue writes: the header document, the index
 * documents, the padding between documents, the end mark and the zeros behind it. Told of each document as the file is
 * passed; looks at the rest at the end.
 * <pre>
 *  index document:  B9 name  padding  8D  capacity 4096  used  4096 positions
 *                                         (numbers of 64 bits, little endian; the positions on a multiple of 8)
 *  padding:         n bytes: n &lt; 5: 8F each; else 8E, n - 5 in 32 bits, zeros
 * </pre>
 * What a process that was killed leaves is no damage: the mark and the index may lag by the last excerpt before the
 * kill, and of a record that was begun, bytes may stand behind what the next life wrote over it.
 */
final class ContainerCheck
{
    private static final int INDEX_SPACING = 256;
    private static final int INDEX_COUNT = 4096;
    private static final int ARRAY_HEAD_LENGTH = 2 * Long.BYTES;
    private static final int CLEARED_LENGTH = 8;
    private static final byte ARRAY_OF_INT64 = (byte) 0x8D;
    private static final byte SHORT_PADDING = (byte) 0x8F;
    private static final byte LONG_PADDING = (byte) 0x8E;
    private static final int LONG_PADDING_LENGTH = 5;
    private static final byte[] INDEX_NAME = {(byte) 0xB9, 5, 'i', 'n', 'd', 'e', 'x'};
    private static final byte[] INDEX_2_INDEX_NAME =
        {(byte) 0xB9, 11, 'i', 'n', 'd', 'e', 'x', '2', 'i', 'n', 'd', 'e', 'x'};
    private static final byte[] END_TEXT = {(byte) 0xC3, 'E', 'O', 'F'};

    private final Path path;
    private final FileWindow window;
    private final ContainerListener listener;
    private long[] indexed = new long[16];
    private int indexedCount;
    private long[] documents = new long[4];
    private int documentCount;
    private long[] lengths = new long[4];
    private long excerpts;
    private long lastPosition;
    private long positionBefore;
    private long residueEnd;
    private long lacking = -1;

    ContainerCheck(final Path path, final FileWindow window, final ContainerListener listener)
    {
        this.path = path;
        this.window = window;
        this.listener = listener;
    }

    /** A document was passed: its bytes are in the window. */
    void onDocument(final long position, final long length, final boolean isMetaData) throws IOException
    {
        if (isMetaData)
        {
            documents = documentCount == documents.length ? Arrays.copyOf(documents, 2 * documentCount) : documents;
            lengths = documentCount == lengths.length ? Arrays.copyOf(lengths, 2 * documentCount) : lengths;
            documents[documentCount] = position;
            lengths[documentCount++] = length;
        }
        else
        {
            onExcerpt(position, length);
        }

        final long end = position + CycleFile.HEADER_LENGTH + length;
        final int padding = (int) (-end & 3);
        if (padding > 0 && window.load(end, padding))
        {
            for (int i = 0; i < padding; i++)
            {
                if (0 != window.byteAt(end + i))
                {
                    listener.onDamage(path, end + i, "padding is not 0");
                    break;
                }
            }
        }
    }

    /** The file is over for now. */
    void onEnd(final CycleFile.Item tail, final long position, final boolean isFramingBroken, final boolean isLast)
        throws IOException
    {
        if (0 == documentCount)
        {
            return;
        }
        final CycleHeader header = CycleHeader.read(window);
        final int difference = header.firstDifference();
        if (difference >= 0)
        {
            listener.onDamage(path, difference, "the header is not that of a journal's cycle file");
        }
        checkIndexes(header);
        final boolean isRetired = !path.getFileName().toString().matches(".+\\.cq4(\\.zst)?");
        if (!isFramingBroken && !isRetired && excerpts > 0)
        {
            checkMark(header, isLast && CycleFile.Item.END_MARK != tail);
        }
        if (!isLast && !isRetired && CycleFile.Item.END_MARK != tail)
        {
            listener.onDamage(path, position, "the end mark is missing");
        }
        if (CycleFile.Item.END_MARK == tail || CycleFile.Item.FREE == tail)
        {
            final long end = position + CycleFile.HEADER_LENGTH;
            checkZeros(CycleFile.Item.END_MARK == tail && isEndText(end) ? end + END_TEXT.length : end);
        }
    }

    private void onExcerpt(final long position, final long length) throws IOException
    {
        if (0 == excerpts % INDEX_SPACING)
        {
            indexed = indexedCount == indexed.length ? Arrays.copyOf(indexed, 2 * indexedCount) : indexed;
            indexed[indexedCount++] = position;
        }
        final int start = window.indexOf(position + CycleFile.HEADER_LENGTH);
        if (length > CycleFile.MESSAGE_HEADER_LENGTH + GatewayStartedDecoder.BLOCK_LENGTH &&
            GatewayStartedDecoder.TEMPLATE_ID == window.buffer().getShort(start + 2, ByteOrder.LITTLE_ENDIAN))
        {
            // The life before may have died between an excerpt and its place in the index.
            lacking = 1 == excerpts % INDEX_SPACING ? excerpts / INDEX_SPACING : lacking;
            final long tornBytes = window.buffer().getLong(start + CycleFile.MESSAGE_HEADER_LENGTH +
                GatewayStartedDecoder.tornBytesEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            residueEnd = tornBytes > 0 && tornBytes <= CycleFile.MAX_EXCERPT_LENGTH + CycleFile.HEADER_LENGTH ?
                Math.max(residueEnd, position + tornBytes + CLEARED_LENGTH) : residueEnd;
        }
        positionBefore = lastPosition;
        lastPosition = position;
        excerpts++;
    }

    /** The writer sets the position first, then the number; both after the document. */
    private void checkMark(final CycleHeader header, final boolean mayLag)
    {
        final long position = header.number(CycleHeader.WRITE_POSITION_OFFSET);
        final long sequence = header.number(CycleHeader.LAST_SEQUENCE_OFFSET);
        final long last = lastPosition << 32 | excerpts - 1;
        final long before = 1 == excerpts ? 0 : positionBefore << 32 | excerpts - 2;
        final boolean isLagging = mayLag && before == sequence &&
            (positionBefore == position || lastPosition == position || 1 == excerpts);
        if (!isLagging && lastPosition != position)
        {
            listener.onDamage(path, CycleHeader.WRITE_POSITION_OFFSET, "the writer's mark is not on the last document");
        }
        if (!isLagging && last != sequence)
        {
            listener.onDamage(path, CycleHeader.LAST_SEQUENCE_OFFSET, "the writer's mark is not on the last excerpt");
        }
    }

    private void checkIndexes(final CycleHeader header) throws IOException
    {
        final long root = header.number(CycleHeader.INDEX_2_INDEX_OFFSET);
        if (documentCount > 1 ? documents[1] != root : 0 != root && excerpts > 0)
        {
            listener.onDamage(path, CycleHeader.INDEX_2_INDEX_OFFSET, "the place of the index is wrong");
        }
        long used = 0;
        for (int i = 1; i < documentCount; i++)
        {
            used += 1 == i ?
                checkIndex(i, INDEX_2_INDEX_NAME, documents, 2, documentCount - 2) :
                checkIndex(i, INDEX_NAME, indexed, (i - 2) * INDEX_COUNT, indexedCount);
        }
        used -= Math.max(0, documentCount - 2);
        final long lastIndex = header.number(CycleHeader.LAST_INDEX_OFFSET);
        final boolean mayLag = lacking >= 0 || 1 == excerpts % INDEX_SPACING;
        if (used * INDEX_SPACING != lastIndex && !(mayLag && (used - 1) * INDEX_SPACING == lastIndex))
        {
            listener.onDamage(path, CycleHeader.LAST_INDEX_OFFSET, "the end of the index is wrong");
        }
    }

    /** Returns how many of its places are used. */
    private long checkIndex(
        final int number, final byte[] name, final long[] expected, final int first, final int count)
        throws IOException
    {
        final long begin = documents[number] + CycleFile.HEADER_LENGTH;
        final ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(lengths[number], 1 << 20))
            .order(ByteOrder.LITTLE_ENDIAN);
        window.read(bytes, begin);
        final int values = (int) ((begin + name.length + 1 + ARRAY_HEAD_LENGTH + 7 & ~7L) - begin);
        if (values + INDEX_COUNT * Long.BYTES != lengths[number])
        {
            listener.onDamage(path, documents[number], "an index has another length");
            return 0;
        }
        checkIndexHead(begin, bytes, name, values);
        final long used = bytes.getLong(values - Long.BYTES);
        final boolean isRoot = 1 == number;
        final int due = isRoot ? count : Math.min(INDEX_COUNT, count - first);
        for (int i = 0; i < INDEX_COUNT; i++)
        {
            final long value = bytes.getLong(values + i * Long.BYTES);
            final boolean mayLack = !isRoot && (first + i == lacking || first + i == indexedCount - 1 &&
                1 == excerpts % INDEX_SPACING);
            final long right = i < due ? expected[first + i] : 0;
            if (right != value && !(0 == value && mayLack))
            {
                listener.onDamage(path, begin + values + (long) i * Long.BYTES, "an index has a wrong place");
                return used;
            }
        }
        final boolean mayLag = !isRoot && 1 == excerpts % INDEX_SPACING && used == due - 1;
        if (used != due && !mayLag)
        {
            listener.onDamage(path, begin + values - Long.BYTES, "an index counts " + used + " places, not " + due);
        }
        return used;
    }

    private void checkIndexHead(final long begin, final ByteBuffer bytes, final byte[] name, final int values)
    {
        final ByteBuffer head = ByteBuffer.allocate(values - Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(name);
        final int padding = values - ARRAY_HEAD_LENGTH - 1 - name.length;
        if (padding < LONG_PADDING_LENGTH)
        {
            for (int i = 0; i < padding; i++)
            {
                head.put(SHORT_PADDING);
            }
        }
        else
        {
            head.put(LONG_PADDING).putInt(padding - LONG_PADDING_LENGTH);
        }
        head.put(values - ARRAY_HEAD_LENGTH - 1, ARRAY_OF_INT64).putLong(values - ARRAY_HEAD_LENGTH, INDEX_COUNT);
        final int difference = Arrays.mismatch(head.array(), Arrays.copyOf(bytes.array(), head.capacity()));
        if (difference >= 0)
        {
            listener.onDamage(path, begin + difference, "an index does not begin as one");
        }
    }

    /** Chronicle Queue names the end behind its mark: a field name of three letters. */
    private boolean isEndText(final long from) throws IOException
    {
        if (!window.load(from, END_TEXT.length))
        {
            return false;
        }
        for (int i = 0; i < END_TEXT.length; i++)
        {
            if (END_TEXT[i] != window.byteAt(from + i))
            {
                return false;
            }
        }
        return true;
    }

    private void checkZeros(final long from) throws IOException
    {
        long clean = from;
        while (clean < residueEnd && window.load(clean, 1))
        {
            clean++;
        }
        final long damage = window.firstUsed(clean);
        if (damage >= 0)
        {
            listener.onDamage(path, damage, "something stands behind the end");
        }
    }
}
