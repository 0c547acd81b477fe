package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PinSourceTest
{
    private static final String VARIABLE = "COUNTERSIGN_TEST_PIN";
    private static final String PIN = "pin-of-the-environment";

    @TempDir
    private Path directory;

    @Test
    void shouldReadASystemdCredential() throws Exception
    {
        file("pin", "1234\n", "r--------");
        file("acl", "5678", "r--r-----");
        assertPin("1234", new CredentialPin("pin", directory.toString()));
        assertPin("5678", new CredentialPin("acl", directory.toString()));

        file("open", "1234", "r--r--r--");
        file("writable", "1234", "rw--w----");
        assertRefused(new CredentialPin("open", directory.toString()), "is open to others (r--r--r--)");
        assertRefused(new CredentialPin("writable", directory.toString()), "expected mode 0400 or 0440");
        assertRefused(new CredentialPin("none", directory.toString()), "does not exist");
        assertRefused(new CredentialPin("pin", null), "CREDENTIALS_DIRECTORY is not set");
        for (final String name : new String[]{ "../pin", "", ".", "..", "/etc/pin", "a/b", "pin\0" })
        {
            assertRefused(new CredentialPin(name, directory.toString()), "is no name of a credential");
        }
    }

    @Test
    void shouldReadAMountedSecretThroughItsLinks() throws Exception
    {
        final Path mount = Files.createDirectory(directory.resolve("mount"));
        final Path version = Files.createDirectory(mount.resolve("..2026_01_31_12_00_00.1"));
        file("mount/..2026_01_31_12_00_00.1/pin", "1234\n", "r--r-----");
        Files.createSymbolicLink(mount.resolve("..data"), version.getFileName());
        final Path pin = Files.createSymbolicLink(mount.resolve("pin"), Path.of("..data", "pin"));
        assertPin("1234", PinSource.mount(pin));
        assertRefused(PinSource.file(pin), "no regular file");

        // The kubelet puts a new version in place by one rename.
        Files.createDirectory(mount.resolve("..2026_02_01_12_00_00.2"));
        file("mount/..2026_02_01_12_00_00.2/pin", "5678\n", "r--------");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_02_01_12_00_00.2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        assertPin("5678", PinSource.mount(pin));

        file("elsewhere", "1234", "rw-------");
        final Path out = Files.createSymbolicLink(mount.resolve("out"), directory.resolve("elsewhere"));
        assertRefused(PinSource.mount(out), "is a link out of its directory");
        assertRefused(PinSource.mount(mount.resolve("none")), "mount the secret there, with the key none");
        file("mount/world", "1234", "rw-r--r--");
        assertRefused(PinSource.mount(mount.resolve("world")), "is open to others");
    }

    @Test
    void shouldTakeThePinOutOfTheEnvironment() throws Exception
    {
        final ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Claiming.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(VARIABLE, PIN);
        final Process process = builder.start();
        final List<String> lines = process.inputReader(StandardCharsets.UTF_8).readAllLines();
        assertEquals(0, process.waitFor());
        assertEquals(List.of("before true", "pin true", "again true", "other true", "after false",
            "java false", "child false"),
            lines);
    }

    @Test
    void shouldSayWhatIsWrongWithTheEnvironment()
    {
        final PinSource absent = PinSource.environment("COUNTERSIGN_TEST_ABSENT");
        assertRefused(absent, "the environment variable COUNTERSIGN_TEST_ABSENT is not set");
        assertNotNull(absent.warning());
        assertNull(PinSource.file(directory).warning());
    }

    private void assertPin(final String expected, final PinSource source) throws PinFileException
    {
        source.claim();
        assertArrayEquals(expected.toCharArray(), source.read(), source.toString());
    }

    private void assertRefused(final PinSource source, final String words)
    {
        final String message = assertThrows(PinFileException.class, source::read).getMessage();
        assertTrue(message.contains(words), message);
        assertFalse(message.contains("1234"), message);
    }

    private void file(final String name, final String content, final String mode) throws IOException
    {
        final Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** Runs in a process of its own, whose environment has the PIN. */
    static final class Claiming
    {
        private Claiming()
        {
        }

        public static void main(final String[] arguments) throws Exception
        {
            final PinSource source = PinSource.environment(VARIABLE);
            System.out.println("before " + isShown());
            source.claim();
            System.out.println("pin " + Arrays.equals(PIN.toCharArray(), source.read()));
            System.out.println("again " + Arrays.equals(PIN.toCharArray(), source.read()));
            final PinSource other = PinSource.environment(VARIABLE);
            other.claim();
            System.out.println("other " + Arrays.equals(PIN.toCharArray(), other.read()));
            System.out.println("after " + isShown());
            System.out.println("java " + (null != System.getenv(VARIABLE)));
            final Process child = new ProcessBuilder("/usr/bin/env").start();
            System.out.println("child " + child.inputReader().lines().anyMatch((line) -> line.contains(PIN)));
        }

        private static boolean isShown() throws IOException
        {
            return new String(Files.readAllBytes(Path.of("/proc/self/environ")), StandardCharsets.ISO_8859_1)
                .contains(PIN);
        }
    }
}
