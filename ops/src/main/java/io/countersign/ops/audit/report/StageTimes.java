package io.countersign.ops.audit.report;

import org.HdrHistogram.Histogram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long requests took that the token was called for, overall and by key, from the times that Intents and Outcomes
 * hold. A request counts where its Outcome falls into the period.
 */
final class StageTimes
{
    static final String ALL_KEYS = "(all)";

    private static final int MAX_OPEN = 1 << 16;
    private static final int MAX_KEYS = 200;
    private static final int DIGITS = 3;
    private static final int DIGITS_OF_A_KEY = 2;
    private static final String[] STAGES = {"decide", "build", "record", "sign", "all"};

    private final Map<Long, int[]> open = new LinkedHashMap<>()
    {
        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, int[]> eldest)
        {
            return size() > MAX_OPEN;
        }
    };
    private final TreeMap<String, Histogram[]> histograms = new TreeMap<>();
    private long beyond;

    void onIntent(final RecordValues values)
    {
        open.put(values.sequence(), new int[]{(int) values.number("decidedNs"), (int) values.number("builtNs")});
    }

    void onOutcome(final RecordValues values, final boolean isInPeriod)
    {
        final int[] times = open.remove(values.number("intentSequence"));
        if (null == times || !isInPeriod)
        {
            return;
        }
        final long submittedNs = values.number("submittedNs");
        final long signedNs = values.number("signedNs");
        record(ALL_KEYS, times, submittedNs, signedNs);
        final String key = values.text("key");
        if (histograms.size() <= MAX_KEYS || histograms.containsKey(key))
        {
            record(key, times, submittedNs, signedNs);
        }
        else
        {
            beyond++;
        }
    }

    void onInterrupted(final RecordValues values)
    {
        open.remove(values.number("intentSequence"));
    }

    Table table()
    {
        final Table table = new Table("latency", "Latency",
            "Of requests that the token was called for. The stages follow each other: decide (copy, authenticate, " +
            "policy), build (the venue's request), record (the intent), sign (the token); all is from the frame's " +
            "arrival to the token's answer. Values are exact to three digits, those of a key to two.",
            Column.text("key", "Key"), Column.text("stage", "Stage"), Column.number("requests", "Requests"),
            Column.number("p50Ns", "p50 (ns)"), Column.number("p90Ns", "p90 (ns)"),
            Column.number("p99Ns", "p99 (ns)"), Column.number("p999Ns", "p99.9 (ns)"),
            Column.number("maxNs", "max (ns)"));
        histograms.forEach((key, stages) ->
        {
            for (int i = 0; i < STAGES.length; i++)
            {
                final Histogram stage = stages[i];
                table.add(key, STAGES[i], stage.getTotalCount(), stage.getValueAtPercentile(50),
                    stage.getValueAtPercentile(90), stage.getValueAtPercentile(99),
                    stage.getValueAtPercentile(99.9), stage.getMaxValue());
            }
        });
        table.skip(beyond);
        return table;
    }

    private void record(final String key, final int[] times, final long submittedNs, final long signedNs)
    {
        final Histogram[] stages = histograms.computeIfAbsent(key, StageTimes::newStages);
        stages[0].recordValue(Math.max(0, times[0]));
        stages[1].recordValue(Math.max(0, times[1] - times[0]));
        stages[2].recordValue(Math.max(0, submittedNs - times[1]));
        stages[3].recordValue(Math.max(0, signedNs - submittedNs));
        stages[4].recordValue(Math.max(0, signedNs));
    }

    /** They grow with what they hold. */
    private static Histogram[] newStages(final String key)
    {
        final Histogram[] stages = new Histogram[STAGES.length];
        for (int i = 0; i < stages.length; i++)
        {
            stages[i] = new Histogram(ALL_KEYS.equals(key) ? DIGITS : DIGITS_OF_A_KEY);
        }
        return stages;
    }
}
