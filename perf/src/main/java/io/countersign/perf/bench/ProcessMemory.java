package io.countersign.perf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has in memory, as Linux counts it.
 *
 * @param residentMib all of it.
 * @param ownMib      what belongs to it alone: heap, stacks, code; without the files that it maps, such as the journal
 *                    and the drivers' buffers, which the kernel may drop or write back.
 */
record ProcessMemory(double residentMib, double ownMib)
{
    private static final double KIB_PER_MIB = 1024.0;

    static ProcessMemory of(final long pid) throws IOException
    {
        double resident = 0;
        double own = 0;
        for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")))
        {
            resident = line.startsWith("VmRSS:") ? mib(line) : resident;
            own = line.startsWith("RssAnon:") ? mib(line) : own;
        }
        return new ProcessMemory(resident, own);
    }

    private static double mib(final String line)
    {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB;
    }
}
