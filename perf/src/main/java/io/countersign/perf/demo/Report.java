package io.countersign.perf.demo;

import io.countersign.perf.processes.Latencies;

import org.HdrHistogram.Histogram;

import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The latency table: each round trip beside the token alone, before and after it in the same run.
 */
final class Report
{
    private static final double GOAL_MICROSECONDS = 4.0;

    private final DemoFiles files;

    Report(final DemoFiles files)
    {
        this.files = files;
    }

    List<String> lines() throws FileNotFoundException
    {
        final List<String> lines = new ArrayList<>();
        final Latencies before = Latencies.read(files.baseline(1));
        final Latencies after = Latencies.read(files.baseline(2));
        lines.add(Latencies.header("microseconds, one request in flight"));
        final List<String> verdicts = new ArrayList<>();
        for (final MeasuredOrder order : MeasuredOrder.values())
        {
            final Latencies bot = Latencies.read(files.latencies(order.principal()));
            final Histogram roundTrip = bot.named(RoundTrips.ROUND_TRIP);
            final Histogram bare = new Histogram(before.named(order.key()));
            bare.add(before.named(order.key()));
            bare.add(after.named(order.key()));
            lines.add("  " + order.principal() + ", key " + order.key());
            lines.add(Latencies.row("  round trip, bot to bot", roundTrip));
            lines.add(Latencies.row(
                "  of it the token: C_SignInit + C_Sign in the gateway", bot.named(RoundTrips.TOKEN)));
            lines.add(Latencies.row("  of it all else, request by request", bot.named(RoundTrips.GATEWAY)));
            lines.add(Latencies.row("  bare C_SignInit + C_Sign, own process, before", before.named(order.key())));
            lines.add(Latencies.row("  bare C_SignInit + C_Sign, own process, after", after.named(order.key())));
            final double above = Latencies.microseconds(
                roundTrip.getValueAtPercentile(50) - bare.getValueAtPercentile(50));
            verdicts.add(String.format(Locale.ROOT,
                "  %s: the round trip is %.2f us above bare C_SignInit + C_Sign at p50%s",
                order.principal(), above, goal(order, above)));
        }
        lines.addAll(verdicts);
        return lines;
    }

    private static String goal(final MeasuredOrder order, final double above)
    {
        if (MeasuredOrder.HMAC != order)
        {
            return "";
        }
        return String.format(Locale.ROOT, " (goal %.1f us: %s)", GOAL_MICROSECONDS,
            above <= GOAL_MICROSECONDS ? "met" : "MISSED on this machine, in this run");
    }
}
