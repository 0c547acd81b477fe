package io.countersign.perf.bench;

import io.countersign.hsm.KeySpec;
import io.countersign.perf.load.LoadOrder;
import io.countersign.perf.peer.Peer;
import io.countersign.perf.peer.PeerException;
import io.countersign.perf.peer.PeerKey;
import io.countersign.perf.peer.PeerRounds;
import io.countersign.perf.peer.PeerSamples;
import io.countersign.perf.peer.Peers;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.SeriesKind;
import io.countersign.perf.report.SideBySide;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The gateway beside what it is measured against, round by round: same token, same key, same payload.
 */
final class PeerScenario
{
    static final String P11_KIT = "p11-kit";

    private final BenchFiles files;
    private final Measurements measurements;
    private final Progress progress;
    private final Map<BenchKey, Map<String, PeerSamples>> samplesByKey = new HashMap<>();

    PeerScenario(final BenchFiles files, final Measurements measurements, final Progress progress)
    {
        this.files = files;
        this.measurements = measurements;
        this.progress = progress;
    }

    void run(final Part part, final BenchKey key, final KeySpec spec, final BenchPlan.Turns turns)
        throws IOException, MeasuringException
    {
        final Path directory = Files.createDirectories(files.shared().resolve("peers-" + key.alias()));
        final PeerKey peerKey = new PeerKey(files.module(), BenchFiles.TOKEN_LABEL, null, files.pin(), spec,
            LoadOrder.PAYLOAD.getBytes(StandardCharsets.US_ASCII));
        final List<Peer> peers = new ArrayList<>();
        try
        {
            peers.addAll(Peers.start(peerKey, files.nativeDirectory(), directory, progress::say));
            peers.add(new GatewayPeer(part, key));
            final long seed = System.nanoTime();
            final List<PeerSamples> samples = new PeerRounds(peers, new PeerRounds.Plan(
                turns.warmUp(), turns.prelude(), turns.perRound(), turns.turns(), seed)).run();
            measurements.condition("seed of the order of peers, " + key.alias(), Long.toString(seed));
            for (final PeerSamples one : samples)
            {
                keep(key, one);
            }
        }
        catch (final PeerException ex)
        {
            throw new MeasuringException(ex.getMessage());
        }
        finally
        {
            CloseHelper.quietCloseAll(peers);
            part.gateway().goOn();
        }
    }

    /** How much longer the one peer takes than the other, in microseconds; NaN when one was not measured. */
    double aboveUs(final BenchKey key, final String name, final double percentile)
    {
        final Map<String, PeerSamples> samples = samplesByKey.getOrDefault(key, Map.of());
        return samples.containsKey(name) && samples.containsKey(SideBySide.BARE) ?
            samples.get(name).aboveNs(samples.get(SideBySide.BARE), percentile) / 1e3 : Double.NaN;
    }

    private void keep(final BenchKey key, final PeerSamples samples)
    {
        samplesByKey.computeIfAbsent(key, (unused) -> new HashMap<>()).put(samples.name(), samples);
        final String id = "peer/" + samples.name() + "/" + key.alias();
        measurements.add(id, SeriesKind.PEER, BenchSteps.SOFT_HSM, key, samples.all());
        progress.say(String.format(Locale.ROOT, "%s: p50 %.2f us, p99 %.2f us; above bare %.2f us, %.2f us",
            id, measurements.microseconds(id, 50), measurements.microseconds(id, 99),
            aboveUs(key, samples.name(), 50), aboveUs(key, samples.name(), 99)));
    }
}
