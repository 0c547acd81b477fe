package io.countersign.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

@Timeout(60)
class RecentRecordsTest
{
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    @TempDir
    private Path temporary;

    @Test
    void shouldReadNothingOfANewJournal() throws IOException
    {
        assertEquals(List.of(), sequences(Long.MAX_VALUE));
    }

    @Test
    void shouldReadTheNewestCycleAndTheOneBefore() throws IOException
    {
        writeDays();
        assertEquals(range(11, 30), sequences(Long.MAX_VALUE));
    }

    @Test
    void shouldReadForAnEarlierLifeWhatItHadRead() throws IOException
    {
        writeDays();
        assertEquals(range(1, 15), sequences(16));
        assertEquals(range(1, 20), sequences(21), "a life that opens a cycle has read the two before it");
        assertEquals(range(11, 21), sequences(22));
        assertEquals(range(1, 9), sequences(10));
        assertEquals(List.of(), sequences(1));
    }

    @Test
    void shouldTakeARetiredFileForAPartOfItsCycle() throws IOException
    {
        writeDays();
        final Path newest = newest();
        Files.move(newest, newest.resolveSibling(newest.getFileName() + ".retired-1"));
        try (Life life = new Life(temporary, RollCycles.FAST_DAILY, dayAfter(3)))
        {
            life.records().intent(1);
        }
        assertEquals(range(11, 31), sequences(Long.MAX_VALUE));
    }

    /** A gateway that runs for days without requests leaves files behind, but forgets no request for them. */
    @Test
    void shouldKnowTheNewestDaysThatHoldRequests() throws IOException
    {
        writeDays();
        for (int day = 4; day <= 7; day++)
        {
            try (Life life = new Life(temporary, RollCycles.FAST_DAILY, dayAfter(day)))
            {
                life.start();
            }
        }
        try (JournalReader reader = JournalReader.ofNewestDays(temporary))
        {
            assertEquals(JournalReader.Event.RECORD, reader.poll());
            assertEquals(11, reader.sequence());
        }
    }

    @Test
    void shouldReadTheLastDayAndTodayAlsoWithQuietDaysBetween() throws IOException
    {
        for (final int day : new int[]{1, 3, 7})
        {
            try (Life life = new Life(temporary, RollCycles.FAST_DAILY, dayAfter(day)))
            {
                life.records().intent(day);
            }
        }
        assertEquals(List.of(2L, 3L), sequences(Long.MAX_VALUE), "day 3 is more than was asked for, never less");
        assertEquals(List.of(1L, 2L), sequences(3));
    }

    private void writeDays()
    {
        for (int day = 1; day <= 3; day++)
        {
            try (Life life = new Life(temporary, RollCycles.FAST_DAILY, dayAfter(day)))
            {
                for (int i = 0; i < 10; i++)
                {
                    life.records().intent(i);
                }
            }
        }
    }

    private static SetTimeProvider dayAfter(final int day)
    {
        final SetTimeProvider time = new SetTimeProvider();
        time.currentTimeMillis(day * DAY_MS + 1);
        return time;
    }

    private Path newest() throws IOException
    {
        return CycleFiles.in(temporary).newest();
    }

    private List<Long> sequences(final long beforeSequence) throws IOException
    {
        final List<Long> sequences = new ArrayList<>();
        final long records = RecentRecords.read(
            temporary, beforeSequence, (buffer, offset, length, templateId, sequence) -> sequences.add(sequence));
        assertEquals(sequences.size(), records);
        return sequences;
    }

    private static List<Long> range(final long first, final long last)
    {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
