package io.countersign.gateway.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is on the storage device when a reply may leave: the device is copied as it is at that moment, with nothing of
 * the page cache above it, and the copy is started as after a loss of power.
 */
@Timeout(120)
class PowerCutTest
{
    private static final int SIZE_MIB = 192;

    @TempDir
    private Path temporary;

    @Test
    void shouldHaveOnTheDeviceWhatWasSynced() throws Exception
    {
        final Path image = temporary.resolve("disk.img");
        final Path copy = temporary.resolve("copy.img");
        final long synced;
        try (SmallDisk disk = SmallDisk.ext4(image, temporary.resolve("disk"), SIZE_MIB);
            Life life = new Life(disk.path().resolve("journal")).start())
        {
            final JournalSync sync = new JournalSync(life.journal());
            for (int i = 0; i < 20; i++)
            {
                final long flushes = disk.flushes();
                sync.appended(life.records().outcome(life.records().intent(300)));
                assertEquals(1, sync.doWork());
                assertTrue(disk.flushes() > flushes, "the device was not told to empty its cache");
            }
            synced = sync.synced();
            life.records().outcome(life.records().intent(300));
            Files.copy(image, copy);
            assertFalse(life.journal().isFailed());
        }

        try (SmallDisk disk = SmallDisk.ext4(copy, temporary.resolve("after"), SIZE_MIB))
        {
            final ReadJournal read = ReadJournal.of(disk.path().resolve("journal"));
            assertTrue(read.hasSequencesTo((int) synced), "of " + synced + " there are " + read.records().size());
            // The test would see it if nothing had to be synced.
            assertEquals(synced, read.records().size(), "what was not synced is on the device as well");
            try (Life next = new Life(disk.path().resolve("journal")).start())
            {
                assertEquals(synced, next.recovery().lastSequence());
                assertEquals(List.of(), next.errors());
            }
        }
    }
}
