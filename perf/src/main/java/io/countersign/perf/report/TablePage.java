package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code table.md}: goals, rate by percentile, side by side, stages, tails with and without the platform's hiccups,
 * conditions.
 */
final class TablePage
{
    static final String FILE = "table.md";

    private static final String FAILED = "FAILED";
    private static final String WINDOW = "window";

    private final Run run;
    private final StringBuilder page = new StringBuilder(1 << 14);

    private TablePage(final Run run)
    {
        this.run = run;
    }

    static String of(final Run run)
    {
        final TablePage page = new TablePage(run);
        page.text("# Countersign: what it takes");
        page.text("Microseconds, unless a column says otherwise. " + MarkdownTable.NOTHING +
            " stands where there were too few samples or nothing to compare with.");
        page.goals();
        page.rates();
        page.peers();
        page.stages();
        page.tails();
        page.starts();
        page.conditions();
        return page.page.toString();
    }

    private void goals()
    {
        final MarkdownTable table = new MarkdownTable(1, List.of("figure", "goal", "measured", ""));
        for (final Figure figure : run.figures())
        {
            table.row(List.of(
                figure.name(),
                (figure.isAtMost() ? "at most " : "at least ") + number(figure.goal()) + " " + figure.unit(),
                Double.isNaN(figure.measured()) ? "not measured" : number(figure.measured()) + " " + figure.unit(),
                Double.isNaN(figure.measured()) ? "" : figure.isMet() ? "met" : "MISSED"));
        }
        section("Goals", table);
    }

    private void rates()
    {
        final List<Series> loops = of(SeriesKind.CLOSED_LOOP, SeriesKind.OPEN_LOOP).toList();
        for (final Series first : firstOfEachKey(loops))
        {
            final List<String> heads = new ArrayList<>(List.of("loop", "bots", "rate/s", "reached/s", "lost"));
            Percentile.SHOWN.forEach((one) -> heads.add(one.label()));
            heads.addAll(List.of("p50 above bare", "p99 above bare", "p50 / bare"));
            final MarkdownTable table = new MarkdownTable(1, heads);
            rates(table, loops, first, SeriesKind.CLOSED_LOOP);
            rates(table, loops, first, SeriesKind.OPEN_LOOP);
            section("Rate by percentile: " + first.title(), table);
        }
        if (!loops.isEmpty())
        {
            text("Closed: each bot has one request in flight; window: as many as keep the gateway busy. Open: from " +
                "the time at which a request was meant to be sent. Above bare: less the same percentile of " +
                "`C_SignInit` + `C_Sign` from C, with this token, key and payload, in the same run; side by side, " +
                "both were measured in turn, so that only there a slower machine is in both. A rate of which less " +
                "than 99 % was reached, or at which a request was lost, is " + FAILED +
                " and has no percentiles.");
        }
    }

    private void rates(
        final MarkdownTable table, final List<Series> loops, final Series like, final SeriesKind kind)
    {
        final List<Series> rows = loops.stream().filter((one) -> kind == one.kind() && one.isLike(like))
            .sorted(Comparator.comparing((Series one) -> one.part(0)).thenComparing(Series::bots)
                .thenComparing(Series::targetPerSecond))
            .toList();
        if (rows.isEmpty())
        {
            final List<String> cells = new ArrayList<>(List.of(
                SeriesKind.CLOSED_LOOP == kind ? "closed" : "open", "", "", "not measured", ""));
            blanks(cells, Percentile.SHOWN.size() + 3);
            table.row(cells);
        }
        for (final Series series : rows)
        {
            final List<String> cells = new ArrayList<>(List.of(
                series.part(0),
                String.valueOf(series.bots()),
                SeriesKind.CLOSED_LOOP == kind ? "" : Microseconds.whole(series.targetPerSecond()),
                (series.isMissed() ? FAILED + ": " : "") + Microseconds.whole(series.achievedPerSecond()),
                String.valueOf(series.lost())));
            if (series.isMissed())
            {
                blanks(cells, Percentile.SHOWN.size() + 3);
            }
            else
            {
                percentiles(cells, series.histogram());
                // With more than one in flight a request also waits for the others' signatures.
                final boolean isComparable = 1 == series.bots() && !WINDOW.equals(series.part(0));
                final Optional<Series> bare =
                    isComparable ? SideBySide.bare(run.series(), series) : Optional.empty();
                cells.add(above(series, bare, Percentile.P50));
                cells.add(above(series, bare, Percentile.P99));
                cells.add(ratio(series, bare));
            }
            table.row(cells);
        }
    }

    private void peers()
    {
        final List<Series> peers = of(SeriesKind.PEER).toList();
        for (final Series first : firstOfEachKey(peers))
        {
            final Optional<Series> gateway = SideBySide.gateway(run.series(), first);
            final Optional<Series> bare = SideBySide.bare(run.series(), first);
            final List<String> heads = new ArrayList<>(List.of("signed by"));
            Percentile.SHOWN.forEach((one) -> heads.add(one.label()));
            heads.addAll(List.of("p50 above bare", "p99 above bare", "p50 / bare", "own share / Countersign's"));
            final MarkdownTable table = new MarkdownTable(1, heads);
            Stream.concat(
                peers.stream().filter((one) -> one.isLike(first)),
                gateway.stream().filter((one) -> SeriesKind.PEER != one.kind()))
                .forEach((series) -> table.row(peer(series, bare, gateway)));
            section("Side by side: " + first.title(), table);
        }
    }

    private List<String> peer(final Series series, final Optional<Series> bare, final Optional<Series> gateway)
    {
        final List<String> cells = new ArrayList<>(List.of(SideBySide.title(series)));
        if (series.isMissed())
        {
            cells.add(FAILED);
            blanks(cells, Percentile.SHOWN.size() + 3);
            return cells;
        }
        percentiles(cells, series.histogram());
        if (bare.isPresent() && bare.get().id().equals(series.id()))
        {
            blanks(cells, 4);
            return cells;
        }
        cells.add(above(series, bare, Percentile.P50));
        cells.add(above(series, bare, Percentile.P99));
        cells.add(ratio(series, bare));
        final double share = aboveNs(series, bare, Percentile.P50);
        final double gatewayShare = gateway.isPresent() ? aboveNs(gateway.get(), bare, Percentile.P50) : Double.NaN;
        cells.add(gatewayShare > 0 ? Microseconds.times(share / gatewayShare) : MarkdownTable.NOTHING);
        return cells;
    }

    private void stages()
    {
        final List<Series> stages = of(SeriesKind.STAGE).toList();
        for (final Series first : firstOfEachKey(stages))
        {
            final MarkdownTable table = percentileTable("stage");
            stages.stream().filter((one) -> one.isLike(first))
                .forEach((one) -> table.row(percentiles(new ArrayList<>(List.of(one.lastPart())), one.histogram())));
            section("Stages in the gateway: " + first.title(), table);
        }
    }

    private void tails()
    {
        final Hiccups hiccups = new Hiccups(run);
        if (!hiccups.isMeasured())
        {
            return;
        }
        final MarkdownTable meters = percentileTable("hiccup meter");
        of(SeriesKind.HICCUP)
            .forEach((one) -> meters.row(
                percentiles(new ArrayList<>(List.of(one.id().substring(one.id().indexOf('/') + 1))), one.histogram())));
        section("The platform's hiccups", meters);
        final MarkdownTable table = new MarkdownTable(
            1, List.of("series", "bots", "rate/s", "p99", "less hiccups", "p99.9", "less hiccups"));
        of(SeriesKind.CLOSED_LOOP, SeriesKind.OPEN_LOOP).filter((one) -> !one.isMissed()).forEach((one) ->
        {
            final List<String> cells = new ArrayList<>(List.of(
                one.part(0) + ", " + one.title(),
                String.valueOf(one.bots()),
                SeriesKind.CLOSED_LOOP == one.kind() ? "" : Microseconds.whole(one.targetPerSecond())));
            for (final Percentile percentile : List.of(Percentile.P99, Percentile.P99_9))
            {
                final boolean isKnown = percentile.isKnown(one.histogram());
                cells.add(isKnown ? Microseconds.text(percentile.ns(one.histogram())) : MarkdownTable.NOTHING);
                cells.add(isKnown ?
                    Microseconds.text(hiccups.less(one.histogram(), percentile)) :
                    MarkdownTable.NOTHING);
            }
            table.row(cells);
        });
        section("Tails with and without the platform's hiccups", table);
        if (!table.isEmpty())
        {
            text("Less hiccups: less the same percentile of the hiccup meter that saw least, not below 0.");
        }
    }

    private void starts()
    {
        final MarkdownTable table = percentileTable("after a start");
        of(SeriesKind.START)
            .forEach((one) -> table.row(percentiles(new ArrayList<>(List.of(one.lastPart())), one.histogram())));
        section("Start", table);
    }

    private void conditions()
    {
        final MarkdownTable table = new MarkdownTable(2, List.of("condition", "value"));
        run.conditions().valueByName().forEach((name, value) -> table.row(List.of(name, value)));
        section("Conditions", table);
    }

    private Stream<Series> of(final SeriesKind... kinds)
    {
        return run.series().stream().filter((one) -> List.of(kinds).contains(one.kind()));
    }

    private void section(final String title, final MarkdownTable table)
    {
        if (!table.isEmpty())
        {
            text("## " + title);
            table.appendTo(page);
        }
    }

    private void text(final String paragraph)
    {
        page.append(paragraph).append("\n\n");
    }

    private static List<Series> firstOfEachKey(final List<Series> all)
    {
        return all.stream()
            .filter((one) -> all.stream().filter((other) -> one.isLike(other)).findFirst().orElseThrow() == one)
            .toList();
    }

    private static MarkdownTable percentileTable(final String head)
    {
        final List<String> heads = new ArrayList<>(List.of(head));
        Percentile.SHOWN.forEach((one) -> heads.add(one.label()));
        return new MarkdownTable(1, heads);
    }

    private static List<String> percentiles(final List<String> cells, final Histogram histogram)
    {
        Percentile.SHOWN.forEach((one) ->
            cells.add(one.isKnown(histogram) ? Microseconds.text(one.ns(histogram)) : MarkdownTable.NOTHING));
        return cells;
    }

    private static double aboveNs(final Series series, final Optional<Series> bare, final Percentile percentile)
    {
        return bare.isPresent() &&
            percentile.isKnown(series.histogram()) && percentile.isKnown(bare.get().histogram()) ?
            percentile.ns(series.histogram()) - percentile.ns(bare.get().histogram()) : Double.NaN;
    }

    private static String above(final Series series, final Optional<Series> bare, final Percentile percentile)
    {
        final double aboveNs = aboveNs(series, bare, percentile);
        return Double.isNaN(aboveNs) ? MarkdownTable.NOTHING : Microseconds.text(aboveNs);
    }

    private static String ratio(final Series series, final Optional<Series> bare)
    {
        return bare.isEmpty() ? MarkdownTable.NOTHING : Microseconds.times(
            (double) Percentile.P50.ns(series.histogram()) / Percentile.P50.ns(bare.get().histogram()));
    }

    private static void blanks(final List<String> cells, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            cells.add(MarkdownTable.NOTHING);
        }
    }

    private static String number(final double value)
    {
        return value == Math.rint(value) ? Microseconds.whole(value) : Microseconds.times(value);
    }
}
