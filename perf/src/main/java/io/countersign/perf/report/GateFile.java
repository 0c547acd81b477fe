package io.countersign.perf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of a run as {@code gate.json} holds them, and baselines as they are kept.
 */
final class GateFile
{
    static final String ROUNDS = "gate.json";

    private static final int VERSION = 1;
    private static final String RATIOS = "ratios";
    private static final String BASELINES = "baselines";

    /**
     * What a run leaves for the gate.
     *
     * @param cpu    model of the processor.
     * @param ratios that were measured.
     */
    record Rounds(String cpu, List<GateRatio> ratios)
    {
    }

    private GateFile()
    {
    }

    static void write(final Rounds rounds, final Path directory) throws IOException
    {
        final JsonText json = new JsonText().begin('{')
            .text("format", "countersign gate rounds").whole("version", VERSION).text("cpu", rounds.cpu())
            .begin(RATIOS, '[');
        for (final GateRatio ratio : rounds.ratios())
        {
            json.begin('{').text("name", ratio.name()).begin("overNs", '[');
            ratio.over().forEach(json::number);
            json.end(']').begin("underNs", '[');
            ratio.under().forEach(json::number);
            json.end(']').end('}');
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(ROUNDS), json.end(']').end('}').toString());
    }

    static Rounds read(final Path directory) throws IOException
    {
        final Path file = directory.resolve(ROUNDS);
        try
        {
            final Json root = read(file, "gate rounds");
            final List<GateRatio> ratios = new ArrayList<>();
            for (final Json one : root.objects(RATIOS))
            {
                ratios.add(new GateRatio(one.text("name"), one.numbers("overNs"), one.numbers("underNs")));
            }
            return new Rounds(root.text("cpu"), ratios);
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new IOException(file + ": " + ex.getMessage());
        }
    }

    static void writeBaselines(final List<GateBaseline> baselines, final Path file) throws IOException
    {
        final JsonText json = new JsonText().begin('{')
            .text("format", "countersign gate baselines").whole("version", VERSION).begin(BASELINES, '[');
        for (final GateBaseline one : baselines)
        {
            json.begin('{').text("cpu", one.cpu()).text("name", one.name())
                .number("ratio", rounded(one.ratio())).number("margin", rounded(one.margin())).end('}');
        }
        Files.writeString(file, json.end(']').end('}').toString());
    }

    static List<GateBaseline> readBaselines(final Path file) throws IOException
    {
        try
        {
            return read(file, "gate baselines").objects(BASELINES).stream()
                .map((one) -> new GateBaseline(
                    one.text("cpu"), one.text("name"), one.number("ratio"), one.number("margin")))
                .toList();
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
    }

    private static Json read(final Path file, final String what) throws IOException
    {
        final Json root = Json.read(file);
        if (!("countersign " + what).equals(root.text("format")) || VERSION != root.number("version"))
        {
            throw new IOException(file + " does not hold " + what + " of version " + VERSION);
        }
        return root;
    }

    private static double rounded(final double value)
    {
        return Math.rint(value * 10_000) / 10_000;
    }
}
