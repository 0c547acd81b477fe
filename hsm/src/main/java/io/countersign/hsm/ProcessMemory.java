package io.countersign.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Keeps the memory of this process, which holds PINs and API keys for moments, from others: no core dump is written
 * ({@code RLIMIT_CORE} is 0), and the process is not <i>dumpable</i> (prctl(2)). The latter gives its files in
 * {@code /proc} to root, and lets no other process of the same user trace it or map its memory. Tools that attach to
 * the JVM ({@code jcmd}) go by a socket of the JVM's own: only its flag {@code -XX:+DisableAttachMechanism} keeps them
 * out.
 */
public final class ProcessMemory
{
    private static final int PR_SET_DUMPABLE = 4;
    private static final int RLIMIT_CORE = 4;

    private ProcessMemory()
    {
    }

    /**
     * Close the memory for the rest of the life of this process. Does nothing on systems other than Linux.
     *
     * @return whether it is closed now.
     */
    public static boolean close()
    {
        if (!"Linux".equals(System.getProperty("os.name")))
        {
            return false;
        }

        try (Arena arena = Arena.ofConfined())
        {
            final MethodHandle prctl = downcall("prctl", 1,
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
            final MethodHandle setrlimit = downcall("setrlimit", -1,
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
            final MemorySegment none = arena.allocate(JAVA_LONG, 2);
            final int limited = (int) setrlimit.invokeExact(RLIMIT_CORE, none);
            final int closed = (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
            return 0 == limited && 0 == closed;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(
        final String name, final int firstVariadicIndex, final FunctionDescriptor descriptor)
    {
        final Linker linker = Linker.nativeLinker();
        final MemorySegment function = linker.defaultLookup().find(name).orElseThrow();
        return firstVariadicIndex < 0 ?
            linker.downcallHandle(function, descriptor) :
            linker.downcallHandle(function, descriptor, Linker.Option.firstVariadicArg(firstVariadicIndex));
    }
}
