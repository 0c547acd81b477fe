package io.countersign.gateway.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The journal in a Chronicle Queue of raw bytes: one excerpt is one record and its checksum, nothing else. A new cycle
 * file begins each day at 00:00 UTC, which is what Chronicle does unless it is told of another time zone.
 * <p>
 * Open it under the {@link JournalLock}, after {@link JournalRecovery} has looked at what the last life left.
 */
public final class ChronicleJournal implements Journal
{
    private static final int CRC_LENGTH = 4;

    /** Nobody else writes, so nothing is worth waiting for; Chronicle's default of 10 s would delay a restart. */
    private static final long TIMEOUT_MS = 500;

    private final ByteBuffer excerpt = ByteBuffer.allocateDirect(MAX_RECORD_LENGTH + CRC_LENGTH);
    private final ByteBuffer checked = excerpt.duplicate();
    private final UnsafeBuffer excerptBuffer = new UnsafeBuffer(excerpt);
    private final Bytes<ByteBuffer> excerptBytes = Bytes.wrapForRead(excerpt);
    private final CRC32C crc = new CRC32C();
    private final ErrorHandler errorHandler;
    private final CycleFileSync fileSync;
    private final RollGate gate;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private volatile boolean failed;

    /**
     * Opens the journal for appending.
     *
     * @param context which this concludes.
     * @throws JournalException when the journal cannot be opened.
     */
    public ChronicleJournal(final Context context)
    {
        context.conclude();
        errorHandler = context.errorHandler();
        fileSync = new CycleFileSync(context.directory());
        ChronicleLogging.leadTo(errorHandler);
        excerptBytes.singleThreadedCheckDisabled(true);

        final RollClock clock = new RollClock(context.timeProvider());
        gate = context.newGate(clock);
        SingleChronicleQueue openedQueue = null;
        ExcerptAppender openedAppender = null;
        try
        {
            if (null != gate)
            {
                gate.space().requireSome();
            }

            // Derived from the cycle files and made anew by Chronicle. What a dead process left in it (locks, an epoch
            // in a file half written) costs 15 s of waiting or the journal; the lock we hold makes it worthless.
            Files.deleteIfExists(context.directory().resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));

            openedQueue = SingleChronicleQueueBuilder.binary(context.directory())
                .rollCycle(context.rollCycle())
                .timeProvider(clock)
                .timeoutMS(TIMEOUT_MS)
                .checkInterrupts(false)
                .storeFileListener(fileSync)
                .build();
            startAtNewestCycle(openedQueue, clock, context);
            fileSync.begin();
            if (null != gate)
            {
                gate.begin(
                    openedQueue.lastCycle(),
                    context.directory().resolve(SingleChronicleQueue.QUEUE_METADATA_FILE));
            }

            openedAppender = openedQueue.createAppender();
            openedAppender.singleThreadedCheckDisabled(true);
        }
        catch (final IOException | RuntimeException | Error ex)
        {
            CloseHelper.quietClose(openedAppender);
            CloseHelper.quietClose(openedQueue);
            throw ex instanceof final JournalException refusal ? refusal : new JournalException(
                "journal " + context.directory() + " cannot be opened (" + ex +
                "): check the disk and the files' owner", ex);
        }

        queue = openedQueue;
        appender = openedAppender;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean append(final DirectBuffer record, final int offset, final int length)
    {
        if (failed || null != gate && !gate.hasRoomFor(length))
        {
            return false;
        }

        // Throwable, because a full disk shows as an InternalError out of the memory mapping.
        try
        {
            if (length <= 0 || length > MAX_RECORD_LENGTH)
            {
                throw new IllegalArgumentException("record of " + length + " bytes");
            }

            excerptBuffer.putBytes(0, record, offset, length);
            crc.reset();
            crc.update(checked.limit(length).position(0));
            excerptBuffer.putInt(length, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
            appender.writeBytes(excerptBytes.readPositionRemaining(0, length + CRC_LENGTH));
            verifyAppended(length + CRC_LENGTH);
        }
        catch (final Throwable ex)
        {
            fail("could not be written", ex);
        }

        return !failed;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public Room room()
    {
        return null == gate ? Room.ENOUGH : gate.space().room();
    }

    /**
     * What keeps room for the journal: to be run by a thread of its own for as long as the journal is open.
     *
     * @return the agent, null when no room is reserved.
     */
    public JournalSpace space()
    {
        return null == gate ? null : gate.space();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean isFailed()
    {
        return failed;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void sync()
    {
        if (failed)
        {
            return;
        }

        try
        {
            fileSync.sync();
        }
        catch (final IOException | RuntimeException | Error ex)
        {
            fail("could not be brought to the storage device", ex);
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void close()
    {
        CloseHelper.quietClose(appender);
        CloseHelper.quietClose(queue);
        CloseHelper.quietClose(fileSync);
    }

    /**
     * A store into a mapped page that the full disk cannot hold is skipped, and the error for it comes only at the next
     * safepoint, which may be after {@code writeBytes} returned. Reading the first and the last four bytes back (2 ns)
     * tells at once.
     */
    private void verifyAppended(final int length)
    {
        final Bytes<?> mapped = appender.wire().bytes();
        final long end = mapped.writePosition();
        if (length != mapped.readInt(end - length - CycleFile.HEADER_LENGTH) ||
            excerptBuffer.getInt(length - CRC_LENGTH) != mapped.readInt(end - CRC_LENGTH))
        {
            throw new IllegalStateException("what was written cannot be read back");
        }

        if (null != gate)
        {
            gate.written(end);
        }
    }

    private void fail(final String what, final Throwable cause)
    {
        final boolean isFirst = !failed;
        failed = true;
        if (isFirst)
        {
            errorHandler.onError(new JournalException(
                "journal " + fileSync.directory() + " " + what + " (" + cause +
                "): nothing is signed any more; check the disk, then start the gateway again", cause));
        }
    }

    private static void startAtNewestCycle(
        final SingleChronicleQueue queue, final RollClock clock, final Context context) throws IOException
    {
        final int newestCycle = queue.lastCycle();
        if (newestCycle >= 0)
        {
            final long firstOpenCycle = newestCycle + (CycleFiles.in(context.directory()).isNewestEnded() ? 1L : 0L);
            clock.raiseTo(firstOpenCycle * context.rollCycle().lengthInMillis() + queue.epoch());
            // Only the newest file can lack its end mark. Without this, a start looks into each file there ever was.
            queue.tableStorePut("normalisedEOFsTo", newestCycle);
        }
    }

    /**
     * What a journal is opened with.
     */
    public static final class Context
    {
        private Path directory;
        private JournalLock lock;
        private ErrorHandler errorHandler;
        private RollCycle rollCycle = RollCycles.FAST_DAILY;
        private Blocks blocks;
        private long reserveBytes;
        private Consumer<String> notices;
        private TimeProvider timeProvider = SystemTimeProvider.INSTANCE;

        /**
         * With nothing set yet.
         */
        public Context()
        {
        }

        /**
         * Checks that all is there.
         *
         * @return this for a fluent API.
         * @throws JournalException when the lock is for another directory or no longer held.
         */
        public Context conclude()
        {
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(errorHandler, "errorHandler");
            Objects.requireNonNull(lock, "lock");
            blocks = null == blocks ? new NativeBlocks(directory) : blocks;
            if (!lock.isHeld() || !lock.directory().equals(directory))
            {
                throw new JournalException("journal " + directory + " may be written only under its own lock");
            }

            return this;
        }

        /**
         * Where the cycle files are.
         *
         * @param directory of the journal.
         * @return this for a fluent API.
         */
        public Context directory(final Path directory)
        {
            this.directory = directory;
            return this;
        }

        /**
         * Where the cycle files are.
         *
         * @return directory of the journal.
         */
        public Path directory()
        {
            return directory;
        }

        /**
         * The lock on {@link #directory()}, held for as long as the journal is open. The journal does not release it.
         *
         * @param lock taken before recovery.
         * @return this for a fluent API.
         */
        public Context lock(final JournalLock lock)
        {
            this.lock = lock;
            return this;
        }

        /**
         * Hears once why the journal failed, and what Chronicle has to warn of, on whichever thread it happens.
         *
         * @param errorHandler must not throw.
         * @return this for a fluent API.
         */
        public Context errorHandler(final ErrorHandler errorHandler)
        {
            this.errorHandler = errorHandler;
            return this;
        }

        /**
         * Have blocks reserved ahead of what is written. {@link #space()} must be run then.
         *
         * @param bytes   ahead in the current cycle file; half as many for the next.
         * @param notices is told in one line when requests are to be refused, and when no longer.
         * @return this for a fluent API.
         */
        public Context reserve(final long bytes, final Consumer<String> notices)
        {
            reserveBytes = bytes;
            this.notices = notices;
            return this;
        }

        Context blocks(final Blocks blocks)
        {
            this.blocks = blocks;
            return this;
        }

        RollGate newGate(final RollClock clock)
        {
            final RollPlan plan = new RollPlan(directory, rollCycle, timeProvider);
            return 0 == reserveBytes ? null : new RollGate(timeProvider, clock, plan, new JournalSpace(
                directory, blocks, SystemNanoClock.INSTANCE, plan, reserveBytes, notices));
        }

        /**
         * Hears once why the journal failed.
         *
         * @return as set.
         */
        public ErrorHandler errorHandler()
        {
            return errorHandler;
        }

        Context rollCycle(final RollCycle rollCycle)
        {
            this.rollCycle = rollCycle;
            return this;
        }

        RollCycle rollCycle()
        {
            return rollCycle;
        }

        Context timeProvider(final TimeProvider timeProvider)
        {
            this.timeProvider = timeProvider;
            return this;
        }

        TimeProvider timeProvider()
        {
            return timeProvider;
        }
    }
}
