package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that appends as fast as it can until it is killed or the journal fails. What was acknowledged to it stands
 * in a mapped file, which survives it: sequence of the last record appended, ready time in ns, highest record appended
 * by a journal that then failed; with a number of records a day as the last argument, the number of the day.
 */
final class JournalWriter
{
    static final int ACKNOWLEDGED = 0;
    static final int READY_NS = 8;
    static final int FAILED = 16;
    static final int DAY = 24;

    private static final long FIRST_DAY_NS = TimeUnit.SECONDS.toNanos(1_700_000_000);

    private JournalWriter()
    {
    }

    public static void main(final String[] args)
    {
        final ByteBuffer mapped = IoUtil.mapExistingFile(Path.of(args[1]).toFile(), "acknowledged");
        final UnsafeBuffer acknowledged = new UnsafeBuffer(mapped);
        final int payloadLength = Integer.parseInt(args[2]);
        final long recordsPerDay = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
        final TimeProvider time = args.length > 3 ? day(acknowledged) : SystemTimeProvider.INSTANCE;
        final long startNs = System.nanoTime();
        try (Life life = new Life(Path.of(args[0]), RollCycles.FAST_DAILY, time))
        {
            life.start();
            acknowledged.putLongVolatile(READY_NS, System.nanoTime() - startNs);
            while (!life.journal().isFailed())
            {
                try
                {
                    final long intent = life.records().intent(payloadLength);
                    acknowledged.putLongVolatile(ACKNOWLEDGED, intent);
                    final long outcome = life.records().outcome(intent);
                    acknowledged.putLongVolatile(ACKNOWLEDGED, outcome);
                    if (outcome % recordsPerDay < 2)
                    {
                        acknowledged.getAndAddLong(DAY, 1);
                    }
                }
                catch (final IllegalStateException ex)
                {
                    acknowledged.putLongVolatile(FAILED, life.errors().size());
                }
            }
        }
    }

    /** The time of the journal, which only the number of the day moves. */
    private static TimeProvider day(final UnsafeBuffer acknowledged)
    {
        return new SetTimeProvider(0)
        {
            @Override
            public long currentTimeNanos()
            {
                return FIRST_DAY_NS + TimeUnit.DAYS.toNanos(acknowledged.getLongVolatile(DAY));
            }

            @Override
            public long currentTimeMillis()
            {
                return TimeUnit.NANOSECONDS.toMillis(currentTimeNanos());
            }
        };
    }
}
