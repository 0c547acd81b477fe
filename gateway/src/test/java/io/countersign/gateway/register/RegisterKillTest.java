package io.countersign.gateway.register;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class RegisterKillTest
{
    private static final int KILLS = 5;

    @TempDir
    private Path temporary;

    @Test
    void shouldBeGoodWheneverItsWriterIsKilled() throws Exception
    {
        final Path path = temporary.resolve("register.jsonl");
        final FakeAnchor anchor = new FakeAnchor();
        try (RegisterLock lock = RegisterLock.acquire(path))
        {
            anchor.mark = RegisterFile.create(path, new MacSeal(1), lock, Entries.some(), Entries.NOW_MS)
                .register().mark();
        }
        for (int i = 1; i <= KILLS; i++)
        {
            final long before = anchor.mark.generation();
            anchor.mark = killedAfter(7 * i, path);
            assertTrue(before < anchor.mark.generation(), "the process saved nothing");
            final RegisterFile file = RegisterFile.open(path, new MacSeal(1));
            file.checkAnchor(anchor, List.of());
            assertEquals(anchor.mark, file.register().mark());
            assertEquals(anchor.mark.generation() - 1,
                file.register().key("binance-main", 1).use().signatures());
        }
    }

    /** The last file that the process said was saved. */
    private static RegisterMark killedAfter(final int saves, final Path path) throws Exception
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
            "-cp", System.getProperty("java.class.path"), RegisterSaver.class.getName(), path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        RegisterMark last = null;
        int count = 0;
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)))
        {
            for (String line = lines.readLine(); null != line; line = lines.readLine())
            {
                if (line.endsWith("."))
                {
                    final String[] parts = line.substring(0, line.length() - 1).split(" ");
                    last = new RegisterMark(Long.parseLong(parts[0]), parts[1]);
                }
                if (saves == ++count)
                {
                    // Process.destroyForcibly() would close the pipe with what is still in it.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        finally
        {
            process.destroyForcibly().waitFor();
        }
        assertNotNull(last, "the process saved nothing");
        return last;
    }
}
