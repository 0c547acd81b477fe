package io.countersign.perf.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.*;

class ConditionsTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldNameWhatARunWasMeasuredUnder() throws IOException
    {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/jvm.args"), "# why\n--add-opens java.base/java.lang=ALL\n-Xmx9m\n");
        final Conditions conditions = Conditions.collect(directory);
        assertEquals(List.of(
            Conditions.CPU, Conditions.CORES, Conditions.KERNEL, Conditions.JVM, Conditions.FLAGS, Conditions.PINNING,
            Conditions.HUGE_PAGES, Conditions.GOVERNOR, Conditions.IDLE_STATES, Conditions.REVISION,
            Conditions.STARTED), List.copyOf(conditions.valueByName().keySet()));
        assertNotEquals(Conditions.UNKNOWN, conditions.value(Conditions.CPU));
        assertTrue(conditions.value(Conditions.PINNING).matches("may run on [0-9,-]+, isolated: .+"));
        assertTrue(conditions.value(Conditions.FLAGS).startsWith("--add-opens java.base/java.lang=ALL -Xmx9m"));
        assertEquals(Conditions.UNKNOWN, conditions.value(Conditions.REVISION), "not in a work tree of git");
        assertFalse(Instant.parse(conditions.value(Conditions.STARTED)).isAfter(Instant.now()));
    }

    @Test
    void shouldTellNeitherHostNorPathsBeyondTheProject() throws IOException
    {
        final String all = Conditions.collect(directory).withToken("soft", Path.of("/usr/lib/x/lib.so"), "1")
            .valueByName().toString();
        assertFalse(all.contains(InetAddress.getLocalHost().getHostName() + " "), all);
        assertFalse(all.matches("(?s).*[ =:(]/.*"), all);
        assertTrue(all.contains("token=soft (lib.so, version 1)"), all);
    }

    @Test
    void shouldListAllTokens()
    {
        assertEquals("a (a.so, version 1), b (b.so, version unknown)", new Conditions(Map.of())
            .withToken("a", Path.of("a.so"), "1").withToken("b", Path.of("b.so"), Conditions.UNKNOWN)
            .value(Conditions.TOKEN));
    }
}
