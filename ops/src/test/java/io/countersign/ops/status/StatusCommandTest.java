package io.countersign.ops.status;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.driver.MediaDriver;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class StatusCommandTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldPrintTheCountersOfALiveGatewayAndTellWhenItIsGone()
    {
        final Path directory = temporary.resolve("aeron");
        try (MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(directory.toString()).useConcurrentCountersManager(true));
            Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
            Counter signed = aeron.addCounter(20_002, "gateway: requests signed");
            Counter other = aeron.addCounter(30_000, "not ours"))
        {
            signed.setRelease(12_345);
            other.setRelease(1);
            final CommandRun run = CommandRun.of("status", "--aeron-dir", directory);
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.lines().getFirst().startsWith("gateway alive: process " + ProcessHandle.current().pid()));
            assertEquals(2, run.lines().size(), run.out());
            assertTrue(run.lines().getLast().matches("gateway: requests signed +12,345"), run.out());

            assertTrue(CommandRun.of("status", "--aeron-dir", directory, "--all").lines().size() > 10);

            final Map<?, ?> json = (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(CommandRun.of("status", "--aeron-dir", directory, "--json").out());
            assertEquals(true, json.get("alive"));
            final Map<?, ?> counter = (Map<?, ?>) ((List<?>) json.get("counters")).getFirst();
            assertEquals(12_345, counter.get("value"));
            assertEquals(20_002, counter.get("typeId"));
        }

        final CommandRun gone = CommandRun.of("status", "--aeron-dir", directory);
        assertEquals(1, gone.exitCode(), gone.err());
        assertTrue(gone.lines().getFirst().startsWith("gateway NOT ALIVE"), gone.out());
    }

    @Test
    void shouldTellOfAGatewayThatStoppedAndTookItsDirectoryAway()
    {
        final Path directory = temporary.resolve("aeron");
        MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(directory.toString()).dirDeleteOnShutdown(true)).close();
        assertFalse(Files.exists(directory));
        final CommandRun gone = CommandRun.of("status", "--aeron-dir", directory);
        assertEquals(1, gone.exitCode(), gone.err());
        assertEquals(List.of("gateway NOT ALIVE: there is no media driver in " + directory), gone.lines());
        final CommandRun json = CommandRun.of("status", "--aeron-dir", directory, "--json");
        assertEquals(1, json.exitCode(), json.err());
        assertEquals(false, ((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json.out()))
            .get("alive"));
        assertEquals(1, CommandRun.of("status", "--aeron-dir", temporary).exitCode());
    }

    @Test
    void shouldSayInOneLineWhatIsMissing() throws Exception
    {
        Files.write(temporary.resolve("cnc.dat"), new byte[10]);
        assertEquals(2, CommandRun.of("status", "--aeron-dir", temporary).exitCode());
        Files.write(temporary.resolve("cnc.dat"), new byte[100_000]);
        assertEquals(2, CommandRun.of("status", "--aeron-dir", temporary).exitCode());
        final CommandRun config = CommandRun.of("status", "--config", temporary.resolve("none.yaml"));
        assertEquals(2, config.exitCode());
        assertTrue(config.error().contains("none.yaml"), config.err());
        assertEquals(2, CommandRun.of("status").exitCode());
        assertEquals(2, CommandRun.of("status", "--aeron-dir", temporary, "--config", "x").exitCode());
    }
}
