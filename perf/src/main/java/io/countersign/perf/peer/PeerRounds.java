package io.countersign.perf.peer;

import io.countersign.hsm.SigningAlgorithm;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Measures peers beside each other: in every turn each has one round, in an order of its own, while the others rest.
 */
public final class PeerRounds
{
    private final List<Peer> peers;
    private final Plan plan;

    /**
     * How much is measured.
     *
     * @param warmUp   signatures of each peer, which do not count, before the first turn.
     * @param prelude  signatures at the beginning of each round, which do not count: the peer has rested.
     * @param perRound signatures in each round that count.
     * @param turns    rounds of each peer.
     * @param seed     of the order in each turn, to be printed.
     */
    public record Plan(int warmUp, int prelude, int perRound, int turns, long seed)
    {
    }

    /**
     * Nothing is measured yet.
     *
     * @param peers that have been started; they stay open.
     * @param plan  how much.
     */
    public PeerRounds(final List<Peer> peers, final Plan plan)
    {
        this.peers = List.copyOf(peers);
        this.plan = plan;
    }

    /**
     * What a series of a peer is called.
     *
     * @param peerName  for example {@code p11-kit}.
     * @param algorithm of the key.
     * @return for example {@code peer/p11-kit/hmac}.
     */
    public static String seriesId(final String peerName, final SigningAlgorithm algorithm)
    {
        return "peer/" + peerName + "/" + switch (algorithm)
        {
            case HMAC_SHA256 -> "hmac";
            case ED25519 -> "ed25519";
            case ECDSA_P256 -> "p256";
            case RSA_2048 -> "rsa";
            default -> throw new IllegalArgumentException("not measured: " + algorithm.configName());
        };
    }

    /**
     * Measure.
     *
     * @return of each peer, in the order in which they were given.
     * @throws PeerException when one does not sign.
     */
    public List<PeerSamples> run() throws PeerException
    {
        final List<PeerSamples> samples = new ArrayList<>();
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++)
        {
            samples.add(new PeerSamples(peers.get(i).name()));
            order.add(i);
            peers.get(i).rest();
        }
        for (final Peer peer : peers)
        {
            round(peer, plan.warmUp, 0);
        }

        final Random random = new Random(plan.seed);
        for (int turn = 0; turn < plan.turns; turn++)
        {
            Collections.shuffle(order, random);
            for (final int index : order)
            {
                samples.get(index).add(round(peers.get(index), plan.prelude, plan.perRound));
            }
        }
        return samples;
    }

    private static Histogram round(final Peer peer, final int unmeasured, final int measured) throws PeerException
    {
        final Histogram round = PeerSamples.histogram();
        peer.wake();
        if (0 < unmeasured)
        {
            peer.round(unmeasured, round);
            round.reset();
        }
        if (0 < measured)
        {
            peer.round(measured, round);
        }
        peer.rest();
        return round;
    }
}
