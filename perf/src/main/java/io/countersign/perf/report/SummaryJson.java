package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code summary.json}: conditions, series with their percentiles in nanoseconds and the names of their histograms'
 * files, figures. Of a rate that was missed it has no percentiles.
 */
final class SummaryJson
{
    static final String FILE = "summary.json";

    private static final int VERSION = 1;

    private SummaryJson()
    {
    }

    static String of(final Run run)
    {
        final JsonText json = new JsonText().begin('{')
            .text("format", "countersign bench summary")
            .whole("version", VERSION)
            .begin("conditions", '{');
        run.conditions().valueByName().forEach(json::text);
        json.end('}').begin("series", '[');
        run.series().forEach((series) -> append(json, series));
        json.end(']').begin("figures", '[');
        for (final Figure figure : run.figures())
        {
            json.begin('{')
                .text("name", figure.name())
                .number("measured", figure.measured())
                .number("goal", figure.goal())
                .text("unit", figure.unit())
                .truth("atMost", figure.isAtMost())
                .truth("met", figure.isMet())
                .end('}');
        }
        return json.end(']').end('}').toString();
    }

    private static void append(final JsonText json, final Series series)
    {
        final Histogram histogram = series.histogram();
        json.begin('{')
            .text("id", series.id())
            .text("kind", series.kind().name())
            .text("token", series.token())
            .text("key", series.key())
            .whole("bots", series.bots())
            .number("targetPerSecond", series.targetPerSecond())
            .number("achievedPerSecond", series.achievedPerSecond())
            .whole("lost", series.lost())
            .truth("missed", series.isMissed())
            .text("histogram", HistogramFile.name(series.id()))
            .whole("samples", histogram.getTotalCount());
        if (!series.isMissed())
        {
            Percentile.SHOWN.stream().filter((one) -> one.isKnown(histogram))
                .forEach((one) -> json.whole(one.label() + "Ns", one.ns(histogram)));
        }
        json.end('}');
    }

    static Run read(final Path directory) throws IOException
    {
        final Path file = directory.resolve(FILE);
        final Json root = Json.read(file);
        if (VERSION != root.number("version"))
        {
            throw new IOException(file + " has version " + root.number("version") + "; this reads version " + VERSION);
        }
        final Map<String, String> conditions = new LinkedHashMap<>();
        final Json conditionsJson = root.object("conditions");
        conditionsJson.names().forEach((name) -> conditions.put(name, conditionsJson.text(name)));
        final List<Series> series = new ArrayList<>();
        for (final Json one : root.objects("series"))
        {
            series.add(new Series(
                one.text("id"),
                one.constant(SeriesKind.class, "kind"),
                one.text("token"),
                one.text("key"),
                (int) one.number("bots"),
                one.number("targetPerSecond"),
                one.number("achievedPerSecond"),
                (long) one.number("lost"),
                HistogramFile.read(directory.resolve(HistogramFile.name(one.text("id"))))));
        }
        final List<Figure> figures = root.objects("figures").stream().map((one) -> new Figure(
            one.text("name"), one.number("measured"), one.number("goal"), one.text("unit"), one.truth("atMost")))
            .toList();
        return new Run(new Conditions(conditions), series, figures);
    }
}
