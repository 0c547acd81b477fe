package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Load;
import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.load.RequestLog;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.Series;
import io.countersign.perf.report.SeriesKind;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Loads on one gateway, which become series.
 */
final class LoadScenarios
{
    private final String token;
    private final BotFleet bots;
    private final Measurements measurements;
    private final Progress progress;
    private final Map<BenchKey, RequestLog> logs = new EnumMap<>(BenchKey.class);

    /**
     * @param token as series call it: {@code softhsm}, {@code null}.
     */
    LoadScenarios(
        final String token, final BotFleet bots, final Measurements measurements, final Progress progress)
    {
        this.token = token;
        this.bots = bots;
        this.measurements = measurements;
        this.progress = progress;
    }

    static String closedId(final String token, final BenchKey key, final int bots)
    {
        return "closed/" + token + "/" + key.alias() + "/" + bots;
    }

    static String windowId(final String token, final BenchKey key, final int bots)
    {
        return "window/" + token + "/" + key.alias() + "/" + bots;
    }

    static String openId(final String token, final BenchKey key, final int bots, final long rate)
    {
        return "open/" + token + "/" + key.alias() + "/" + bots + "/" + rate;
    }

    /** One request of each bot in flight; those of one bot are kept for the stages. */
    void closed(final BenchKey key, final int count, final Phase phase) throws IOException, MeasuringException
    {
        final Load load = add(
            closedId(token, key, count), 1 == count ? Mode.LOGGED : Mode.CLOSED, key, count, 1, phase);
        if (null != load.log())
        {
            logs.put(key, load.log());
        }
    }

    /** As fast as it goes, with a window of requests of each bot in flight: the saturation. */
    void window(final BenchKey key, final int count, final Phase phase) throws IOException, MeasuringException
    {
        add(windowId(token, key, count), Mode.CLOSED, key, count, BenchPlan.WINDOW, phase);
    }

    /** At a share of the saturation that {@link #window} has found for one bot. */
    void open(final BenchKey key, final int count, final int percent, final Phase phase)
        throws IOException, MeasuringException
    {
        final Series saturation = measurements.series(windowId(token, key, 1));
        if (null == saturation)
        {
            throw new MeasuringException("no saturation is known to take " + percent + " % of");
        }
        final long rate = rate(saturation.achievedPerSecond(), percent);
        add(openId(token, key, count, rate), Mode.OPEN, key, count, rate, phase);
    }

    /** A share of a rate, rounded to hundreds. */
    static long rate(final double saturation, final int percent)
    {
        return Math.max(100, Math.round(saturation * percent / 100 / 100) * 100);
    }

    Map<BenchKey, RequestLog> logs()
    {
        return logs;
    }

    private Load add(
        final String id,
        final Mode mode,
        final BenchKey key,
        final int count,
        final long parameter,
        final Phase phase) throws IOException, MeasuringException
    {
        final Load load = bots.run(id, mode, key, count, parameter, phase);
        final Series series = new Series(
            id, Mode.OPEN == mode ? SeriesKind.OPEN_LOOP : SeriesKind.CLOSED_LOOP, token, key.title(), count,
            Mode.OPEN == mode ? parameter : 0, load.result().perSecond(), load.result().lost(), load.histogram());
        if (0 == load.result().signed())
        {
            throw new MeasuringException(id + ": no request was signed");
        }
        measurements.add(series);
        progress.say(String.format(Locale.ROOT, "%s: p50 %.2f us, p99 %.2f us, p99.9 %.2f us, %.0f/s, %d lost%s",
            id, measurements.microseconds(id, 50), measurements.microseconds(id, 99),
            measurements.microseconds(id, 99.9), series.achievedPerSecond(), series.lost(),
            series.isMissed() ? ", MISSED" : ""));
        return load;
    }
}
