package io.countersign.perf.peer;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The programs in C, built as {@code make native} builds them. Tests that need them are skipped where nobody can
 * compile them.
 */
final class NativePrograms
{
    private static final int CANNOT_TELL = 2;

    private NativePrograms()
    {
    }

    /** The directory that they are in. */
    static Path directory() throws IOException, InterruptedException
    {
        final Path directory = Path.of("target", "native").toAbsolutePath();
        final Process process = new ProcessBuilder(
            JvmCommand.root().resolve("bin").resolve("build-native").toString(), directory.toString())
            .redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int exitCode = process.waitFor();
        Assumptions.assumeTrue(CANNOT_TELL != exitCode, output);
        assertEquals(0, exitCode, output);
        return directory;
    }
}
