package io.countersign.perf.process;

import io.countersign.ops.Countersign;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What both verifiers say of a gateway's journal and of the checkpoints that it exported.
 */
final class JournalVerdicts
{
    private static final Path PYTHON_VERIFIER =
        Path.of(System.getProperty("countersign.root"), "ops", "src", "main", "python", "verify_journal.py");

    private final ProcessFixture fixture;

    JournalVerdicts(final ProcessFixture fixture)
    {
        this.fixture = fixture;
    }

    void assertSound(final String when) throws IOException, InterruptedException
    {
        final String journal = fixture.journal().toString();
        final String checkpoints = fixture.checkpoints().toString();
        final Path keys = fixture.temporary().resolve("keys.txt");
        final Path records = fixture.temporary().resolve("records.jsonl");
        Files.writeString(keys, run(when, "audit", "keys", journal));
        run(when, "audit", "verify", journal, "--checkpoints", checkpoints, "--keys", keys.toString());
        run(when, "audit", "replay", journal, "--raw", "--output", records.toString());
        final Process python = new ProcessBuilder(
            "python3", PYTHON_VERIFIER.toString(), records.toString(), "--keys", keys.toString(), "--checkpoints",
            checkpoints).redirectErrorStream(true).start();
        final String verdict = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), when + ": " + verdict);
        assertTrue(verdict.startsWith("sound: "), verdict);
        System.out.print(verdict);
    }

    private static String run(final String when, final String... arguments)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Countersign.commandLine()
            .setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
        assertEquals(0, exitCode, () -> when + ": " + String.join(" ", arguments) + "\n" + out + err);
        return out.toString();
    }
}
