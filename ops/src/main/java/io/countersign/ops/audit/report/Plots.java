package io.countersign.ops.audit.report;

import io.countersign.ops.audit.Times;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plots of a report: requests over time, latency by key, denials by reason.
 */
final class Plots
{
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int MOST_BARS = 340;
    private static final int MOST_LINES = 30;
    private static final int NAME_WIDTH = 230;
    private static final int LINE_HEIGHT = 22;

    private Plots()
    {
    }

    static String traffic(final TreeMap<Long, long[]> steps, final long stepNs)
    {
        final long first = steps.firstKey();
        final long perBar = Math.max(1, (steps.lastKey() - first + MOST_BARS) / MOST_BARS);
        final int bars = (int) ((steps.lastKey() - first) / perBar) + 1;
        final long[][] counts = new long[bars][2];
        for (final Map.Entry<Long, long[]> step : steps.entrySet())
        {
            final int bar = (int) ((step.getKey() - first) / perBar);
            counts[bar][0] += step.getValue()[0];
            counts[bar][1] += step.getValue()[1];
        }
        long most = 1;
        for (final long[] count : counts)
        {
            most = Math.max(most, count[0] + count[1]);
        }
        final long minutes = perBar * stepNs / 60_000_000_000L;
        final Svg svg = new Svg("traffic", 260, "Requests and denials over time",
            bars + " bars of " + minutes + " min from " + Times.micros(first * stepNs) + "; the highest has " + most +
            " requests. The table below has the numbers.");
        final double top = 34;
        final double height = 180;
        final long unit = niceStep(most);
        for (long value = 0; value <= most; value += unit)
        {
            final double y = top + height * (1 - value / (double) most);
            svg.line("grid", LEFT, y, Svg.WIDTH - RIGHT, y).text("end", LEFT - 6, y + 4, grouped(value));
        }
        final double width = (Svg.WIDTH - LEFT - RIGHT) / (double) Math.max(bars, 8);
        for (int i = 0; i < bars; i++)
        {
            final double allowed = height * counts[i][0] / most;
            final double denied = height * counts[i][1] / most;
            final double x = LEFT + i * width;
            final double barWidth = Math.max(0.8, width * 0.85);
            svg.rect("allowed", x, top + height - allowed, barWidth, allowed);
            if (counts[i][1] > 0)
            {
                svg.rect("denied", x, top + height - allowed - Math.max(1, denied), barWidth, Math.max(1, denied));
            }
        }
        svg.text("start", LEFT, top + height + 18, Times.micros(first * stepNs));
        svg.text("end", LEFT + bars * width, top + height + 36, Times.micros((first + bars * perBar) * stepNs));
        svg.text("start", 4, 16, "Requests in " + minutes + " min");
        svg.rect("allowed", LEFT + 160, 7, 10, 10).text("start", LEFT + 175, 16, "allowed");
        svg.rect("denied", LEFT + 240, 7, 10, 10).text("start", LEFT + 255, 16, "denied");
        return svg.toString();
    }

    /** From arrival to the token's answer; the axis is logarithmic. */
    static String latency(final Table latency)
    {
        final List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < latency.rows().size() && rows.size() < MOST_LINES; i++)
        {
            if ("all".equals(latency.text(i, 1)))
            {
                rows.add(i);
            }
        }
        long low = Long.MAX_VALUE;
        long high = 1;
        for (final int row : rows)
        {
            low = Math.min(low, latency.number(row, "p50Ns"));
            high = Math.max(high, latency.number(row, "maxNs"));
        }
        final double from = Math.floor(Math.log10(Math.max(1, low)));
        final double to = Math.max(from + 1, Math.ceil(Math.log10(high)));
        final int bottom = 40 + rows.size() * LINE_HEIGHT;
        final Svg svg = new Svg("latency", bottom + 30, "Latency by key",
            "For each key the p50, p90, p99, p99.9 and the maximum from arrival to the token's answer, on a " +
            "logarithmic axis. The table below has the numbers.");
        final double scale = (Svg.WIDTH - NAME_WIDTH - RIGHT - 20) / (to - from);
        for (double power = from; power <= to; power++)
        {
            final double x = NAME_WIDTH + (power - from) * scale;
            svg.line("grid", x, 30, x, bottom).text("middle", x, bottom + 18, duration(Math.pow(10, power)));
        }
        for (int i = 0; i < rows.size(); i++)
        {
            final double y = 46 + i * LINE_HEIGHT;
            final String[] columns = {"p50Ns", "p90Ns", "p99Ns", "p999Ns", "maxNs"};
            final double[] x = new double[columns.length];
            for (int j = 0; j < columns.length; j++)
            {
                x[j] = NAME_WIDTH +
                    (Math.log10(Math.max(1, latency.number(rows.get(i), columns[j]))) - from) * scale;
            }
            svg.text("end", NAME_WIDTH - 12, y + 4, shortened(latency.text(rows.get(i), 0)));
            svg.line("range", x[0], y, x[4], y);
            for (int j = columns.length - 1; j >= 0; j--)
            {
                svg.circle("p" + j, x[j], y, 4.5);
            }
        }
        final String[] names = {"p50", "p90", "p99", "p99.9", "max"};
        for (int j = 0; j < names.length; j++)
        {
            svg.circle("p" + j, NAME_WIDTH + 5 + j * 75, 12, 4.5).text("start", NAME_WIDTH + 14 + j * 75, 16, names[j]);
        }
        return svg.toString();
    }

    static String reasons(final Table reasons)
    {
        final List<Integer> rows = new ArrayList<>();
        long most = 1;
        for (int i = 0; i < reasons.rows().size(); i++)
        {
            if (reasons.number(i, "denials") > 0)
            {
                rows.add(i);
                most = Math.max(most, reasons.number(i, "denials"));
            }
        }
        rows.sort((left, right) -> Long.compare(reasons.number(right, "denials"), reasons.number(left, "denials")));
        final int lines = Math.min(MOST_LINES, rows.size());
        final Svg svg = new Svg("reasons", 14 + lines * LINE_HEIGHT, "Denials by reason",
            "One bar for each reason, the longest first. The table below has the numbers.");
        for (int i = 0; i < lines; i++)
        {
            final long denials = reasons.number(rows.get(i), "denials");
            final double width = Math.max(1, (Svg.WIDTH - NAME_WIDTH - 110.0) * denials / most);
            final double y = 6 + i * LINE_HEIGHT;
            svg.text("end", NAME_WIDTH - 8, y + 12, reasons.text(rows.get(i), 0));
            svg.rect("denied", NAME_WIDTH, y, width, 15);
            svg.text("start", NAME_WIDTH + width + 6, y + 12, grouped(denials));
        }
        return svg.toString();
    }

    static String grouped(final long number)
    {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String shortened(final String name)
    {
        return name.length() <= 30 ? name : name.substring(0, 29) + "\u2026";
    }

    private static String duration(final double ns)
    {
        return ns < 1e3 ? Math.round(ns) + " ns" : ns < 1e6 ? Math.round(ns / 1e3) + " \u00b5s" :
            ns < 1e9 ? Math.round(ns / 1e6) + " ms" : Math.round(ns / 1e9) + " s";
    }

    /** 1, 2 or 5 times a power of ten, so that there are at most six of them. */
    private static long niceStep(final long most)
    {
        long power = 1;
        while (true)
        {
            for (final int factor : new int[]{1, 2, 5})
            {
                if (power * factor * 6 >= most)
                {
                    return power * factor;
                }
            }
            power *= 10;
        }
    }
}
