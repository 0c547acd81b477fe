package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinFileTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldReadThePinWithoutItsLineEnd() throws Exception
    {
        assertPin("1234", "1234");
        assertPin("1234", "1234\n");
        assertPin("1234", "1234\r\n");
        assertPin("1234\n", "1234\n\n");
        assertPin("user:pass word ", "user:pass word \n");
        assertPin("gr\u00fc\u00df \ud83d\udd11", "gr\u00fc\u00df \ud83d\udd11\n");
        assertPin("x".repeat(255), "x".repeat(255) + "\r\n");
    }

    @Test
    void shouldReadAFileThatItsOwnerMayOnlyRead() throws Exception
    {
        assertArrayEquals("1234".toCharArray(), PinFile.read(file("1234\n", "r--------")));
    }

    @Test
    void shouldRefuseAFileThatIsOpenToOthers() throws Exception
    {
        for (final String mode : new String[]{ "rw-r--r--", "rw-r-----", "rw--w----", "rw-----w-", "rw---x---" })
        {
            final Path file = file("1234\n", mode);
            assertRefused(file, "open to others (" + mode + ")", "run chmod 600 " + file);
        }
    }

    @Test
    void shouldRefuseWhatIsNoPin() throws Exception
    {
        assertRefused(file("", "rw-------"), "holds no PIN");
        assertRefused(file("\n", "rw-------"), "holds no PIN");
        assertRefused(file("\r\n", "rw-------"), "holds no PIN");
        assertRefused(file("x".repeat(256), "rw-------"), "more than 255 bytes");
        assertRefused(file("x".repeat(100_000), "rw-------"), "more than 255 bytes");

        final Path binary = file("", "rw-------");
        Files.write(binary, new byte[]{ '1', '2', (byte) 0xc3 });
        assertRefused(binary, "not UTF-8");
        Files.write(binary, new byte[]{ '1', (byte) 0xff, '2' });
        assertRefused(binary, "not UTF-8");
    }

    @Test
    void shouldRefuseWhatIsNoRegularFile() throws Exception
    {
        final Path link = directory.resolve("link");
        Files.createSymbolicLink(link, file("1234", "rw-------"));
        assertRefused(link, "no regular file");
        assertRefused(directory, "no regular file");
        assertRefused(directory.resolve("nowhere"), "does not exist");
    }

    private void assertPin(final String expected, final String content) throws Exception
    {
        assertArrayEquals(expected.toCharArray(), PinFile.read(file(content, "rw-------")), expected);
    }

    private static void assertRefused(final Path file, final String... words)
    {
        final String message = assertThrows(TokenException.class, () -> PinFile.read(file)).getMessage();
        assertTrue(message.contains(file.toString()), message);
        for (final String word : words)
        {
            assertTrue(message.contains(word), message);
        }
    }

    private Path file(final String content, final String mode) throws IOException
    {
        final Path file = Files.writeString(Files.createTempFile(directory, "pin", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
