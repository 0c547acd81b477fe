package io.countersign.perf.report;

/**
 * What a series is of.
 */
public enum SeriesKind
{
    /** Round trips with one request in flight for each bot. */
    CLOSED_LOOP,
    /** From the time at which a request was meant to be sent to its answer, at a rate. */
    OPEN_LOOP,
    /** One part of the gateway's work on a request, by its own clock reads. */
    STAGE,
    /** The same payload signed otherwise than by the gateway, in the same run. */
    PEER,
    /** What the platform takes away from a thread that does nothing but read the clock. */
    HICCUP,
    /** What comes once after a start. */
    START
}
