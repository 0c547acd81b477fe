package io.countersign.perf.report;

import io.countersign.perf.report.Canvas.Point;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The plots of a run, by the names of their files without suffix.
 */
final class Plots
{
    private static final int NOTE_WIDTH = 128;
    private static final double WHOLE = 100.0;
    private static final double MAX_NINES = 6;
    private static final double NINES_STEP = 1.0 / 64;
    private static final double BAR_WIDTH = 0.36;
    private static final double BAR_GAP = 0.1;
    private static final double HEADROOM = 1.15;
    private static final double MARKS_ROOM = 2;
    private static final String MICROSECONDS = "microseconds";
    private static final String SIGN = "sign";

    private final Map<String, Plot> plotByName = new LinkedHashMap<>();
    private final Run run;
    private final List<String> notes;

    private Plots(final Run run)
    {
        this.run = run;
        final Conditions conditions = run.conditions();
        notes = WrappedText.lines(Stream.of(
            Conditions.CPU, Conditions.CORES, Conditions.KERNEL, Conditions.JVM, Conditions.TOKEN, Conditions.PINNING,
            Conditions.IDLE, Conditions.DURABILITY, Conditions.REVISION, Conditions.STARTED)
            .filter(conditions.valueByName()::containsKey)
            .map((name) -> name + ": " + conditions.value(name))
            .reduce((one, other) -> one + "; " + other).orElse(""), NOTE_WIDTH);
    }

    static Map<String, Plot> of(final Run run)
    {
        final Plots plots = new Plots(run);
        plots.closedLoops();
        plots.peers();
        plots.openLoops();
        plots.stages();
        plots.hiccups();
        return plots.plotByName;
    }

    private void closedLoops()
    {
        of(SeriesKind.CLOSED_LOOP).map(Series::token).distinct().forEach((token) ->
        {
            final Map<String, Histogram> histograms = new LinkedHashMap<>();
            of(SeriesKind.CLOSED_LOOP)
                .filter((one) -> token.equals(one.token()) && SideBySide.isOneInFlight(one) && !one.isMissed())
                .forEach((one) -> histograms.put(one.key(), one.histogram()));
            curves("closed-loop-" + token, "Closed loop, one bot, token " + token + ": by percentile", histograms);
        });
    }

    private void peers()
    {
        of(SeriesKind.PEER).map(Series::title).distinct().forEach((tokenAndKey) ->
        {
            final List<Series> peers = of(SeriesKind.PEER).filter(isOf(tokenAndKey)).toList();
            final Map<String, Histogram> histograms = new LinkedHashMap<>();
            SideBySide.gateway(run.series(), peers.getFirst()).filter((one) -> !one.isMissed())
                .ifPresent((one) -> histograms.put(SideBySide.title(one), one.histogram()));
            peers.stream().filter((one) -> !one.isMissed())
                .forEach((one) -> histograms.put(SideBySide.title(one).replace("`", ""), one.histogram()));
            curves("peers-" + fileName(tokenAndKey), "Side by side: " + tokenAndKey, histograms);
        });
    }

    private void hiccups()
    {
        final Map<String, Histogram> histograms = new LinkedHashMap<>();
        of(SeriesKind.HICCUP)
            .forEach((one) -> histograms.put(one.id().substring(one.id().indexOf('/') + 1), one.histogram()));
        curves("hiccups", "What the platform takes: hiccups by percentile", histograms);
    }

    private void curves(final String name, final String title, final Map<String, Histogram> histograms)
    {
        histograms.values().removeIf((histogram) -> 0 == histogram.getTotalCount());
        if (histograms.isEmpty())
        {
            return;
        }
        final double nines = Math.min(MAX_NINES, histograms.values().stream()
            .mapToDouble((histogram) -> Math.log10(histogram.getTotalCount())).max().orElseThrow());
        final Plot plot = new Plot(title, notes,
            Axis.nines("percentile", percentile(Math.max(nines, 1))),
            Axis.log(
                MICROSECONDS,
                Microseconds.of(histograms.values().stream().mapToLong(Histogram::getMinValue).min().orElseThrow()),
                Microseconds.of(histograms.values().stream().mapToLong(Histogram::getMaxValue).max().orElseThrow())));
        int colour = 0;
        for (final Map.Entry<String, Histogram> entry : histograms.entrySet())
        {
            plot.line(entry.getKey(), colour, 1 == colour % 2, curve(entry.getValue()));
            colour++;
        }
        plotByName.put(name, plot);
    }

    private static List<Point> curve(final Histogram histogram)
    {
        final double nines = Math.min(MAX_NINES, Math.log10(histogram.getTotalCount()));
        final List<Point> points = new ArrayList<>();
        for (double at = 0; at <= nines; at += NINES_STEP)
        {
            final double percentile = percentile(at);
            points.add(new Point(percentile, Microseconds.of(histogram.getValueAtPercentile(percentile))));
        }
        return points;
    }

    private void openLoops()
    {
        of(SeriesKind.OPEN_LOOP).map(Series::title).distinct()
            .forEach((tokenAndKey) -> openLoop(tokenAndKey, of(SeriesKind.OPEN_LOOP).filter(isOf(tokenAndKey))
                .sorted(Comparator.comparingDouble(Series::targetPerSecond)).toList()));
    }

    private void openLoop(final String tokenAndKey, final List<Series> all)
    {
        final List<Series> reached = all.stream().filter((one) -> !one.isMissed()).toList();
        if (reached.isEmpty())
        {
            return;
        }
        final Plot plot = new Plot(
            "Open loop: " + tokenAndKey + ", latency from the intended send time", notes,
            Axis.linear("requests a second", all.getLast().targetPerSecond()),
            Axis.log(
                MICROSECONDS,
                Microseconds.of(reached.stream()
                    .mapToDouble((one) -> Percentile.P50.ns(one.histogram())).min().orElseThrow()),
                Microseconds.of(reached.stream()
                    .mapToDouble((one) -> Percentile.P99_9.ns(one.histogram())).max().orElseThrow()) * MARKS_ROOM));
        int colour = 0;
        for (final int bots : new TreeSet<>(all.stream().map(Series::bots).toList()))
        {
            for (final Percentile percentile : List.of(Percentile.P50, Percentile.P99, Percentile.P99_9))
            {
                final List<Point> points = reached.stream().filter((one) -> bots == one.bots())
                    .filter((one) -> percentile.isKnown(one.histogram()))
                    .map((one) -> new Point(
                        one.targetPerSecond(), Microseconds.of(percentile.ns(one.histogram()))))
                    .toList();
                if (!points.isEmpty())
                {
                    plot.line(percentile.label() + ", " + bots(bots), colour, Percentile.P50 == percentile, points);
                }
                colour++;
            }
            final Optional<Series> missed =
                all.stream().filter((one) -> bots == one.bots() && one.isMissed()).findFirst();
            missed.ifPresent((one) -> plot.mark(
                bots(bots) + ": " + Microseconds.whole(one.targetPerSecond()) + "/s missed", one.targetPerSecond()));
        }
        plotByName.put("open-loop-" + fileName(tokenAndKey), plot);
    }

    private void stages()
    {
        final List<Series> all = of(SeriesKind.STAGE).toList();
        final List<String> keys = all.stream().map(Series::title).distinct().toList();
        final List<String> names = all.stream().map(Series::lastPart).distinct()
            .filter((name) -> !SIGN.equals(name)).toList();
        if (keys.isEmpty())
        {
            return;
        }
        final Plot plot = new Plot("Stages: the gateway's own, stacked; above them the token's", notes,
            Axis.names("", keys.stream().map((key) -> key.replace(" on token ", "\n")).toList()),
            Axis.linear(MICROSECONDS, highest(all, keys) * HEADROOM));
        for (int i = 0; i < keys.size(); i++)
        {
            final List<Series> stages = all.stream().filter(isOf(keys.get(i))).toList();
            bar(plot, stages, names, Percentile.P50, i + BAR_GAP);
            bar(plot, stages, names, Percentile.P90, i + 1 - BAR_GAP - BAR_WIDTH);
        }
        for (int i = names.size() - 1; i >= 0; i--)
        {
            plot.boxName(names.get(i), i);
        }
        plotByName.put("stages", plot);
    }

    private static void bar(
        final Plot plot,
        final List<Series> stages,
        final List<String> names,
        final Percentile percentile,
        final double left)
    {
        double top = 0;
        String sign = "";
        for (final Series stage : stages)
        {
            final double value = Microseconds.of(percentile.ns(stage.histogram()));
            if (SIGN.equals(stage.lastPart()))
            {
                sign = "\n+" + Microseconds.text(percentile.ns(stage.histogram()));
            }
            else
            {
                plot.box(
                    names.indexOf(stage.lastPart()), new Point(left, top), new Point(left + BAR_WIDTH, top + value));
                top += value;
            }
        }
        plot.label(percentile.label() + sign, new Point(left + BAR_WIDTH / 2, top));
    }

    private static double highest(final List<Series> all, final List<String> keys)
    {
        return keys.stream().mapToDouble((key) -> all.stream().filter(isOf(key))
            .filter((one) -> !SIGN.equals(one.lastPart()))
            .mapToDouble((one) -> Microseconds.of(Percentile.P90.ns(one.histogram()))).sum()).max().orElseThrow();
    }

    private Stream<Series> of(final SeriesKind kind)
    {
        return run.series().stream().filter((one) -> kind == one.kind());
    }

    private static Predicate<Series> isOf(final String tokenAndKey)
    {
        return (one) -> tokenAndKey.equals(one.title());
    }

    private static String fileName(final String tokenAndKey)
    {
        return tokenAndKey.replace(" on token ", "-").toLowerCase(Locale.ROOT);
    }

    private static String bots(final int bots)
    {
        return 1 == bots ? "1 bot" : bots + " bots";
    }

    private static double percentile(final double nines)
    {
        return WHOLE * (1 - Math.pow(10, -nines));
    }
}
