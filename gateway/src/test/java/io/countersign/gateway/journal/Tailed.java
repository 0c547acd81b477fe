package io.countersign.gateway.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    static void assertSame(final Path directory, final ReadJournal read, final String message)
    {
        assertSame(directory, RollCycles.FAST_DAILY, read, message);
    }

    static void assertSame(
        final Path directory, final RollCycle rollCycle, final ReadJournal read, final String message)
    {
        final List<byte[]> excerpts = excerpts(directory, rollCycle);
        assertEquals(excerpts.size(), read.records().size(), message);
        for (int i = 0; i < excerpts.size(); i++)
        {
            final byte[] record = read.records().get(i);
            final byte[] excerpt = excerpts.get(i);
            assertArrayEquals(record, Arrays.copyOf(excerpt, excerpt.length - 4), message);
            final CRC32C crc = new CRC32C();
            crc.update(record);
            final int end = excerpt.length;
            assertEquals((int) crc.getValue(), (excerpt[end - 1] & 0xFF) << 24 | (excerpt[end - 2] & 0xFF) << 16 |
                (excerpt[end - 3] & 0xFF) << 8 | excerpt[end - 4] & 0xFF, message);
        }
    }
}
