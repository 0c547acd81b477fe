package io.countersign.gateway.config;

/**
 * Days and hours of a principal, in UTC. Immutable.
 *
 * @param days   bits of the days on which the hours begin: Monday 1, Tuesday 2, ... Sunday 64.
 * @param fromNs nanoseconds of the day at which the hours begin.
 * @param toNs   nanoseconds of the day before which they end; at or below {@code fromNs} they pass midnight.
 */
public record Schedule(int days, long fromNs, long toNs)
{
    /** Length of a day in nanoseconds. */
    public static final long DAY_NS = 24L * 60 * 60 * 1_000_000_000L;

    /** The bits of every day. */
    public static final int EVERY_DAY = 0x7F;

    private static final int DAYS = 7;
    private static final int FIRST_DAY_OF_1970 = 3;

    /**
     * Whether a time is on the days and in the hours. Allocates nothing.
     *
     * @param utcNs UTC nanoseconds since 1970.
     * @return true when it is.
     */
    public boolean isOpen(final long utcNs)
    {
        final long epochDay = Math.floorDiv(utcNs, DAY_NS);
        final long ofDayNs = utcNs - epochDay * DAY_NS;
        if (fromNs < toNs)
        {
            return hasDay(epochDay) && fromNs <= ofDayNs && ofDayNs < toNs;
        }
        return hasDay(epochDay) && fromNs <= ofDayNs || hasDay(epochDay - 1) && ofDayNs < toNs;
    }

    private boolean hasDay(final long epochDay)
    {
        return 0 != (days >> Math.floorMod(epochDay + FIRST_DAY_OF_1970, DAYS) & 1);
    }
}
