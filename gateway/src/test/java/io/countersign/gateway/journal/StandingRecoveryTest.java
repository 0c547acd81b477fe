package io.countersign.gateway.journal;

import io.countersign.codecs.journal.SwitchReach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static io.countersign.codecs.journal.SwitchReach.ALL_BUT_CANCELS;
import static io.countersign.codecs.journal.SwitchReach.CANCELS;
import static org.junit.jupiter.api.Assertions.*;

class StandingRecoveryTest
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
    void shouldFindNothingInANewJournal()
    {
        assertTrue(recovered().isEmpty());
    }

    @Test
    void shouldFindWhatWasTurnedLastOfEachSwitchAndRule()
    {
        records.open().started().token()
            .turn("a", CANCELS, true)
            .turn("a", ALL_BUT_CANCELS, true)
            .turn("b", CANCELS, true)
            .turn("a", CANCELS, false)
            .stop("maker", "first", true)
            .stop("maker", "second", true)
            .stop("maker", "first", false)
            .close();
        assertEquals(List.of("a ALL_BUT_CANCELS", "b CANCELS", "maker second"), recovered());
    }

    @Test
    void shouldFindInTheNewestFileAloneWhatALifeOrADayWroteAnew()
    {
        records.open().started().token().turn("forgotten", CANCELS, true).close();
        records.nextDay().open().started().turn("a", CANCELS, true).token().close();
        assertEquals(List.of("a CANCELS"), recovered(), "a complete start");

        records.nextDay().open().policy("").turn("b", CANCELS, true).other().close();
        assertEquals(List.of("b CANCELS"), recovered(), "a day that a running life has begun");
    }

    @Test
    void shouldLookFurtherBackWhereAStartOrADayWasCutShort()
    {
        records.open().started().token().turn("a", CANCELS, true).turn("b", CANCELS, true).close();
        for (int day = 0; day < 3; day++)
        {
            records.nextDay().open().started().turn("a", CANCELS, true).close();
            assertEquals(List.of("b CANCELS", "a CANCELS"), recovered(), "day " + day);
        }
        records.nextDay().open().policy("").turn("a", CANCELS, true).close();
        assertEquals(List.of("b CANCELS", "a CANCELS"), recovered(), "a change of day");
        records.open().policy("boss").turn("c", CANCELS, true).close();
        assertEquals(List.of("b CANCELS", "a CANCELS", "c CANCELS"), recovered(), "a reload behind it");
    }

    /** At noon of its day by the clock, because it was set, or one second before, because two clocks differ. */
    @Test
    void shouldLookFurtherBackWhereALifeHasNotYetWrittenThemIntoANewFile()
    {
        records.open().started().token().turn("a", CANCELS, true).close();
        records.nextDay().open().other().policy("boss").other().close();
        assertEquals(List.of("a CANCELS"), recovered());
    }

    private List<String> recovered()
    {
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            final StandingOrders standing = StandingRecovery.run(lock);
            final List<String> switches = standing.switches().stream()
                .map((entry) -> entry.name() + " " + SwitchReach.get((short) entry.reach())).toList();
            final List<String> rules = standing.executions().stream()
                .map((entry) -> entry.principal() + " " + entry.rule()).toList();
            return Stream.concat(switches.stream(), rules.stream()).toList();
        }
    }
}
