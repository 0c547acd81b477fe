package io.countersign.gateway.journal;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process that appends as fast as it can until it is killed or the journal fails. What was acknowledged to it stands
 * in a mapped file, which survives it: sequence of the last record appended, ready time in ns, highest record appended
 * by a journal that then failed.
 */
final class JournalWriter
{
    static final int ACKNOWLEDGED = 0;
    static final int READY_NS = 8;
    static final int FAILED = 16;

    private JournalWriter()
    {
    }

    public static void main(final String[] args)
    {
        final ByteBuffer mapped = IoUtil.mapExistingFile(Path.of(args[1]).toFile(), "acknowledged");
        final UnsafeBuffer acknowledged = new UnsafeBuffer(mapped);
        final int payloadLength = Integer.parseInt(args[2]);
        final long startNs = System.nanoTime();
        try (Life life = new Life(Path.of(args[0])))
        {
            life.start();
            acknowledged.putLongVolatile(READY_NS, System.nanoTime() - startNs);
            while (!life.journal().isFailed())
            {
                try
                {
                    final long intent = life.records().intent(payloadLength);
                    acknowledged.putLongVolatile(ACKNOWLEDGED, intent);
                    acknowledged.putLongVolatile(ACKNOWLEDGED, life.records().outcome(intent));
                }
                catch (final IllegalStateException ex)
                {
                    acknowledged.putLongVolatile(FAILED, life.errors().size());
                }
            }
        }
    }
}
