package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Phase;

import java.util.List;

/**
 * How long everything lasts. The quick plan has the same scenarios.
 *
 * @param loads  of bots on gateways.
 * @param starts of the gateway.
 * @param spinMs one phase of the spinning hiccup meter.
 * @param peers  rounds beside each other.
 * @param gib    of disk that its largest journal may take: about 900 bytes for each request.
 */
record BenchPlan(Loads loads, int starts, long spinMs, Turns peers, int gib)
{
    /** Requests of a bot in flight when it is to send as fast as it can. */
    static final int WINDOW = 32;

    /** Share of saturation of the open loops, in per cent. */
    static final List<Integer> OPEN_PERCENT = List.of(10, 25, 50, 75, 90, 100);

    /** Share of saturation that the goal is about, in per cent. */
    static final int GOAL_PERCENT = 50;

    /**
     * Loads.
     *
     * @param warmUp of each gateway and its bots.
     * @param closed one request of each bot in flight.
     * @param window as fast as it goes.
     * @param open   one rate of an open loop.
     * @param memory before and while memory is looked at.
     */
    record Loads(Phase warmUp, Phase closed, Phase window, Phase open, Phase memory)
    {
    }

    /**
     * Peers beside each other.
     *
     * @param warmUp   signatures of each before the first turn.
     * @param prelude  signatures at the beginning of each round that do not count.
     * @param perRound signatures in a round.
     * @param turns    rounds of each.
     */
    record Turns(int warmUp, int prelude, int perRound, int turns)
    {
    }

    static BenchPlan full()
    {
        return new BenchPlan(
            new Loads(
                new Phase(0, 8_000),
                new Phase(2_000, 8_000),
                new Phase(2_000, 6_000),
                new Phase(1_500, 9_000),
                new Phase(8_000, 45_000)),
            5, 1_000, new Turns(10_000, 500, 2_500, 40), 30);
    }

    static BenchPlan quick()
    {
        return new BenchPlan(
            new Loads(
                new Phase(0, 3_000),
                new Phase(200, 600),
                new Phase(200, 600),
                new Phase(100, 500),
                new Phase(3_000, 3_000)),
            2, 200, new Turns(3_000, 100, 500, 10), 4);
    }

    /** The smallest that goes through everything, for tests: its figures say nothing. */
    static BenchPlan tiny()
    {
        return new BenchPlan(
            new Loads(
                new Phase(0, 100),
                new Phase(50, 100),
                new Phase(50, 100),
                new Phase(0, 100),
                new Phase(100, 200)),
            1, 20, new Turns(100, 10, 50, 2), 1);
    }
}
