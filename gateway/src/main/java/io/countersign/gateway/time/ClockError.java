package io.countersign.gateway.time;

/**
 * How wrong the system's UTC may be, by what keeps it.
 */
public interface ClockError
{
    /** In place of an error that nobody knows. */
    long UNKNOWN = -1;

    /** Nothing is known. */
    ClockError NONE = () -> UNKNOWN;

    /**
     * The greatest error that UTC has at this moment. May make a system call.
     *
     * @return nanoseconds, 0 or more, or {@link #UNKNOWN}.
     */
    long errorNs();

    /**
     * What says so.
     *
     * @return one word, for an error that is known.
     */
    default String source()
    {
        return "kernel";
    }
}
