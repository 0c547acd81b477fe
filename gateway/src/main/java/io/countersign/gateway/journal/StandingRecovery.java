package io.countersign.gateway.journal;

import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds in the journal which kill switches are on and which rules are stopped. Run it under the {@link JournalLock} and
 * before the journal is opened.
 * <p>
 * Each life writes them anew at its start, before its first TokenChanged, and again in the first seconds of each UTC
 * day, which is that of a new cycle file. So it reads the newest file, and older ones only back to one that is sure to
 * hold them all: one in which a life's start is complete, or to which a running life still wrote a minute after
 * midnight. A start or a change of day that was cut short does not count, so that nothing that is on can be lost.
 */
public final class StandingRecovery
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long SURELY_WRITTEN_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;
    private static final int MIN_LENGTH = UTC_OFFSET + Long.BYTES;

    private StandingRecovery()
    {
    }

    /**
     * Looks at the journal.
     *
     * @param lock held on its directory.
     * @return what is on and stopped.
     * @throws JournalException when the journal cannot be read.
     */
    public static StandingOrders run(final JournalLock lock)
    {
        final Path directory = lock.directory();
        if (!lock.isHeld())
        {
            throw new JournalException("journal " + directory + " may be recovered only under its own lock");
        }
        try
        {
            return read(CycleFiles.in(directory));
        }
        catch (final IOException ex)
        {
            throw new JournalException(
                "journal " + directory + " cannot be read (" + JournalLock.reason(ex) +
                "): check the disk and the files' owner", ex);
        }
    }

    private static StandingOrders read(final CycleFiles files) throws IOException
    {
        final List<FilePass> newestFirst = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--)
        {
            final FilePass pass = new FilePass();
            pass.read(files.path(i));
            newestFirst.add(pass);
            if (pass.isWhole)
            {
                break;
            }
        }
        final StandingOrders standing = new StandingOrders();
        for (final FilePass pass : newestFirst.reversed())
        {
            pass.changes.forEach((change) -> change.applyTo(standing));
        }
        return standing;
    }

    /** A record that changes what stands. */
    @FunctionalInterface
    private interface Change
    {
        void applyTo(StandingOrders standing);
    }

    /**
     * One file, read once from its beginning to its end.
     */
    private static final class FilePass
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final SwitchChangedDecoder switchChanged = new SwitchChangedDecoder();
        private final ExecutionChangedDecoder executionChanged = new ExecutionChangedDecoder();
        private final List<Change> changes = new ArrayList<>();
        private boolean isWhole;
        private boolean hasStart;

        void read(final Path path) throws IOException
        {
            try (CycleFile file = new CycleFile(path))
            {
                CycleFile.Item item = file.next();
                while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
                {
                    if (CycleFile.Item.RECORD == item && file.recordLength() >= MIN_LENGTH)
                    {
                        onRecord(file.buffer(), file.recordOffset());
                    }
                    item = file.next();
                }
            }
        }

        private void onRecord(final DirectBuffer buffer, final int offset)
        {
            header.wrap(buffer, offset);
            switch (header.templateId())
            {
                case SwitchChangedDecoder.TEMPLATE_ID -> onSwitchChanged(buffer, offset);
                case ExecutionChangedDecoder.TEMPLATE_ID -> onExecutionChanged(buffer, offset);
                case GatewayStartedDecoder.TEMPLATE_ID -> hasStart = true;
                case PolicyInForceDecoder.TEMPLATE_ID, InterruptedDecoder.TEMPLATE_ID ->
                {
                    // Of a start that may yet be cut short.
                }
                case TokenChangedDecoder.TEMPLATE_ID -> isWhole |= hasStart || isLate(buffer, offset);
                default -> isWhole |= !hasStart && isLate(buffer, offset);
            }
        }

        private static boolean isLate(final DirectBuffer buffer, final int offset)
        {
            final long utcNs = buffer.getLong(offset + UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
            return Math.floorMod(utcNs, DAY_NS) >= SURELY_WRITTEN_NS;
        }

        private void onSwitchChanged(final DirectBuffer buffer, final int offset)
        {
            switchChanged.wrapAndApplyHeader(buffer, offset, header);
            final SwitchEntry entry = new SwitchEntry(
                switchChanged.subject().value(),
                switchChanged.reach().value(),
                Flag.TRUE == switchChanged.isOn(),
                switchChanged.name(),
                switchChanged.operatorName(),
                switchChanged.comment());
            changes.add((standing) -> standing.onSwitch(entry));
        }

        private void onExecutionChanged(final DirectBuffer buffer, final int offset)
        {
            executionChanged.wrapAndApplyHeader(buffer, offset, header);
            final ExecutionEntry entry = new ExecutionEntry(
                Flag.TRUE == executionChanged.isStopped(),
                executionChanged.principal(),
                executionChanged.rule(),
                executionChanged.operatorName(),
                executionChanged.comment());
            changes.add((standing) -> standing.onExecution(entry));
        }
    }
}
