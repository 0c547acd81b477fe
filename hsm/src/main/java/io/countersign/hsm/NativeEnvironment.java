package io.countersign.hsm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The environment as the C library has it. Java's own would copy all of it into the heap, secrets too, where nothing
 * can be overwritten: nobody may have called {@link System#getenv()} before {@link #take}.
 */
final class NativeEnvironment
{
    private static final int MAX_VALUE_LENGTH = 1 << 20;
    private static final MethodHandle GETENV = downcall("getenv", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle UNSETENV = downcall("unsetenv", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private NativeEnvironment()
    {
    }

    /**
     * The value of a variable that is no secret.
     *
     * @param name of the variable.
     * @return its value, or null when it is not set.
     */
    static String get(final String name)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment value = find(arena, name);
            return null == value ? null : value.getString(0);
        }
    }

    /**
     * Take a secret out of the environment: its bytes are overwritten where the kernel shows them, and the variable is
     * unset.
     *
     * @param name of the variable.
     * @return the bytes of its value, or null when it is not set.
     */
    static byte[] take(final String name)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment value = find(arena, name);
            if (null == value)
            {
                return null;
            }

            int length = 0;
            while (0 != value.get(JAVA_BYTE, length))
            {
                length++;
            }

            final byte[] bytes = value.asSlice(0, length).toArray(JAVA_BYTE);
            value.asSlice(0, length).fill((byte) 0);
            final int result = (int) UNSETENV.invokeExact(arena.allocateFrom(name));
            return 0 == result ? bytes : null;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment find(final Arena arena, final String name)
    {
        try
        {
            final MemorySegment value = (MemorySegment) GETENV.invokeExact(arena.allocateFrom(name));
            return MemorySegment.NULL.equals(value) ? null : value.reinterpret(MAX_VALUE_LENGTH);
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(final String name, final FunctionDescriptor descriptor)
    {
        final Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }
}
