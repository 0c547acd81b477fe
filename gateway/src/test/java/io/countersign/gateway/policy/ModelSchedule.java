package io.countersign.gateway.policy;

import io.countersign.gateway.config.Schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Days and hours, slow and plain.
 */
final class ModelSchedule
{
    private ModelSchedule()
    {
    }

    static boolean isOpen(final Schedule schedule, final long utcNs)
    {
        final ZonedDateTime now = Instant.ofEpochSecond(0, utcNs).atZone(ZoneOffset.UTC);
        final long ofDayNs = now.toLocalTime().toNanoOfDay();
        final boolean isToday = hasDay(schedule, now.getDayOfWeek());
        if (schedule.fromNs() < schedule.toNs())
        {
            return isToday && ofDayNs >= schedule.fromNs() && ofDayNs < schedule.toNs();
        }
        return isToday && ofDayNs >= schedule.fromNs() ||
            hasDay(schedule, now.getDayOfWeek().minus(1)) && ofDayNs < schedule.toNs();
    }

    private static boolean hasDay(final Schedule schedule, final DayOfWeek day)
    {
        return 0 != (schedule.days() & 1 << day.getValue() - 1);
    }
}
