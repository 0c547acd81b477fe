package io.countersign.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.HexFormat;

/**
 * Another process that offers a frame that is not its own: Aeron directory and frame in hexadecimal digits.
 */
public final class FrameThief
{
    static final String DONE = "offered";

    private FrameThief()
    {
    }

    /**
     * Offers the frame once.
     *
     * @param args Aeron directory, frame.
     */
    public static void main(final String[] args)
    {
        final byte[] frame = HexFormat.of().parseHex(args[1]);
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(args[0]));
            ExclusivePublication publication = aeron.addExclusivePublication("aeron:ipc", 1001))
        {
            while (publication.offer(new UnsafeBuffer(frame), 0, frame.length) < 0)
            {
                Thread.yield();
            }
            System.out.println(DONE);
        }
    }
}
