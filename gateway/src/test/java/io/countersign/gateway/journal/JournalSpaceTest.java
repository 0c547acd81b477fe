package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Disks of 24 MiB that are filled to the last byte by somebody else.
 */
@Timeout(120)
class JournalSpaceTest
{
    private static final int MIB = 1 << 20;
    private static final long RESERVE = 8 * MIB;
    private static final int RECORD = 4096;

    @TempDir
    private Path temporary;
    private final SetTimeProvider time = new SetTimeProvider(1_700_000_000_000L * 1_000_000);
    private final List<Throwable> errors = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD]);
    private SmallDisk disk;
    private Path directory;
    private JournalLock lock;
    private ChronicleJournal journal;
    private long sequence;

    @BeforeEach
    void before() throws Exception
    {
        disk = SmallDisk.tmpfs(temporary.resolve("disk"), 24);
        directory = disk.path().resolve("journal");
    }

    @AfterEach
    void after()
    {
        close();
        CloseHelper.close(disk);
    }

    @Test
    void shouldRefuseBeforeTheDiskIsFullAndGoOnWhenItIsNot() throws Exception
    {
        refuseAndGoOn();
    }

    /** On a file system with a storage device behind it, to which all of it gets while the disk is full. */
    @Test
    void shouldRefuseAndGoOnOnExt4() throws Exception
    {
        disk.close();
        disk = null;
        disk = SmallDisk.ext4(temporary.resolve("disk.img"), temporary.resolve("ext4"), 64);
        directory = disk.path().resolve("journal");
        refuseAndGoOn();
    }

    private void refuseAndGoOn() throws Exception
    {
        open(null);
        fill();
        int appended = 0;
        while (Room.ENOUGH == journal.room())
        {
            assertTrue(append());
            journal.space().doWork();
            appended++;
        }
        assertTrue(appended >= (RESERVE - RESERVE / 8) / RECORD - 200, "reserved were " + appended);
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.getFirst().contains("0 MiB free"), notices::toString);

        // What is in hand has room still; after that nothing is written, and nothing fails.
        int beyond = 0;
        while (append())
        {
            beyond++;
        }
        assertTrue(beyond * RECORD > RESERVE / 8 - MIB, "beyond the mark there were " + beyond);
        journal.sync();
        assertFalse(journal.isFailed());
        assertEquals(Room.TOO_LITTLE, journal.room());

        Files.delete(ballast());
        awaitRoom();
        assertEquals(2, notices.size(), notices::toString);
        assertTrue(append());
        assertSound();
    }

    @Test
    void shouldRollIntoItsSpareFileOnAFullDisk() throws Exception
    {
        open(null);
        assertTrue(append());
        fill();
        final int files = CycleFiles.in(directory).size();
        time.advanceMillis(1000);
        for (int i = 0; i < 100; i++)
        {
            assertTrue(append());
            journal.space().doWork();
        }
        assertEquals(files + 1, CycleFiles.in(directory).size());
        assertEquals(Room.ENOUGH, journal.room());
        assertSound();
    }

    /** Without a spare file the cycle does not end: its records go on into the file that has room. */
    @Test
    void shouldNotRollWithoutRoomForTheNextFile() throws Exception
    {
        open(null);
        assertTrue(append());
        fill();
        time.advanceMillis(1000);
        assertTrue(append());
        fill();
        journal.space().doWork();
        fill();
        final int files = CycleFiles.in(directory).size();
        time.advanceMillis(1000);
        for (int i = 0; i < 100; i++)
        {
            assertTrue(append());
            journal.space().doWork();
            fill();
        }
        assertEquals(files, CycleFiles.in(directory).size());

        Files.delete(ballast());
        awaitRoom();
        while (files == CycleFiles.in(directory).size())
        {
            journal.space().doWork();
            assertTrue(append());
        }
        assertSound();
    }

    @Test
    void shouldGiveBackWhatAnEndedFileDidNotUse() throws Exception
    {
        open(null);
        // Each of the files has had 8 MiB of the 24.
        for (int files = 1; files <= 20; files++)
        {
            time.advanceMillis(1000);
            while (files > CycleFiles.in(directory).size())
            {
                assertTrue(append());
                journal.space().doWork();
            }
        }
        assertSound();
    }

    @Test
    void shouldRefuseToStartOnAFullDisk() throws Exception
    {
        Files.createDirectories(directory);
        fill();
        final JournalException full = assertThrows(JournalException.class, () -> open(null));
        assertTrue(full.getMessage().contains("its disk is full, make room"), full.getMessage());

        for (final int freeMib : new int[]{0, 1, 10})
        {
            Files.delete(ballast());
            JournalLock.acquire(directory).close();
            fill();
            try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw"))
            {
                file.setLength(file.length() - freeMib * MIB);
            }
            final JournalException refused = assertThrows(JournalException.class, () -> open(null));
            assertTrue(refused.getMessage().contains("its disk has too little room"), refused.getMessage());
            assertTrue(refused.getMessage().contains("make room"), refused.getMessage());
            lock.close();
        }
        Files.delete(ballast());
        open(null);
        assertTrue(append());
        assertSound();
    }

    @Test
    void shouldGoOnInAFileThatALifeBeforeHasBegun() throws Exception
    {
        open(null);
        for (int i = 0; i < 1000; i++)
        {
            assertTrue(append());
        }
        close();
        open(null);
        fill();
        while (Room.ENOUGH == journal.room())
        {
            assertTrue(append());
            journal.space().doWork();
        }
        assertSound();
    }

    /** The disk's own faults come from outside: nothing here can make a mounted file system fail and mend it. */
    @Test
    void shouldRefuseWhileTheFileSystemFailsAndGoOnWhenItIsMended() throws Exception
    {
        final FaultyBlocks blocks = new FaultyBlocks(new NativeBlocks(directory));
        open(blocks);
        for (final int error : new int[]{Errno.EROFS, Errno.EIO})
        {
            notices.clear();
            blocks.failWith(error);
            await(Room.NOT_WRITABLE);
            assertEquals(1, notices.size(), notices::toString);
            assertTrue(notices.getFirst().contains(Errno.EROFS == error ? "read-only" : "input/output error"));
            assertTrue(append(), "what is in hand is recorded if it can be");
            blocks.failWith(0);
            await(Room.ENOUGH);
        }
        assertFalse(journal.isFailed());
        assertSound();
    }

    @Test
    void shouldGoByFreeSpaceWhereNoneCanBeReserved() throws Exception
    {
        final FaultyBlocks blocks = new FaultyBlocks(new NativeBlocks(directory));
        blocks.failWith(Errno.EOPNOTSUPP);
        blocks.usable(1L << 30);
        open(blocks);
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.getFirst().contains("cannot reserve"), notices::toString);
        assertEquals(Room.ENOUGH, journal.room());
        blocks.usable(256L * MIB);
        await(Room.TOO_LITTLE);
        blocks.usable(1L << 30);
        await(Room.ENOUGH);
        assertTrue(append());
        assertSound();
    }

    @Test
    void shouldLeaveNothingBehindButTheJournal() throws Exception
    {
        open(null);
        assertTrue(append());
        journal.space().doWork();
        assertTrue(Files.exists(directory.resolve(NativeBlocks.PROBE)));
        close();
        try (var names = Files.list(directory))
        {
            assertEquals(List.of(), names.map((path) -> path.getFileName().toString()).filter(
                (name) -> name.endsWith(CycleRoom.SPARE_SUFFIX) || NativeBlocks.PROBE.equals(name)).toList());
        }
    }

    private void open(final Blocks blocks)
    {
        lock = JournalLock.acquire(directory);
        final JournalRecovery recovery = JournalRecovery.run(lock);
        sequence = recovery.lastSequence();
        journal = new ChronicleJournal(new ChronicleJournal.Context()
            .directory(directory)
            .lock(lock)
            .errorHandler(errors::add)
            .rollCycle(TestRollCycles.TEST_SECONDLY)
            .timeProvider(time)
            .blocks(blocks)
            .reserve(RESERVE, notices::add));
    }

    private void close()
    {
        if (null != journal)
        {
            journal.close();
            journal.space().onClose();
            journal = null;
        }
        if (null != lock)
        {
            lock.close();
        }
    }

    private boolean append()
    {
        record.putShort(4, (short) 2602);
        record.putLong(8, sequence + 1);
        final boolean isAppended = journal.append(record, 0, RECORD);
        sequence += isAppended ? 1 : 0;
        return isAppended;
    }

    private Path ballast()
    {
        return disk.path().resolve("ballast");
    }

    /** To the last block. */
    private void fill() throws Exception
    {
        try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw"))
        {
            file.seek(file.length());
            final byte[] block = new byte[4096];
            while (true)
            {
                file.write(block);
            }
        }
        catch (final IOException ex)
        {
            assertEquals(0, disk.path().toFile().getUsableSpace() / 4096, ex.toString());
        }
    }

    private void awaitRoom()
    {
        await(Room.ENOUGH);
    }

    private void await(final Room room)
    {
        while (room != journal.room())
        {
            journal.space().doWork();
            Thread.onSpinWait();
        }
        journal.space().doWork();
    }

    private void assertSound() throws Exception
    {
        assertEquals(List.of(), errors);
        final ReadJournal read = ReadJournal.sequencesOf(directory);
        assertEquals(List.of(JournalReader.Event.END), read.findings());
        assertTrue(read.hasSequencesTo(sequence), () -> "of " + sequence + " there are " + read.sequences().size());
    }
}
