package io.countersign.gateway.journal;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class JournalLockTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldMakeTheDirectoryForItsOwnerOnly() throws Exception
    {
        final Path directory = temporary.resolve("a/journal");
        JournalLock.acquire(directory).close();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    }

    @Test
    void shouldRefuseASecondHolderInThisProcessAndGrantTheNext()
    {
        try (JournalLock lock = JournalLock.acquire(temporary))
        {
            assertTrue(lock.isHeld());
            final JournalException ex = assertThrows(JournalException.class, () -> JournalLock.acquire(temporary));
            assertTrue(ex.getMessage().contains("in use by another gateway"), ex.getMessage());
        }

        JournalLock.acquire(temporary).close();
    }

    @Test
    void shouldNameTheProcessThatHoldsItAndBeFreeWhenThatIsKilled() throws Exception
    {
        final Path directory = temporary.resolve("journal");
        final File acknowledgedFile = temporary.resolve("acknowledged").toFile();
        final UnsafeBuffer acknowledged = new UnsafeBuffer(IoUtil.mapNewFile(acknowledgedFile, 4096));
        final Process writer = ChildJvm.start(temporary.resolve("output").toFile(), JournalWriter.class,
            directory.toString(), acknowledgedFile.toString(), "10");
        try
        {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (0 == acknowledged.getLongVolatile(JournalWriter.ACKNOWLEDGED))
            {
                assertTrue(writer.isAlive() && System.nanoTime() < deadlineNs);
                Thread.yield();
            }

            final JournalException ex = assertThrows(JournalException.class, () -> JournalLock.acquire(directory));
            assertTrue(ex.getMessage().contains("process " + writer.pid()), ex.getMessage());
        }
        finally
        {
            writer.destroyForcibly().waitFor();
        }

        JournalLock.acquire(directory).close();
    }

    @Test
    void shouldSayInOneLineWhatIsInTheWay() throws Exception
    {
        final Path file = Files.createFile(temporary.resolve("file"));
        final JournalException ex = assertThrows(JournalException.class, () -> JournalLock.acquire(file));
        assertTrue(ex.getMessage().contains(file.toString()), ex.getMessage());
        assertFalse(ex.getMessage().contains("\n"), ex.getMessage());
    }
}
