package io.countersign.gateway.sealing;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/**
 * Has Linux run the calling thread behind others that want the same core: {@code setpriority(2)} with a process id of 0
 * is about the calling thread alone. A Java thread's own priority changes nothing unless the process runs as root with
 * flags for it.
 */
final class BackgroundThread
{
    /** A third of what a thread of normal priority gets: enough for 200 ms of records, however busy the core. */
    static final int NICE = 5;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private BackgroundThread()
    {
    }

    /** True when the kernel has agreed; nothing but time depends on it. */
    @SuppressWarnings("restricted")
    static boolean lowerPriority()
    {
        try
        {
            final MethodHandle setpriority = Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
            return 0 == (int) setpriority.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE);
        }
        catch (final Throwable ex)
        {
            return false;
        }
    }
}
