package io.countersign.perf.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class IpcDirectoryTest
{
    @Test
    void shouldAdmitNobodyButItsOwner() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(IpcDirectoryTest.class))
        {
            fixture.ready();
            withABot(fixture, () -> assertModes(fixture.aeron(), "rwx------", "rw-------", null));
        }
    }

    @Test
    void shouldAdmitTheConfiguredGroupAlone() throws Exception
    {
        final String group = groupOfThisUser();
        try (ProcessFixture fixture = new ProcessFixture(IpcDirectoryTest.class, "      group: " + group + "\n"))
        {
            fixture.ready();
            withABot(fixture, () ->
            {
                assertModes(fixture.aeron(), "rwxrws---", "rw-rw----", group);
                assertModes(fixture.journal(), "rwx------", null, null);
            });
        }
    }

    @Test
    void shouldKeepPrivateDirectoriesPrivateBesideOneWithAGroup() throws Exception
    {
        final String group = groupOfThisUser();
        try (ProcessFixture fixture = new ProcessFixture(IpcDirectoryTest.class, """
                - {name: ipc:shared, aeron-directory: shared, group: "%s"}
                - {name: ipc:last, aeron-directory: last}
                - {name: udp:lan, aeron-directory: lan, endpoint: "127.0.0.1:%d", egress-port: 40457}
            """.formatted(group, FreePort.next())))
        {
            fixture.ready();
            withABot(fixture, () ->
            {
                assertModes(fixture.directory().resolve("shared"), "rwxrws---", "rw-rw----", group);
                for (final String directory : new String[]{"aeron", "last", "lan"})
                {
                    assertModes(fixture.directory().resolve(directory), "rwx------", null, null);
                }
                assertModes(fixture.journal(), "rwx------", null, null);
            });
        }
    }

    /** A session makes more files: the log buffers of both publications. */
    private static void withABot(final ProcessFixture fixture, final Check check) throws Exception
    {
        final OrderBot bot = fixture.hmacBot("bot").start().awaitSigned(10);
        check.run();
        bot.stop();
    }

    private interface Check
    {
        void run() throws Exception;
    }

    static void assertModes(
        final Path directory, final String directoryMode, final String fileMode, final String group) throws Exception
    {
        final List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory))
        {
            paths = walk.toList();
        }
        assertTrue(paths.size() > 1, directory.toString());
        for (final Path path : paths)
        {
            final PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            final String mode = attributes.isDirectory() ? directoryMode : fileMode;
            if (null != mode)
            {
                assertEquals(mode, modeOf(path), path.toString());
            }
            if (null != group)
            {
                assertEquals(group, attributes.group().getName(), path.toString());
            }
        }
    }

    /** As ls shows it, with the set-group-id bit. */
    private static String modeOf(final Path path) throws Exception
    {
        final int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        final String permissions = PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        final boolean isSetGroupId = 0 != (mode & 02000);
        return isSetGroupId ? permissions.substring(0, 5) + "s" + permissions.substring(6) : permissions;
    }

    private static String groupOfThisUser() throws Exception
    {
        final Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "group", "");
        try
        {
            return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
        }
        finally
        {
            Files.delete(file);
        }
    }
}
