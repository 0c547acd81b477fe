package io.countersign.perf.bench;

import io.countersign.perf.report.Figure;
import io.countersign.perf.report.Series;

/**
 * What was measured of each goal.
 */
final class Goals
{
    private static final String SOFT_HSM = BenchSteps.SOFT_HSM;
    private static final String NULL = BenchSteps.NULL;

    private final Measurements measurements;
    private final PeerScenario peers;

    Goals(final Measurements measurements, final PeerScenario peers)
    {
        this.measurements = measurements;
        this.peers = peers;
    }

    /** What the hiccup meter has at a percentile, the lower of the cores, so that no tail is made to look too good. */
    double hiccupUs(final double percentile)
    {
        double least = Double.NaN;
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++)
        {
            final double value = measurements.microseconds("hiccup/cpu" + core, percentile);
            least = Double.isNaN(least) ? value : Math.min(least, value);
        }
        return Double.isNaN(least) ? 0 : least;
    }

    /** Adds a figure for each goal; NaN where it could not be measured. */
    void add(final StartScenario starts, final MemoryScenario memory)
    {
        final double aboveUs = peers.aboveUs(BenchKey.HMAC, GatewayPeer.NAME, 50);
        atMost("round trip above bare C_Sign, HMAC, p50", aboveUs, 2.0, "us");
        atMost("the same at p99, less hiccups",
            less(peers.aboveUs(BenchKey.HMAC, GatewayPeer.NAME, 99), hiccupUs(99)), 6, "us");
        atLeast("p11-kit remote above bare C_Sign, to the gateway's",
            peers.aboveUs(BenchKey.HMAC, PeerScenario.P11_KIT, 50) / aboveUs, 12, "x");
        throughput();
        openLoop();
        final double steadyUs = measurements.microseconds(LoadScenarios.closedId(SOFT_HSM, BenchKey.HMAC, 1), 99);
        atMost("bytes allocated per request, gateway's thread", rounded(memory.gatewayAllocatedPerRequest()), 0, "B");
        atMost("bytes allocated per request, bot's thread", rounded(memory.botAllocatedPerRequest()), 0, "B");
        atMost("gateway's heap in use after the load", memory.heapUsedMib(), 256, "MiB");
        atMost("gateway's resident memory after the load", memory.residentMib(), 512, "MiB");
        atMost("growth of the gateway's own memory over the load", memory.grownMib(), 5, "MiB");
        atMost("ready after start, warm cache, median",
            measurements.microseconds(StartScenario.READY, 50) / 1e6, 1.5, "s");
        atMost("slowest of the first 100 orders, median of the starts, to the steady p99",
            starts.slowestUs() / steadyUs, 3, "x");
    }

    private void throughput()
    {
        final Series one = measurements.series(LoadScenarios.windowId(NULL, BenchKey.HMAC, 1));
        final Series all = measurements.series(LoadScenarios.windowId(NULL, BenchKey.HMAC, BenchToken.BOTS));
        atLeast("null token, one bot, none lost",
            null == one || one.isMissed() ? Double.NaN : one.achievedPerSecond(), 400_000, "requests/s");
        atLeast("16 bots against 1 bot, null token, total throughput",
            null == one || null == all ? Double.NaN : 100 * all.achievedPerSecond() / one.achievedPerSecond(), 95, "%");
    }

    private void openLoop()
    {
        for (final String token : new String[]{SOFT_HSM, NULL})
        {
            final Series saturation = measurements.series(LoadScenarios.windowId(token, BenchKey.HMAC, 1));
            double atHalfUs = Double.NaN;
            if (null != saturation)
            {
                final Series half = measurements.series(LoadScenarios.openId(token, BenchKey.HMAC, 1,
                    LoadScenarios.rate(saturation.achievedPerSecond(), BenchPlan.GOAL_PERCENT)));
                atHalfUs = null == half || half.isMissed() ?
                    Double.NaN : half.histogram().getValueAtPercentile(99.9) / 1e3;
            }
            atMost("open loop at 50 % of saturation, " + token + " token, p99.9 less hiccups",
                less(atHalfUs, hiccupUs(99.9)), 50, "us");
        }
    }

    /** A handful of bytes over millions of requests is none. */
    private static double rounded(final double bytes)
    {
        return Double.isNaN(bytes) ? bytes : Math.round(bytes * 100) / 100.0;
    }

    private static double less(final double us, final double hiccupUs)
    {
        return Double.isNaN(us) ? us : Math.max(0, us - hiccupUs);
    }

    private void atMost(final String name, final double measured, final double goal, final String unit)
    {
        measurements.add(new Figure(name, measured, goal, unit, true));
    }

    private void atLeast(final String name, final double measured, final double goal, final String unit)
    {
        measurements.add(new Figure(name, measured, goal, unit, false));
    }
}
