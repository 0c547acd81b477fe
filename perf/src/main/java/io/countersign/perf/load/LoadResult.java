package io.countersign.perf.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What became of a load.
 *
 * @param sent           requests that were sent.
 * @param signed         requests that were answered with a signature.
 * @param lost           requests that were sent and refused, expired, or not answered.
 * @param unsent         requests that an open loop could not send in time.
 * @param tookNs         from the first request to the last answer, and no less than was meant to be measured.
 * @param allocatedBytes on the bots' thread.
 */
public record LoadResult(long sent, long signed, long lost, long unsent, long tookNs, long allocatedBytes)
{
    /** What the line begins with by which a bot tells its result. */
    public static final String MARKER = "RESULT";

    /**
     * Throughput.
     *
     * @return signed requests a second.
     */
    public double perSecond()
    {
        return 0 == tookNs ? 0 : signed * 1e9 / tookNs;
    }

    /**
     * Allocation on the bots' thread.
     *
     * @return bytes per request that was sent.
     */
    public double allocatedPerRequest()
    {
        return 0 == sent ? 0 : (double) allocatedBytes / sent;
    }

    LoadResult allocated(final long bytes)
    {
        return new LoadResult(sent, signed, lost, unsent, tookNs, bytes);
    }

    /**
     * The result of two processes that ran at the same time.
     *
     * @param other process.
     * @return sums, and the longer time.
     */
    public LoadResult plus(final LoadResult other)
    {
        return new LoadResult(
            sent + other.sent,
            signed + other.signed,
            lost + other.lost,
            unsent + other.unsent,
            Math.max(tookNs, other.tookNs),
            allocatedBytes + other.allocatedBytes);
    }

    String line()
    {
        return MARKER + " sent=" + sent + " signed=" + signed + " lost=" + lost + " unsent=" + unsent +
            " tookNs=" + tookNs + " allocatedBytes=" + allocatedBytes;
    }

    /**
     * Read the line by which a bot tells its result.
     *
     * @param line as the bot said it.
     * @return the result.
     */
    public static LoadResult parse(final String line)
    {
        final Map<String, Long> valueByName = new HashMap<>();
        for (final String part : line.substring(MARKER.length()).strip().split(" "))
        {
            final int equals = part.indexOf('=');
            valueByName.put(part.substring(0, equals), Long.parseLong(part, equals + 1, part.length(), 10));
        }
        return new LoadResult(
            valueByName.get("sent"),
            valueByName.get("signed"),
            valueByName.get("lost"),
            valueByName.get("unsent"),
            valueByName.get("tookNs"),
            valueByName.get("allocatedBytes"));
    }
}
