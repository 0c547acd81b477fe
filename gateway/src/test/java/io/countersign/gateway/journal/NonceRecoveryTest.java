package io.countersign.gateway.journal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import static io.countersign.gateway.journal.NonceMarks.NO_NONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;

class NonceRecoveryTest
{
    @TempDir
    private Path directory;

    private StandingRecords records;

    @BeforeEach
    void before()
    {
        records = new StandingRecords(directory);
    }

    @Test
    void shouldFindTheHighestOfMarksAndIntents()
    {
        assertEquals(Map.of(), recovered());
        records.open().started().mark("a", "first", NO_NONCE).mark("b", "second", 50).mark("", "old", 7).token()
            .intent("a", 10).intent("a", 12).intent("a", 11).intent("b", 40).intent("nobody", 99)
            .close();
        assertEquals(Map.of("first", 12L, "second", 50L, "old", 7L), recovered());
        records.open().started().mark("a", "first", 12).mark("b", "second", 50).mark("", "old", 7).token()
            .intent("b", 51)
            .close();
        assertEquals(Map.of("first", 12L, "second", 51L, "old", 7L), recovered());
    }

    @Test
    void shouldReadNoFurtherBackThanToTheFileThatHoldsThemAll()
    {
        records.open().started().mark("a", "forgotten", 9).token().close();
        records.nextDay().open().started().mark("a", "first", 1).token().intent("a", 2).close();
        assertEquals(Map.of("first", 2L), recovered());
    }

    @Test
    void shouldLayTheIntentsOfADayToTheMarksOfItsLifeWhereverTheyStand()
    {
        records.open().started().mark("a", "first", 1).token().intent("a", 5).close();
        records.nextDay().open().intent("a", 8).close();
        assertEquals(Map.of("first", 8L), recovered(), "before the marks of the new day");
        records.open().policy("").mark("a", "first", 8).close();
        assertEquals(Map.of("first", 8L), recovered(), "marks and nothing behind them");
        records.open().intent("a", 9).close();
        assertEquals(Map.of("first", 9L), recovered(), "behind the marks");
        records.nextDay().open().intent("a", 10).policy("").mark("a", "first", NO_NONCE).other().close();
        assertEquals(Map.of("first", 10L), recovered(), "before them in the same file");
    }

    @Test
    void shouldKeepMarksByApiKeyWhateverTheAliasesAre()
    {
        records.open().started().mark("a", "first", 1).mark("b", "second", 1).token()
            .intent("a", 100).intent("b", 20).close();
        records.open().started().mark("b", "first", 100).mark("a", "second", 20).token()
            .intent("b", 101).intent("a", 21).close();
        assertEquals(Map.of("first", 101L, "second", 21L), recovered());
        // A start that was cut short lays nothing to anything: its aliases were never used.
        records.nextDay().open().started().mark("a", "first", 101).close();
        assertEquals(Map.of("first", 101L, "second", 21L), recovered());
        records.open().started().mark("b", "third", NO_NONCE).mark("", "first", 101).mark("", "second", 21).token()
            .intent("b", 3).close();
        assertEquals(Map.of("first", 101L, "second", 21L, "third", 3L), recovered());
    }

    @Test
    void shouldLookFurtherBackWhereMarksWereCutShort()
    {
        records.open().started().mark("a", "first", 1).mark("b", "second", 1).token()
            .intent("a", 5).intent("b", 6).close();
        for (int day = 0; day < 3; day++)
        {
            records.nextDay().open().started().mark("a", "first", 5).close();
            assertEquals(Map.of("first", 5L, "second", 6L), recovered(), "day " + day);
        }
        records.nextDay().open().policy("").mark("a", "first", 5).close();
        assertEquals(Map.of("first", 5L, "second", 6L), recovered(), "a change of day");
    }

    @Test
    void shouldTakeAllThatCanBeReadOfATornFile() throws Exception
    {
        records.open().started().mark("a", "first", 1).mark("b", "second", 1).token()
            .intent("a", 5).intent("b", 6).intent("a", 7).close();
        final ReadJournal read = ReadJournal.of(directory);
        JournalReaderTest.overwrite(read.file(-1), read.offset(-1) + 40, new byte[]{1});
        assertEquals(Map.of("first", 5L, "second", 6L), recovered(), "the last record was never whole");
        records.open().started().mark("a", "first", 5).mark("b", "second", 6).token().intent("b", 9).close();
        assertEquals(Map.of("first", 5L, "second", 9L), recovered(), "and a life went on behind it");
    }

    private Map<String, Long> recovered()
    {
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            return StandingRecovery.run(lock).nonces().entries().stream()
                .collect(Collectors.toMap(NonceEntry::apiKey, NonceEntry::nonce));
        }
    }
}
