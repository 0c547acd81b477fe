package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run as the rig could leave it, made of a seed.
 */
final class SyntheticRun
{
    private static final String HMAC = "HMAC-SHA256";
    private static final String ED25519 = "Ed25519";
    private static final List<String> STAGES =
        List.of("copy", "authenticate", "policy", "build", "intent", "sign", "outcome", "reply");
    private static final int SAMPLES = 20_000;

    private final List<Series> series = new ArrayList<>();

    static Run of()
    {
        final SyntheticRun run = new SyntheticRun();
        run.loops("softhsm", HMAC, 11_000, 3_000_000_000L);
        run.loops("softhsm", ED25519, 54_000, 0);
        run.loops("null", HMAC, 2_400, 1);
        run.peer("bare", HMAC, 9_000);
        run.peer("sunpkcs11", HMAC, 10_200);
        run.peer("p11-kit", HMAC, 34_000);
        run.peer("http", HMAC, 116_000);
        run.peer("bare", ED25519, 51_000);
        for (final String key : List.of(HMAC, ED25519))
        {
            for (int i = 0; i < STAGES.size(); i++)
            {
                final double ns = "sign".equals(STAGES.get(i)) ? (HMAC.equals(key) ? 9_000 : 51_000) : 90 + 60 * i;
                run.series.add(series("stage/softhsm/" + key + "/" + STAGES.get(i), SeriesKind.STAGE, key, ns));
            }
        }
        run.hiccup("hiccup/cpu0", 60);
        run.hiccup("hiccup/cpu1", 80);
        run.series.add(new Series("start/ready", SeriesKind.START, "", "", 0, 0, 0, 0, once(1_234_000_000L)));
        return new Run(conditions(), run.series, figures());
    }

    /** No more than the hiccups. */
    static Run small()
    {
        final SyntheticRun run = new SyntheticRun();
        run.hiccup("hiccup/cpu0", 60);
        return new Run(conditions(), run.series, List.of());
    }

    static Histogram latencies(final String seed, final double ns, final int samples)
    {
        final Random random = new Random(seed.hashCode());
        final Histogram histogram = new Histogram(60_000_000_000L, 3);
        for (int i = 0; i < samples; i++)
        {
            final double tail = 0 == random.nextInt(200) ? random.nextDouble() * 12 : 0;
            histogram.recordValue((long) (ns * (1 + Math.abs(random.nextGaussian()) * 0.08 + tail)));
        }
        return histogram;
    }

    private void loops(final String token, final String key, final double ns, final long mostLost)
    {
        for (final int bots : new int[]{1, 4, 16})
        {
            final String id = "closed/" + token + "/" + key + "/" + bots;
            series.add(new Series(id, SeriesKind.CLOSED_LOOP, token, key, bots, 0, 1e9 / ns, 0,
                latencies(id, ns * bots, SAMPLES)));
        }
        if (0 == mostLost)
        {
            return;
        }
        for (int i = 1; i <= 6; i++)
        {
            final double rate = Math.rint(1e9 / ns / 5 * i);
            final double reached = i > 5 ? rate * 0.83 : rate;
            final String id = "open/" + token + "/" + key + "/1/" + (long) rate;
            series.add(new Series(id, SeriesKind.OPEN_LOOP, token, key, 1, rate, reached, 0,
                latencies(id, ns * (1 + i * i / 9.0), SAMPLES)));
        }
    }

    private void peer(final String name, final String key, final double ns)
    {
        final String id = "peer/" + name + "/" + key;
        series.add(new Series(id, SeriesKind.PEER, "softhsm", key, 1, 0, 1e9 / ns, 0, latencies(id, ns, SAMPLES)));
    }

    private void hiccup(final String id, final double ns)
    {
        series.add(new Series(id, SeriesKind.HICCUP, "", "", 0, 0, 0, 0, latencies(id, ns, 500_000)));
    }

    private static Series series(final String id, final SeriesKind kind, final String key, final double ns)
    {
        return new Series(id, kind, "softhsm", key, 1, 0, 0, 0, latencies(id, ns, SAMPLES));
    }

    private static Histogram once(final long ns)
    {
        final Histogram histogram = new Histogram(60_000_000_000L, 3);
        histogram.recordValue(ns);
        return histogram;
    }

    private static Conditions conditions()
    {
        final Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(Conditions.CPU, "Example(R) Processor 6975P-C @ 2.80GHz");
        conditions.put(Conditions.CORES, "2");
        conditions.put(Conditions.KERNEL, "Linux 6.12.0 amd64");
        conditions.put(Conditions.JVM, "OpenJDK 64-Bit Server VM 25.0.1+8-LTS");
        conditions.put(Conditions.TOKEN, "softhsm (libsofthsm2.so, version 2.6), null (libnull.so, version unknown)");
        conditions.put(Conditions.PINNING, "may run on 0-1, isolated: none");
        conditions.put(Conditions.IDLE, "spin");
        conditions.put(Conditions.DURABILITY, "process");
        conditions.put(Conditions.REVISION, "0123456789ab with changes");
        conditions.put(Conditions.STARTED, "2026-12-01T01:40:00Z");
        return new Conditions(conditions);
    }

    private static List<Figure> figures()
    {
        return List.of(
            new Figure("round trip above bare C_Sign, p50", 2.13, 2.0, "µs", true),
            new Figure("null token, one bot", 412_345, 400_000, "requests/s", false),
            new Figure("ready after start", Double.NaN, 1.5, "s", true));
    }
}
