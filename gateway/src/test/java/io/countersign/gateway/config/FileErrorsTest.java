package io.countersign.gateway.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class FileErrorsTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldSayWhyAndNotWhere() throws Exception
    {
        assertEquals("permission denied", FileErrors.reason(new AccessDeniedException("gateway.yaml")));
        assertEquals("Disk quota exceeded", FileErrors.reason(new IOException("Disk quota exceeded")));
        assertEquals("EOFException", FileErrors.reason(new EOFException()));
        assertEquals("FileAlreadyExistsException", FileErrors.reason(new FileAlreadyExistsException("gateway.yaml")));
        final Path file = Files.createFile(directory.resolve("file"));
        assertEquals("there is no such file", reason(directory.resolve("none")));
        assertEquals("Not a directory", reason(file.resolve("below")));
        assertEquals("Is a directory", reason(directory));
    }

    @Test
    void shouldBeWhatTheConfigurationIsRefusedWith() throws Exception
    {
        final Path below = Files.createFile(directory.resolve("file")).resolve("gateway.yaml");
        assertEquals(below + ": cannot be read: Not a directory",
            assertThrows(ConfigException.class, () -> ConfigReader.read(below)).getMessage());
    }

    private static String reason(final Path file)
    {
        return FileErrors.reason(assertThrows(IOException.class, () -> Files.readAllBytes(file)));
    }
}
