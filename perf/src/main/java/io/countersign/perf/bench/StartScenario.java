package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.processes.Latencies;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.SeriesKind;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Starts the gateway several times, and measures from the start of the process to the line that says that it is ready,
 * and the first orders that it then gets. The files are in the page cache: a start before has read them. The bot is
 * warm: it has sent before, to a gateway that was then ended, as bots outlive the gateways that they use.
 */
final class StartScenario
{
    static final String READY = "start/ready";
    static final String FIRST_ORDERS = "start/first-100-orders";

    /** Names the configuration of its gateways. */
    static final String LIFE = "start";

    private static final int ORDERS = 100;
    private static final long FIRST_ORDERS_LIMIT_MS = 10_000;

    private final BenchFiles files;
    private final Measurements measurements;
    private final Progress progress;
    private double slowestUs = Double.NaN;

    StartScenario(final BenchFiles files, final Measurements measurements, final Progress progress)
    {
        this.files = files;
        this.measurements = measurements;
        this.progress = progress;
    }

    void run(final int starts, final Phase warmUp) throws IOException, MeasuringException
    {
        final Histogram ready = Latencies.newHistogram();
        final Histogram firstOrders = Latencies.newHistogram();
        final double[] slowest = new double[starts];
        try (BotFleet bots = BotFleet.start(files, files.aeron(LIFE)))
        {
            try (GatewayLife gateway = GatewayLife.start(files, LIFE, false))
            {
                bots.connect();
                bots.run("start/warm-up", Mode.CLOSED, BenchKey.HMAC, 1, 1, warmUp);
                bots.disconnect();
                gateway.stop();
            }
            for (int i = 0; i < starts; i++)
            {
                try (GatewayLife gateway = GatewayLife.start(files, LIFE, false))
                {
                    ready.recordValue(gateway.readyNs());
                    bots.connect();
                    final Histogram orders = bots.run("start/" + i, Mode.COUNTED, BenchKey.HMAC, 1, ORDERS,
                        new Phase(0, FIRST_ORDERS_LIMIT_MS)).histogram();
                    firstOrders.add(orders);
                    slowest[i] = orders.getMaxValue() / 1e3;
                    bots.disconnect();
                    gateway.stop();
                    progress.say(String.format(Locale.ROOT,
                        "ready after %.0f ms, slowest of the first %d orders %.0f us",
                        gateway.readyNs() / 1e6, ORDERS, slowest[i]));
                }
            }
        }
        Arrays.sort(slowest);
        slowestUs = slowest[starts / 2];
        measurements.add(READY, SeriesKind.START, ready);
        measurements.add(FIRST_ORDERS, SeriesKind.START, BenchSteps.SOFT_HSM, BenchKey.HMAC, firstOrders);
    }

    /** The slowest of the first orders, the median of the starts, in microseconds; NaN when not measured. */
    double slowestUs()
    {
        return slowestUs;
    }
}
