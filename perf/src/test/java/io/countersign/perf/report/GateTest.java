package io.countersign.perf.report;

import io.countersign.ops.ExitCode;
import io.countersign.perf.report.GateBaseline.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.*;

class GateTest
{
    private static final String CPU = "Example(R) Processor";
    private static final double ROUND_TRIP_NS = 2_600;
    private static final double CALIBRATION_NS = 1_500;
    private static final int ROUNDS = 61;
    private static final int RUNS = 300;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldNeverTripOnNoiseThatBothSidesHave()
    {
        final GateBaseline baseline = baseline();
        for (int seed = 0; seed < RUNS; seed++)
        {
            final GateRatio run = new Machine(seed).run(0);
            assertEquals(Verdict.PASSED, baseline.verdict(run), "seed " + seed + ": " + run.median());
        }
    }

    @Test
    void shouldAlwaysFailOnTwoMicrosecondsMore()
    {
        final GateBaseline baseline = baseline();
        for (int seed = 0; seed < RUNS; seed++)
        {
            final GateRatio run = new Machine(seed).run(2_000);
            assertEquals(Verdict.REGRESSION, baseline.verdict(run), "seed " + seed + ": " + run.median());
        }
    }

    @Test
    void shouldFailOnTwoMicrosecondsAlsoWhenTheMachineIsHalfAsFast()
    {
        final GateBaseline baseline = baseline();
        for (int seed = 0; seed < RUNS; seed++)
        {
            final Machine slow = new Machine(seed);
            slow.speed = 2;
            assertEquals(Verdict.PASSED, baseline.verdict(slow.run(0)), "seed " + seed);
            assertEquals(Verdict.REGRESSION, baseline.verdict(slow.run(2_000)), "seed " + seed);
        }
    }

    @Test
    void shouldNotPassWhatItCannotTell()
    {
        final GateBaseline baseline = baseline();
        for (int seed = 0; seed < RUNS; seed++)
        {
            final Machine restless = new Machine(seed);
            restless.ownNoise = 3;
            assertNotEquals(Verdict.PASSED, baseline.verdict(restless.run(2_000)), "seed " + seed);
            assertNotEquals(Verdict.REGRESSION, baseline.verdict(restless.run(0)), "seed " + seed);
        }
    }

    @Test
    void shouldRecordABaselineAndCompareWithIt() throws IOException
    {
        final Path baselines = directory.resolve("gate.json");
        assertEquals(ExitCode.OK, gate(
            "--update", "--baseline", baselines.toString(), run(1, 0), run(2, 0), run(3, 0), run(4, 0), run(5, 0)));
        assertEquals(ExitCode.OK, gate("--baseline", baselines.toString(), run(6, 0)), out.toString());
        assertTrue(out.toString().endsWith("passed\n"), out.toString());
        assertEquals(ExitCode.WRONG, gate("--baseline", baselines.toString(), run(7, 2_000)));
        assertTrue(out.toString().endsWith("SLOWER\n"), out.toString());
    }

    @Test
    void shouldKeepTheBaselinesOfOtherProcessors() throws IOException
    {
        final Path baselines = directory.resolve("gate.json");
        final GateBaseline other = new GateBaseline("another", "null-round-trip", 1.5, 0.2);
        GateFile.writeBaselines(List.of(other), baselines);
        assertEquals(ExitCode.USAGE, gate("--baseline", baselines.toString(), run(1, 0)));
        assertTrue(out.toString().contains("cannot tell: no baseline for " + CPU), out.toString());
        assertEquals(ExitCode.OK, gate("--update", "--baseline", baselines.toString(), run(1, 0)));
        final List<GateBaseline> all = GateFile.readBaselines(baselines);
        assertEquals(2, all.size());
        assertTrue(all.contains(other), all.toString());
    }

    @Test
    void shouldRecordNothingThatWouldHideTwoMicroseconds() throws IOException
    {
        final Path baselines = directory.resolve("gate.json");
        assertEquals(ExitCode.USAGE,
            gate("--update", "--baseline", baselines.toString(), run(1, 0), run(2, 0), run(3, 1_500)));
        assertFalse(Files.exists(baselines));
        assertTrue(err.toString().contains("hides 2 us"), err.toString());
    }

    @Test
    void shouldSayWhenThereIsNothingToCompare()
    {
        assertEquals(ExitCode.USAGE, gate(directory.toString()));
        assertTrue(err.toString().contains("gate.json is not there"), err.toString());
        assertEquals(ExitCode.USAGE, gate());
    }

    @Test
    void shouldSayWhenThereIsNoBaseline() throws IOException
    {
        final String missing = directory.resolve("missing.json").toString();
        assertEquals(ExitCode.USAGE, gate("--baseline", missing, run(1, 0)));
        assertTrue(err.toString().contains("missing.json is not there: record a baseline"), err.toString());
    }

    @Test
    void shouldSayThatAFileIsNotWhatItShouldBe() throws IOException
    {
        Files.writeString(directory.resolve("gate.json"), "{\"format\": \"countersign gate rounds\", \"version\": 1, " +
            "\"cpu\": \"x\", \"ratios\": [{\"name\": \"r\", \"overNs\": [1, 2], \"underNs\": [1, 2]}]}");
        assertEquals(ExitCode.USAGE, gate(directory.toString()));
        assertTrue(err.toString().contains("gate.json: r: 2 and 2 rounds"), err.toString());
    }

    @Test
    void shouldMeasureEachRoundBesideItsNeighbours() throws Exception
    {
        final double[] now = {1_000};
        new GateRounds().measure("r", () -> constant((long) (now[0] *= 1.02)), () -> constant((long) now[0]))
            .write(new Conditions(Map.of(Conditions.CPU, CPU)), directory);
        final GateFile.Rounds rounds = GateFile.read(directory);
        assertEquals(CPU, rounds.cpu());
        final GateRatio ratio = rounds.ratios().getFirst();
        assertEquals(61, ratio.rounds());
        assertEquals(1.0, ratio.high(), 0.02, "what becomes slower all the time is slower in both");
    }

    private static Histogram constant(final long ns)
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(ns);
        return histogram;
    }

    private static GateBaseline baseline()
    {
        return GateBaseline.of(CPU,
            List.of(new Machine(-1).run(0), new Machine(-2).run(0), new Machine(-3).run(0), new Machine(-4).run(0)));
    }

    private String run(final int seed, final double moreNs) throws IOException
    {
        final Path run = directory.resolve("run-" + seed);
        GateFile.write(new GateFile.Rounds(CPU, List.of(new Machine(seed).run(moreNs))), run);
        return run.toString();
    }

    private int gate(final String... args)
    {
        final CommandLine gate = Gate.commandLine();
        gate.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return gate.execute(args);
    }

    /**
     * One that becomes faster and slower by a fifth from round to round, and by up to 3 % between neighbours.
     */
    private static final class Machine
    {
        private final Random random;
        private double speed = 1;
        private double ownNoise = 0.03;

        Machine(final int seed)
        {
            random = new Random(seed);
        }

        GateRatio run(final double moreNs)
        {
            final List<Double> over = new ArrayList<>();
            final List<Double> under = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++)
            {
                final double common = speed * (0.8 + 0.4 * random.nextDouble());
                over.add(ROUND_TRIP_NS * common * (1 + ownNoise * random.nextDouble()) + moreNs);
                under.add(CALIBRATION_NS * common * (1 + ownNoise * random.nextDouble()));
            }
            return new GateRatio("null-round-trip", over, under);
        }
    }
}
