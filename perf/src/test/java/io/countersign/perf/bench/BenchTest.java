package io.countersign.perf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code make bench} with the smallest plan, without the building: needs {@code make build} before, which
 * {@code make soak} sees to.
 */
@Tag("soak")
@Timeout(400)
class BenchTest
{
    private static final Path ROOT = Path.of(System.getProperty("countersign.root"));
    private static final Path RESULTS = Path.of("target", "bench-results").toAbsolutePath();

    @Test
    void shouldGoThroughAllScenariosAndLeaveItsResults() throws Exception
    {
        IoUtil.delete(RESULTS.toFile(), true);
        final Path output = Path.of("target", "bench.txt").toAbsolutePath();
        final Process bench = new ProcessBuilder(
            ROOT.resolve("bin").resolve("bench").toString(), "tiny", RESULTS.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        try
        {
            assertTrue(bench.waitFor(5, TimeUnit.MINUTES), () -> "it has not ended: " + text(output));
            assertEquals(0, bench.exitValue(), () -> text(output));
            assertEquals(0, bench.descendants().count(), "processes are left");
        }
        finally
        {
            bench.descendants().forEach(ProcessHandle::destroyForcibly);
            bench.destroyForcibly();
        }
        final List<Path> runs = list(RESULTS);
        assertEquals(1, runs.size(), runs::toString);
        final List<String> names =
            list(runs.getFirst()).stream().map((file) -> file.getFileName().toString()).toList();
        for (final String name : List.of(
            "summary.json", "table.md", "closed-softhsm-hmac-1.hlog", "closed-softhsm-rsa-1.hlog",
            "window-softhsm-hmac-16.hlog", "stage-p256-sign.hlog", "start-ready.hlog", "hiccup-cpu0.hlog"))
        {
            assertTrue(names.contains(name), () -> name + " is not among " + names);
        }
        assertTrue(names.stream().anyMatch((name) -> name.startsWith("open-softhsm-hmac-1-")), names::toString);
    }

    private static List<Path> list(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.toList();
        }
    }

    private static String text(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
