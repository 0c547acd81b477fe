package io.countersign.perf.parts;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.PendingRequests;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Source;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What session and policy cost one new order: copied out of foreign memory, its tag checked, its form, sequence,
 * deadline and request id, decoded, decided on and counted. Principals and symbols change from order to order, so that
 * a large policy is met as it would be, not out of the nearest cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionAndPolicyBenchmark
{
    private static final int FRAMES = 1_024;
    private static final long UTC_NS = 1_795_460_400_000_000_000L;

    /** Principals of the policy; each has all 10,000 symbols. */
    @Param({"1", "10", "100", "1000"})
    private int principals;

    private final PendingRequests requests = new PendingRequests(16);
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final PendingRequests places = new PendingRequests(FRAMES);
    private final PendingRequest[] decoded = new PendingRequest[FRAMES];
    private final UnsafeBuffer[] frames = new UnsafeBuffer[FRAMES];
    private final Session[] sessions = new Session[FRAMES];
    private Policy policy;
    private Ledger ledger;
    private long utcNs = UTC_NS;
    private int next;

    /**
     * For JMH.
     */
    public SessionAndPolicyBenchmark()
    {
    }

    /**
     * A policy and orders of its principals.
     */
    @Setup
    public void setUp()
    {
        policy = PolicyCompiler.compile(LargePolicy.read(principals));
        ledger = new Ledger(policy);
        final RequestHistories histories = new RequestHistories();
        final Session[] sessionOf = new Session[principals];
        for (int i = 0; i < principals; i++)
        {
            final byte[] name = LargePolicy.principal(i).getBytes(StandardCharsets.UTF_8);
            sessionOf[i] = new Session(
                new Applicant(i, i, name, 1, Source.ipc("ipc:bots")),
                null,
                new FrameAuthenticator(OrderFrames.key(i)),
                new FrameAuthenticator(OrderFrames.key(-i)),
                histories.forSession(name));
            sessionOf[i].principalIndex(policy.principalIndex(name));
        }
        for (int i = 0; i < FRAMES; i++)
        {
            sessions[i] = sessionOf[i * 7 % principals];
            frames[i] = OrderFrames.frame(i * 7 % principals, i);
            decoded[i] = places.acquire();
            decoded[i].begin(sessions[i], 0, UTC_NS);
            decoded[i].copyIn(frames[i], 0, frames[i].capacity());
            orderAdapter.decode(decoded[i].frame(), 0, decoded[i].order());
        }
    }

    /**
     * One order.
     *
     * @return reason, 0 when it is allowed.
     */
    @Benchmark
    public int authenticateAndDecide()
    {
        final int i = next++ & FRAMES - 1;
        final PendingRequest request = requests.acquire();
        final Session session = sessions[i];
        utcNs += 1_000;
        request.begin(session, 0, utcNs);
        int reason = request.copyIn(frames[i], 0, frames[i].capacity());
        if (0 == reason)
        {
            session.advanceIngress(WireFrame.ingressSequence(request.frame(), 0));
            orderAdapter.decode(request.frame(), 0, request.order());
            reason = session.history().find(request.order().requestId()) + (request.isTooLate() ? 1 : 0) + 1;
        }
        if (0 == reason)
        {
            request.keyIndex(policy.keyIndex(request.order().key()));
            policy.decide(
                session.principalIndex(), request.keyIndex(), request.order(), utcNs, 0, ledger, request.decision());
            reason = request.decision().reason();
        }
        if (0 == reason)
        {
            policy.count(
                session.principalIndex(), request.keyIndex(), request.order(), utcNs, request.decision(), ledger);
        }
        session.prime();
        requests.release(request);
        return reason;
    }

    /**
     * The policy alone, on one order.
     *
     * @return reason, 0 when it is allowed.
     */
    @Benchmark
    public int decide()
    {
        final PendingRequest request = decoded[next++ & FRAMES - 1];
        utcNs += 1_000;
        final int keyIndex = policy.keyIndex(request.order().key());
        policy.decide(
            request.session().principalIndex(), keyIndex, request.order(), utcNs, 0, ledger, request.decision());
        policy.count(
            request.session().principalIndex(), keyIndex, request.order(), utcNs, request.decision(), ledger);
        return request.decision().reason();
    }

    /**
     * Copy and tag alone.
     *
     * @return reason, 0 when it is authentic and in form.
     */
    @Benchmark
    public int authenticate()
    {
        final int i = next++ & FRAMES - 1;
        final PendingRequest request = requests.acquire();
        request.begin(sessions[i], 0, UTC_NS);
        final int reason = request.copyIn(frames[i], 0, frames[i].capacity());
        sessions[i].prime();
        requests.release(request);
        return reason;
    }
}
