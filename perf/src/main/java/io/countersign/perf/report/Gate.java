package io.countersign.perf.report;

import io.countersign.ops.ExitCode;
import io.countersign.perf.report.GateBaseline.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code bin/bench-gate}: compares the quotients of a run with those that are kept.
 */
@Command(
    name = "bench-gate",
    mixinStandardHelpOptions = true,
    description = {
        "Says whether the gateway has become slower. It compares quotients, never times: the round trip on a token " +
            "that answers at once, over a fixed amount of work measured before and after each round. A machine that " +
            "is slower today is slower in both.",
        "DIR is what 'make bench-gate' or 'make bench' left below perf/results. A baseline holds for one model of " +
            "processor; record one for yours with --update, from five runs or more of code that is as it should be."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  bin/bench-gate perf/results/2026-12-01T01-40-00Z",
        "  bin/bench-gate --update perf/results/2026-12-0*",
        "",
        "Exit codes: 0 not slower, 1 slower, 2 cannot tell: the machine was too restless, or there is no baseline " +
            "for its processor, or a file cannot be read."
    })
public final class Gate implements Callable<Integer>
{
    private static final String BASELINES = "config/bench-gate.json";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories of runs; several only with --update.")
    private List<Path> directories;

    @Option(names = "--baseline", paramLabel = "FILE", description = "The baselines (default: " + BASELINES + ").")
    private Path baseline;

    @Option(names = "--update", description = "Record the runs as the baseline of their processor.")
    private boolean isUpdate;

    /**
     * For picocli.
     */
    public Gate()
    {
    }

    /**
     * Run.
     *
     * @param args see the help.
     */
    public static void main(final String[] args)
    {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine()
    {
        return new CommandLine(new Gate());
    }

    /**
     * Compares or records.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final Path file = null != baseline ?
            baseline : Path.of(System.getProperty("countersign.root", "")).resolve(BASELINES);
        try
        {
            final List<GateFile.Rounds> runs = new ArrayList<>();
            for (final Path directory : directories)
            {
                runs.add(GateFile.read(directory));
            }
            return isUpdate ? update(file, runs) : compare(file, runs);
        }
        catch (final NoSuchFileException ex)
        {
            return error(ex.getMessage() + " is not there: " + (file.toString().equals(ex.getMessage()) ?
                "record a baseline with --update" :
                "the run has measured nothing for the gate; run 'make bench-gate'"));
        }
        catch (final IOException ex)
        {
            return error(ex.getMessage());
        }
    }

    private int compare(final Path file, final List<GateFile.Rounds> runs) throws IOException
    {
        if (1 != runs.size())
        {
            return error("one directory at a time is compared; several are for --update");
        }
        final GateFile.Rounds run = runs.getFirst();
        final List<GateBaseline> baselines = GateFile.readBaselines(file);
        final List<Verdict> verdicts = new ArrayList<>();
        for (final GateRatio ratio : run.ratios())
        {
            final Optional<GateBaseline> kept = baselines.stream()
                .filter((one) -> one.cpu().equals(run.cpu()) && one.name().equals(ratio.name())).findFirst();
            verdicts.add(kept.map((one) -> one.verdict(ratio)).orElse(Verdict.CANNOT_TELL));
            out().println(kept.map((one) -> line(ratio, one)).orElseGet(() -> String.format(Locale.ROOT,
                "%s: %.3f; cannot tell: no baseline for %s in %s; record one with --update",
                ratio.name(), ratio.median(), run.cpu(), file)));
        }
        out().flush();
        if (verdicts.contains(Verdict.REGRESSION))
        {
            return ExitCode.WRONG;
        }
        return verdicts.isEmpty() || verdicts.contains(Verdict.CANNOT_TELL) ? ExitCode.USAGE : ExitCode.OK;
    }

    private int update(final Path file, final List<GateFile.Rounds> runs) throws IOException
    {
        final String cpu = runs.getFirst().cpu();
        if (runs.stream().anyMatch((run) -> !cpu.equals(run.cpu())))
        {
            return error("the runs are of different processors; record each on its own");
        }
        final List<GateBaseline> recorded = new ArrayList<>();
        for (final GateRatio first : runs.getFirst().ratios())
        {
            final List<GateRatio> same = runs.stream().flatMap((run) -> run.ratios().stream())
                .filter((one) -> one.name().equals(first.name())).toList();
            final GateBaseline one = GateBaseline.of(cpu, same);
            if (!same.stream().allMatch(one::isSharp))
            {
                return error(String.format(Locale.ROOT, "%s: the runs differ so much that a margin of %.0f %% would " +
                    "be needed, which hides 2 us; nothing is recorded; run them again on a quieter machine",
                    one.name(), one.margin() * 100));
            }
            recorded.add(one);
            out().printf(Locale.ROOT, "%s: %.3f with a margin of %.0f %%, from %d runs%n",
                one.name(), one.ratio(), one.margin() * 100, same.size());
        }
        out().flush();
        final List<GateBaseline> kept = Files.exists(file) ? GateFile.readBaselines(file) : List.of();
        GateFile.writeBaselines(GateBaseline.replaced(kept, recorded), file);
        return ExitCode.OK;
    }

    private static String line(final GateRatio ratio, final GateBaseline kept)
    {
        return String.format(Locale.ROOT,
            "%s: %.3f (%.3f to %.3f in %d rounds), baseline %.3f, limit %.3f, with 2 us more %.3f: %s",
            ratio.name(), ratio.median(), ratio.low(), ratio.high(), ratio.rounds(),
            kept.ratio(), kept.limit(), kept.noticed(ratio), switch (kept.verdict(ratio))
            {
                case PASSED -> "passed";
                case REGRESSION -> "SLOWER";
                case CANNOT_TELL -> "cannot tell; run it again on a quieter machine";
            });
    }

    private int error(final String what)
    {
        spec.commandLine().getErr().println("countersign: " + what);
        spec.commandLine().getErr().flush();
        return ExitCode.USAGE;
    }

    private PrintWriter out()
    {
        return spec.commandLine().getOut();
    }
}
