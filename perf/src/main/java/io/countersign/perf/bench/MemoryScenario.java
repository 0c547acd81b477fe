package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Load;
import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.util.Locale;

/**
 * What a gateway allocates and holds in memory under load, in a life of its own that lets the rig look into it.
 */
final class MemoryScenario
{
    private final Part part;
    private final Measurements measurements;
    private final Progress progress;
    private double gatewayAllocatedPerRequest = Double.NaN;
    private double botAllocatedPerRequest = Double.NaN;
    private double heapUsedMib = Double.NaN;
    private double residentMib = Double.NaN;
    private double grownMib = Double.NaN;

    MemoryScenario(final Part part, final Measurements measurements, final Progress progress)
    {
        this.part = part;
        this.measurements = measurements;
        this.progress = progress;
    }

    void run(final Phase phase) throws IOException, MeasuringException
    {
        final long pid = part.gateway().pid();
        try (GatewayProbe probe = GatewayProbe.attach(pid))
        {
            run("memory/warm-up", new Phase(0, phase.warmUpMs()));
            final ProcessMemory before = ProcessMemory.of(pid);
            final double heapBeforeMib = probe.heapUsedMib();
            final long allocatedBefore = probe.allocatedBytes();
            final Load load = run("memory/load", new Phase(0, phase.measureMs()));
            final long allocated = probe.allocatedBytes() - allocatedBefore;
            heapUsedMib = probe.heapUsedMib();
            final ProcessMemory after = ProcessMemory.of(pid);
            residentMib = after.residentMib();
            grownMib = after.ownMib() - before.ownMib();
            gatewayAllocatedPerRequest = (double) allocated / load.result().sent();
            botAllocatedPerRequest = load.result().allocatedPerRequest();
            final ProcessMemory bot = ProcessMemory.of(part.bots().pids().getFirst());
            final String text = String.format(Locale.ROOT,
                "%d requests: gateway heap %.1f to %.1f MiB, resident %.1f to %.1f MiB, of it its own %.1f to %.1f " +
                "MiB, %d bytes allocated on its thread; bots resident %.1f MiB, %d bytes allocated on their thread",
                load.result().sent(), heapBeforeMib, heapUsedMib, before.residentMib(), after.residentMib(),
                before.ownMib(), after.ownMib(), allocated, bot.residentMib(), load.result().allocatedBytes());
            progress.say(text);
            measurements.condition("memory", text);
        }
    }

    private Load run(final String id, final Phase phase) throws IOException, MeasuringException
    {
        return part.bots().run(id, Mode.CLOSED, BenchKey.HMAC, 1, BenchPlan.WINDOW, phase);
    }

    double gatewayAllocatedPerRequest()
    {
        return gatewayAllocatedPerRequest;
    }

    double botAllocatedPerRequest()
    {
        return botAllocatedPerRequest;
    }

    double heapUsedMib()
    {
        return heapUsedMib;
    }

    double residentMib()
    {
        return residentMib;
    }

    /** By how much what belongs to the gateway alone has grown over the load. */
    double grownMib()
    {
        return grownMib;
    }
}
