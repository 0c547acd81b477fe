package io.countersign.gateway.time;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/**
 * What Linux says of its clock: {@code adjtimex(2)}, which only reads when {@code modes} is 0. A daemon that keeps the
 * clock feeds it: {@code maxerror}, in microseconds, grows by 500 ppm between two of its updates; the status has
 * {@code STA_UNSYNC}, and the call returns {@code TIME_ERROR}, when nothing keeps the clock. One thread at a time.
 * <pre>
 *  struct timex, Linux on x86_64 and aarch64 (LP64), little endian, 208 bytes
 *   0 modes, int    8 offset, long    16 freq, long    24 maxerror, long    32 esterror, long    40 status, int   ...
 * </pre>
 */
public final class KernelClockError implements ClockError
{
    private static final int TIMEX_LENGTH = 208;
    private static final int MAXERROR_OFFSET = 24;
    private static final int STATUS_OFFSET = 40;
    private static final int STA_UNSYNC = 0x40;
    private static final int TIME_ERROR = 5;
    private static final long NS_PER_US = 1000;

    private final MethodHandle adjtimex;
    private final MemorySegment timex = Arena.ofAuto().allocate(TIMEX_LENGTH, Long.BYTES);

    private KernelClockError(final MethodHandle adjtimex)
    {
        this.adjtimex = adjtimex;
    }

    /**
     * The kernel's word, where it can be asked.
     *
     * @return {@link ClockError#NONE} on other systems than Linux on x86_64 or aarch64.
     */
    @SuppressWarnings("restricted")
    public static ClockError orNone()
    {
        final boolean isKnown = "Linux".equals(System.getProperty("os.name")) &&
            Set.of("amd64", "x86_64", "aarch64").contains(System.getProperty("os.arch"));
        return !isKnown ? NONE : Linker.nativeLinker().defaultLookup().find("adjtimex").<ClockError>map((function) ->
            new KernelClockError(Linker.nativeLinker().downcallHandle(
                function, FunctionDescriptor.of(JAVA_INT, ADDRESS)))).orElse(NONE);
    }

    @Override
    public long errorNs()
    {
        try
        {
            timex.fill((byte) 0);
            final int state = (int) adjtimex.invokeExact(timex);
            return errorNs(state, timex.get(JAVA_INT, STATUS_OFFSET), timex.get(JAVA_LONG, MAXERROR_OFFSET));
        }
        catch (final Throwable ex)
        {
            return UNKNOWN;
        }
    }

    static long errorNs(final int state, final int status, final long maxErrorUs)
    {
        final boolean isKept = 0 <= state && TIME_ERROR != state && 0 == (status & STA_UNSYNC);
        return isKept && 0 <= maxErrorUs ? maxErrorUs * NS_PER_US : UNKNOWN;
    }
}
