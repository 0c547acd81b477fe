package io.countersign.perf.peer;

import io.countersign.hsm.SigningAlgorithm;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class PeerRoundsTest
{
    private static final PeerRounds.Plan PLAN = new PeerRounds.Plan(1000, 10, 50, 20, 7);

    private final List<String> order = new ArrayList<>();
    private int awake;

    /** A machine on which everything takes as many ns as turns have begun, and a peer so many more. */
    private final class CountingPeer implements Peer
    {
        private final String name;
        private final long moreNs;
        private long rounds;

        CountingPeer(final String name, final long moreNs)
        {
            this.name = name;
            this.moreNs = moreNs;
        }

        @Override
        public String name()
        {
            return name;
        }

        @Override
        public void round(final int count, final Histogram into)
        {
            assertEquals(1, awake);
            assertNotEquals(0, count);
            rounds++;
            into.recordValueWithCount(100 * rounds + moreNs, count);
            if (PLAN.perRound() == count)
            {
                order.add(name);
            }
        }

        @Override
        public void wake()
        {
            awake++;
        }

        @Override
        public void rest()
        {
            awake = 0;
        }

        @Override
        public void close()
        {
            order.add("closed");
        }
    }

    @Test
    void shouldCountOnlyTheMeasuredPart() throws Exception
    {
        final List<PeerSamples> samples = rounds(PLAN).run();
        assertEquals(List.of("a", "b", "c"), samples.stream().map(PeerSamples::name).toList());
        for (final PeerSamples peer : samples)
        {
            assertEquals(20, peer.rounds().size());
            peer.rounds().forEach((round) -> assertEquals(50, round.getTotalCount()));
            assertEquals(1000, peer.all().getTotalCount());
        }
        assertEquals(0, awake);
        assertFalse(order.contains("closed"));
    }

    @Test
    void shouldMeasureEachPeerOnceInATurnInAnOrderThatTheSeedGives() throws Exception
    {
        rounds(PLAN).run();
        final List<String> first = List.copyOf(order);
        assertEquals(60, first.size());
        for (int turn = 0; turn < 60; turn += 3)
        {
            assertEquals(List.of("a", "b", "c"), first.subList(turn, turn + 3).stream().sorted().toList());
        }
        for (final String name : List.of("a", "b", "c"))
        {
            assertNotEquals(0, Stream.iterate(0, (i) -> i + 3).limit(20).filter((i) -> name.equals(first.get(i)))
                .count(), () -> name + " is never the first: " + first);
        }

        order.clear();
        rounds(PLAN).run();
        assertEquals(first, order);
        order.clear();
        rounds(new PeerRounds.Plan(1000, 10, 50, 20, 8)).run();
        assertNotEquals(first, order);
    }

    @Test
    void shouldCompareNeighboursInTime() throws Exception
    {
        final List<PeerSamples> samples = rounds(PLAN).run();
        assertEquals(40, samples.get(1).aboveNs(samples.get(0), 50), 4);
        assertEquals(-30, samples.get(1).aboveNs(samples.get(2), 99), 4);
    }

    @Test
    void shouldNameSeries()
    {
        assertEquals("peer/p11-kit/hmac", PeerRounds.seriesId("p11-kit", SigningAlgorithm.HMAC_SHA256));
        assertEquals("peer/http/p256", PeerRounds.seriesId("http", SigningAlgorithm.ECDSA_P256));
    }

    private PeerRounds rounds(final PeerRounds.Plan plan)
    {
        return new PeerRounds(
            List.of(new CountingPeer("a", 0), new CountingPeer("b", 40), new CountingPeer("c", 70)), plan);
    }
}
