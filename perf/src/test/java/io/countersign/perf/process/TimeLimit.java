package io.countersign.perf.process;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * How long something may take here and now: a limit for a machine that has cores to give, longer by as much as more
 * threads want to run than it has cores.
 */
final class TimeLimit
{
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

    private TimeLimit()
    {
    }

    static long scaledMs(final long limitMs)
    {
        return (long) (limitMs * Math.max(1.0, SYSTEM.getSystemLoadAverage() / SYSTEM.getAvailableProcessors()));
    }
}
