package io.countersign.ops.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

@Timeout(60)
class StagesCommandTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldTellTheStagesOfEachRequestThatWentToTheToken()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.life();
        }
        final CommandRun run = CommandRun.of("audit", "stages", temporary);
        assertEquals(0, run.exitCode(), run.err());
        final List<String> lines = run.lines();
        assertEquals(5, lines.size());
        assertTrue(lines.get(1).matches("copy, authenticate, decide +1 +300 +300 +300 +300 +300"), lines.get(1));
        assertTrue(lines.get(2).matches("build the venue's request +1 +600 .*"), lines.get(2));
        assertTrue(lines.get(3).matches("record the intent +1 +100 .*"), lines.get(3));
        assertTrue(lines.get(4).matches("sign +1 +80\\d\\d .*"), lines.get(4));
    }

    @Test
    void shouldSaySoWhenThereIsNothingToTell()
    {
        try (JournalFixture journal = new JournalFixture(temporary))
        {
            journal.life();
        }
        final CommandRun run = CommandRun.of("audit", "stages", temporary, "--skip", "1000");
        assertEquals(1, run.exitCode());
        assertTrue(run.error().contains("holds no request behind record 1000"), run.error());
        assertEquals(2, CommandRun.of("audit", "stages", temporary.resolve("none")).exitCode());
    }
}
