package io.countersign.perf.process;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * {@code make run}, without the building: needs {@code make build} before, which {@code make soak} sees to.
 */
@Tag("soak")
@Timeout(600)
class DemoTest
{
    private static final Path ROOT = Path.of(System.getProperty("countersign.root"));
    private static final Path RUN = ROOT.resolve("run");

    @Test
    void shouldReproduceThePublishedSignaturesAgainAndAgain() throws Exception
    {
        final List<String> first = signatures(run("first"));
        final Path leftOver = Files.writeString(RUN.resolve("left-over"), "of the first run");
        final List<String> second = signatures(run("second"));

        assertEquals(first, second);
        assertFalse(Files.exists(leftOver), "the second run did not start clean");
        final JournalAudit audit = JournalAudit.read(RUN.resolve("journal")).assertSound("the second run");
        assertEquals(1, audit.lives().size(), "the second run went on in the journal of the first");
        assertTrue(audit.assertNoOpenIntent("the second run").isSealed());
        assertFalse(Files.exists(RUN.resolve("aeron")), "the driver's directory is left");
    }

    private static List<String> run(final String name) throws IOException, InterruptedException
    {
        final Path output = Path.of("target", "demo-" + name + ".txt").toAbsolutePath();
        final long startNs = System.nanoTime();
        final Process demo = new ProcessBuilder(ROOT.resolve("bin").resolve("run").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        try
        {
            assertTrue(demo.waitFor(4, TimeUnit.MINUTES), () -> name + " run has not ended: " + text(output));
            System.out.println("the " + name + " demonstration took " +
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs) + " s");
            assertEquals(0, demo.exitValue(), () -> text(output));
            assertEquals(0, demo.descendants().count(), "processes are left");
            return Files.readAllLines(output);
        }
        finally
        {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    /** What the token made of the published orders; each is the one that its source prints. */
    private static List<String> signatures(final List<String> lines)
    {
        final long expected = lines.stream().filter((line) -> line.matches(" {4}(published|derived) .*")).count();
        final List<String> made = lines.stream().filter((line) -> line.matches(" {4}token .*")).toList();
        assertTrue(expected > 0, () -> String.join("\n", lines));
        assertEquals(expected, made.size(), () -> String.join("\n", lines));
        made.forEach((line) -> assertTrue(line.endsWith("   same"), line));
        return made;
    }

    private static String text(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }
}
