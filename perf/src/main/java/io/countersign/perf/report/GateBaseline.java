package io.countersign.perf.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a quotient was when the baseline was recorded, and the verdict on what it is now.
 *
 * @param cpu    model of the processor that it was recorded on; on another it says nothing.
 * @param name   of the quotient.
 * @param ratio  that it had.
 * @param margin by which it may be larger: 0.2 for a fifth.
 */
record GateBaseline(String cpu, String name, double ratio, double margin)
{
    /** What the gate must not let pass, in ns. */
    static final double NOTICED_NS = 2_000;

    private static final double LEAST_MARGIN = 0.10;
    private static final double SPREADS = 2;

    /** What the gate says. */
    enum Verdict
    {
        PASSED, REGRESSION, CANNOT_TELL
    }

    /**
     * Recorded from runs of the same code: the margin is twice what they differed by, at least a tenth.
     *
     * @param cpu  of all of them.
     * @param runs of one quotient.
     * @return the baseline, which may be too wide to be of use, see {@link #isSharp}.
     */
    static GateBaseline of(final String cpu, final List<GateRatio> runs)
    {
        final List<Double> medians = runs.stream().map(GateRatio::median).sorted().toList();
        final double ratio = (medians.get((medians.size() - 1) / 2) + medians.get(medians.size() / 2)) / 2;
        final double between = medians.getLast() / ratio - 1;
        final double within = runs.stream().mapToDouble((run) -> run.high() / run.median() - 1)
            .max().orElseThrow();
        return new GateBaseline(
            cpu, runs.getFirst().name(), ratio, Math.max(LEAST_MARGIN, SPREADS * Math.max(between, within)));
    }

    /** The largest quotient that passes. */
    double limit()
    {
        return ratio * (1 + margin);
    }

    /** What the quotient would be with 2 microseconds more, as fast as the machine was in a run. */
    double noticed(final GateRatio run)
    {
        return ratio + NOTICED_NS / run.underNs();
    }

    /** Whether 2 microseconds more are beyond the limit, as fast as the machine was in a run. */
    boolean isSharp(final GateRatio run)
    {
        return limit() < noticed(run);
    }

    /** A regression is only what is beyond the limit for certain; passed is only what cannot be 2 us slower. */
    Verdict verdict(final GateRatio run)
    {
        if (run.low() > limit())
        {
            return Verdict.REGRESSION;
        }
        return run.median() <= limit() && run.high() < noticed(run) && isSharp(run) ?
            Verdict.PASSED : Verdict.CANNOT_TELL;
    }

    /** Those of a file, on one processor, with others in their place. */
    static List<GateBaseline> replaced(final List<GateBaseline> kept, final List<GateBaseline> recorded)
    {
        final List<GateBaseline> all = new ArrayList<>(recorded);
        kept.stream().filter((one) -> recorded.stream().noneMatch((other) ->
            one.cpu().equals(other.cpu()) && one.name().equals(other.name()))).forEach(all::add);
        all.sort(Comparator.comparing(GateBaseline::cpu).thenComparing(GateBaseline::name));
        return all;
    }
}
