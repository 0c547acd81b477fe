package io.countersign.gateway.register;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class RegisterLockTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldRefuseASecondHolderInThisProcessAndGrantTheNext() throws Exception
    {
        final Path file = temporary.resolve("register.jsonl");
        try (RegisterLock lock = RegisterLock.acquire(file))
        {
            assertTrue(lock.isHeld());
            final RegisterException ex = assertThrows(RegisterException.class, () -> RegisterLock.acquire(file));
            assertTrue(ex.getMessage().startsWith(file + ": is in use (this process)"), ex.getMessage());
            assertEquals("rw-------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temporary.resolve("register.jsonl.lock"))));
        }
        RegisterLock.acquire(file).close();
    }

    @Test
    void shouldNameTheProcessThatHoldsItAndBeFreeWhenThatIsKilled() throws Exception
    {
        final Path file = temporary.resolve("register.jsonl");
        final Process holder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
            "-cp", System.getProperty("java.class.path"), LockHolder.class.getName(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try
        {
            assertEquals('t', holder.getInputStream().read());
            final RegisterException ex = assertThrows(RegisterException.class, () -> RegisterLock.acquire(file));
            assertTrue(ex.getMessage().contains("process " + holder.pid()), ex.getMessage());
        }
        finally
        {
            holder.destroyForcibly().waitFor();
        }
        RegisterLock.acquire(file).close();
    }

    @Test
    void shouldSayInOneLineWhatIsInTheWay()
    {
        final Path file = temporary.resolve("missing/register.jsonl");
        final RegisterException ex = assertThrows(RegisterException.class, () -> RegisterLock.acquire(file));
        assertEquals(file + ".lock: cannot be locked (there is no such file): give this user the right to write its " +
            "directory", ex.getMessage());
    }
}
