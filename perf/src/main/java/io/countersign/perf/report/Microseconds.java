package io.countersign.perf.report;

import java.util.Locale;

/**
 * Numbers as the tables and plots write them.
 */
final class Microseconds
{
    private static final double NS_PER_MICROSECOND = 1_000.0;
    private static final double LONG_NS = 100_000.0;

    private Microseconds()
    {
    }

    static double of(final double ns)
    {
        return ns / NS_PER_MICROSECOND;
    }

    /** Two digits behind the point, none for what is above 100 microseconds. */
    static String text(final double ns)
    {
        return String.format(Locale.ROOT, Math.abs(ns) < LONG_NS ? "%,.2f" : "%,.0f", of(ns));
    }

    static String times(final double ratio)
    {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%,.2f", ratio) : MarkdownTable.NOTHING;
    }

    static String whole(final double value)
    {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
