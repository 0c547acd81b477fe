package io.countersign.perf.parts;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.Binding;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.PendingRequests;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.Source;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the journal costs one request: the intent and the outcome, encoded and appended as the gateway does it, with
 * room reserved ahead by a thread of its own. Each iteration has a journal of its own, which is removed after it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class JournalBenchmark
{
    private static final int SIGNATURE_LENGTH = 32;
    private static final int COUNTERS = 16;
    private static final long RESERVE = 64L << 20;

    private final SystemGatewayClock clock = new SystemGatewayClock();
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[SIGNATURE_LENGTH]);
    private PendingRequest request;
    private Policy policy;
    private Path directory;
    private JournalLock lock;
    private ChronicleJournal journal;
    private AgentRunner space;
    private JournalPublisher publisher;

    /**
     * For JMH.
     */
    public JournalBenchmark()
    {
    }

    /**
     * A request that was allowed and built.
     */
    @Setup
    public void setUp()
    {
        policy = PolicyCompiler.compile(LargePolicy.read(1));
        final byte[] name = LargePolicy.principal(0).getBytes(StandardCharsets.UTF_8);
        final Session session = new Session(
            new Applicant(0, 1, name, 1, Source.ipc("ipc:bots")),
            null,
            new FrameAuthenticator(OrderFrames.key(0)),
            new FrameAuthenticator(OrderFrames.key(-1)),
            new RequestHistories().forSession(name));
        session.principalIndex(policy.principalIndex(name));
        final long nowNs = clock.monotonicNs();
        final UnsafeBuffer frame = OrderFrames.frame(0, 1);
        request = new PendingRequests(1).acquire();
        request.begin(session, nowNs, clock.utcNs(nowNs));
        int reason = request.copyIn(frame, 0, frame.capacity());
        new OrderAdapter().decode(request.frame(), 0, request.order());
        request.keyIndex(policy.keyIndex(request.order().key()));
        policy.decide(session.principalIndex(), request.keyIndex(), request.order(), request.receivedUtcNs(), 0,
            new Ledger(policy), request.decision());
        reason |= request.decision().reason();
        request.stamp().set(request.receivedUtcNs(), 1);
        final Venue venue = VenueProfiles.shipped().byName("binance-spot");
        final KeyRule rule = venue.keyRule(KeyAlgorithm.HMAC_SHA256);
        final VenueKey key = VenueKey.builder("public", rule.algorithm(), rule.signature()).build();
        reason |= venue.build(request.order(), key, request.stamp(), request.venueRequest());
        if (0 != reason)
        {
            throw new IllegalStateException("the order is refused for " + reason);
        }
    }

    /**
     * An empty journal.
     *
     * @throws IOException when there is no directory for it.
     */
    @Setup(Level.Iteration)
    public void open() throws IOException
    {
        directory = Files.createTempDirectory("journal");
        lock = JournalLock.acquire(directory);
        journal = new ChronicleJournal(new ChronicleJournal.Context()
            .directory(directory)
            .lock(lock)
            .errorHandler(Throwable::printStackTrace)
            .reserve(RESERVE, (notice) -> { }));
        final CountersManager counters = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(COUNTERS * CountersManager.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(COUNTERS * CountersManager.COUNTER_LENGTH)));
        journal.space().counter(counters.newCounter("room"));
        space = new AgentRunner(
            new SleepingMillisIdleStrategy(1), Throwable::printStackTrace, null, journal.space());
        AgentRunner.startOnThread(space);
        final KeySpec key = new KeySpec(
            "key", 1, new byte[]{1}, SigningAlgorithm.HMAC_SHA256, new byte[KeySpec.CHECK_VALUE_LENGTH]);
        publisher = new JournalPublisher(
            journal, clock, counters.newCounter("sequence"), counters.newCounter("failed"), List.of(key), 0);
    }

    /**
     * The journal goes away.
     */
    @TearDown(Level.Iteration)
    public void close()
    {
        CloseHelper.closeAll(space, journal, lock);
        IoUtil.delete(directory.toFile(), true);
    }

    /**
     * Intent and outcome.
     *
     * @return sequence of the outcome.
     */
    @Benchmark
    public long intentAndOutcome()
    {
        final long builtNs = clock.monotonicNs();
        request.intentSequence(publisher.intent(request, policy, Binding.C, 1, builtNs));
        final long sequence = publisher.signed(request, signature, 0, SIGNATURE_LENGTH, builtNs);
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            throw new IllegalStateException("the journal takes no more");
        }
        return sequence;
    }
}
