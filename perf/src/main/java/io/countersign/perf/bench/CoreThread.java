package io.countersign.perf.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Puts the calling thread on a core, and before all others there. Linux only.
 */
final class CoreThread
{
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    private static final int CPU_SET_BYTES = 128;
    private static final int THIS_THREAD = 0;
    private static final MethodHandle SET_AFFINITY = function("sched_setaffinity", FunctionDescriptor.of(
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    private static final MethodHandle SET_SCHEDULER = function("sched_setscheduler", FunctionDescriptor.of(
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private CoreThread()
    {
    }

    /**
     * Keeps the calling thread on one core.
     *
     * @param core from 0.
     * @return false when the operating system refuses.
     */
    static boolean pin(final int core)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment set = arena.allocate(CPU_SET_BYTES);
            set.set(ValueLayout.JAVA_BYTE, core / Byte.SIZE, (byte) (1 << core % Byte.SIZE));
            return 0 == (int) SET_AFFINITY.invokeExact(THIS_THREAD, (long) CPU_SET_BYTES, set);
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException("sched_setaffinity cannot be called", ex);
        }
    }

    /**
     * Has the calling thread run as soon as it wakes up (SCHED_FIFO), or like others again.
     *
     * @param isFirst whether before all others.
     * @return false when the operating system refuses, as it does without the privilege.
     */
    static boolean runFirst(final boolean isFirst)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT);
            priority.set(ValueLayout.JAVA_INT, 0, isFirst ? 1 : 0);
            return 0 == (int) SET_SCHEDULER.invokeExact(THIS_THREAD, isFirst ? SCHED_FIFO : SCHED_OTHER, priority);
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException("sched_setscheduler cannot be called", ex);
        }
    }

    private static MethodHandle function(final String name, final FunctionDescriptor descriptor)
    {
        final Linker linker = Linker.nativeLinker();
        final SymbolLookup lookup = linker.defaultLookup();
        return linker.downcallHandle(lookup.find(name).orElseThrow(
            () -> new IllegalStateException("the C library has no " + name)), descriptor);
    }
}
