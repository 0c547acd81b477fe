package io.countersign.perf.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class JournalModeTest
{
    @Test
    void shouldKeepANewJournalToItsOwner() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(JournalModeTest.class))
        {
            fixture.ready();
            fixture.hmacBot("bot").start().awaitSigned(10).stop();
            IpcDirectoryTest.assertModes(fixture.journal(), "rwx------", "rw-------", null);
        }
    }

    @Test
    void shouldKeepTheFilesToTheirOwnerInADirectoryThatOthersMayEnter() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(JournalModeTest.class))
        {
            Files.setPosixFilePermissions(
                Files.createDirectories(fixture.journal()), PosixFilePermissions.fromString("rwxr-xr-x"));
            fixture.ready();
            fixture.hmacBot("bot").start().awaitSigned(10).stop();
            IpcDirectoryTest.assertModes(fixture.journal(), null, "rw-------", null);
        }
    }

    /** With a group for the driver's files, new files are open to the process's group: not so the journal's. */
    @Test
    void shouldRefuseToOpenTheJournalToTheBotsGroup() throws Exception
    {
        final String group = Files.getAttribute(Path.of("target"), "posix:group").toString();
        try (ProcessFixture fixture =
            new ProcessFixture(JournalModeTest.class, "      group: " + group + "\n"))
        {
            Files.setPosixFilePermissions(
                Files.createDirectories(fixture.journal()), PosixFilePermissions.fromString("rwxr-x---"));
            final GatewayJvm refused = fixture.start();
            assertEquals(2, refused.awaitExit(), refused::describe);
            assertEquals(1, refused.err().size(), refused::describe);
            assertTrue(refused.err().getFirst().contains("chmod 700"), refused::describe);

            Files.setPosixFilePermissions(fixture.journal(), PosixFilePermissions.fromString("rwx------"));
            fixture.ready();
        }
    }
}
