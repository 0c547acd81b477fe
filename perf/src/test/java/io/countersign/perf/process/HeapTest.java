package io.countersign.perf.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class HeapTest
{
    private static final long MAX_HEAP_BYTES = 256L * 1024 * 1024;
    private static final long READY_LIMIT_MS = 5_000;

    @Test
    void shouldBeReadySoonInASmallHeap() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(HeapTest.class);
            GatewayJvm gateway = GatewayJvm.start(
                fixture.temporary(), List.of("-XX:+PrintFlagsFinal"), "io.countersign.gateway.Gateway",
                List.of(fixture.config().toString())))
        {
            final String line = gateway.awaitReady();
            final long readyMs = gateway.ageMs();
            final long maxHeapBytes = gateway.out().stream()
                .filter((flag) -> flag.matches(" *size_t MaxHeapSize .*"))
                .mapToLong((flag) -> Long.parseLong(flag.replaceAll(".*= *([0-9]+).*", "$1")))
                .findFirst().orElseThrow();
            System.out.println("ready " + readyMs + " ms after the start of the process, heap at most " +
                maxHeapBytes / 1024 / 1024 + " MiB, resident " + resident(gateway.pid()) + ": " + line);
            assertTrue(maxHeapBytes <= MAX_HEAP_BYTES, () -> maxHeapBytes + " bytes");
            assertTrue(readyMs < TimeLimit.scaledMs(READY_LIMIT_MS), () -> readyMs + " ms");
        }
    }

    private static String resident(final long pid) throws Exception
    {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
            .filter((line) -> line.startsWith("VmRSS:"))
            .map((line) -> line.replaceAll("\\s+", " "))
            .findFirst().orElse("unknown");
    }
}
