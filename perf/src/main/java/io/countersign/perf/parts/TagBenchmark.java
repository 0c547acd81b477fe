package io.countersign.perf.parts;

import io.countersign.codecs.authentication.FrameAuthenticator;
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

import java.util.concurrent.TimeUnit;

/**
 * The tag of one frame: checked as the gateway does for each request, and appended as it does for each reply. Both with
 * what it does ahead for the next one, so that the sum is measured and not the part that a bot waits for.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TagBenchmark
{
    /** Length of the frame without its tag, in bytes: about a cancel, a new order, a finished request. */
    @Param({"120", "220", "480"})
    private int frameLength;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
    private FrameAuthenticator authenticator;
    private int taggedLength;

    /**
     * For JMH.
     */
    public TagBenchmark()
    {
    }

    /**
     * A frame with its tag.
     */
    @Setup
    public void setUp()
    {
        authenticator = new FrameAuthenticator(new byte[32]);
        taggedLength = authenticator.append(frame, 0, frameLength);
    }

    /**
     * Check the tag.
     *
     * @return true.
     */
    @Benchmark
    public boolean check()
    {
        final boolean isAuthentic = authenticator.isAuthentic(frame, 0, taggedLength);
        authenticator.prime();
        return isAuthentic;
    }

    /**
     * Append the tag.
     *
     * @return length with the tag.
     */
    @Benchmark
    public int append()
    {
        final int length = authenticator.append(frame, 0, frameLength);
        authenticator.prime();
        return length;
    }
}
