package io.countersign.gateway.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.*;

/**
 * What Chronicle's own tailer finds.
 */
final class Tailed
{
    private Tailed()
    {
    }

    static List<byte[]> excerpts(final Path directory, final RollCycle rollCycle)
    {
        final List<byte[]> excerpts = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory).rollCycle(rollCycle).build();
            ExcerptTailer tailer = queue.createTailer())
        {
            final Bytes<?> bytes = Bytes.elasticByteBuffer();
            while (tailer.readBytes(bytes.clear()))
            {
                excerpts.add(bytes.toByteArray());
            }
        }

        return excerpts;
    }

    static void assertSame(final Path directory, final String message) throws IOException
    {
        assertSame(directory, RollCycles.FAST_DAILY, message);
    }

    /** The reader finds each excerpt that the tailer finds, and nothing else; each is a record and its checksum. */
    static void assertSame(final Path directory, final RollCycle rollCycle, final String message) throws IOException
    {
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory).rollCycle(rollCycle).build();
            ExcerptTailer tailer = queue.createTailer();
            JournalReader reader = new JournalReader(directory))
        {
            final Bytes<?> bytes = Bytes.elasticByteBuffer();
            while (tailer.readBytes(bytes.clear()))
            {
                assertEquals(JournalReader.Event.RECORD, reader.poll(), message);
                final byte[] excerpt = bytes.toByteArray();
                final UnsafeBuffer record = new UnsafeBuffer(excerpt, 0, excerpt.length - 4);
                assertEquals(record, new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length()), message);
                final CRC32C crc = new CRC32C();
                crc.update(excerpt, 0, record.capacity());
                assertEquals((int) crc.getValue(), new UnsafeBuffer(excerpt)
                    .getInt(record.capacity(), ByteOrder.LITTLE_ENDIAN), message);
            }

            assertEquals(JournalReader.Event.END, reader.poll(), message);
        }
    }
}
