package io.countersign.gateway.journal;

import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NonceMarkDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in the journal which kill switches are on, which rules are stopped and which nonces are used up. Run it under
 * the {@link JournalLock} and before the journal is opened.
 * <p>
 * Each life writes them anew at its start, before its first TokenChanged, and again in the first seconds of each UTC
 * day, which is that of a new cycle file: in one go, right behind PolicyInForce (of no operator) and Interrupted. So it
 * reads the newest file, and older ones only back to one that is sure to hold them all: one in which they are followed
 * by another record. A start or a change of day that was cut short does not count, so that nothing that is on can be
 * lost, nor a nonce come twice. No clock is asked: it may have been set in between.
 * <p>
 * What a life signs after that tells its nonces itself.
 */
public final class StandingRecovery
{
    private static final int MIN_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + 3 * Long.BYTES;

    private StandingRecovery()
    {
    }

    /**
     * Looks at the journal.
     *
     * @param lock held on its directory.
     * @return what is on, stopped and used up.
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

    /** Whether a start that finds nothing newer goes by this file and reads none that is older. */
    static boolean holdsAll(final Path file) throws IOException
    {
        final FilePass pass = new FilePass();
        pass.read(file, true);
        return pass.isWhole;
    }

    private static StandingOrders read(final CycleFiles files) throws IOException
    {
        final List<FilePass> newestFirst = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--)
        {
            final FilePass pass = new FilePass();
            pass.read(files.path(i), false);
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

    /** What a key has carried since the life began or the file did; so that not each Intent is kept. */
    private record KeyName(String alias, int version)
    {
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
        private final NonceMarkDecoder nonceMark = new NonceMarkDecoder();
        private final IntentDecoder intent = new IntentDecoder();
        private final PolicyInForceDecoder policyInForce = new PolicyInForceDecoder();
        private final List<Change> changes = new ArrayList<>();
        private final Map<KeyName, Long> highestNonces = new HashMap<>();
        private boolean isWhole;
        private boolean isBegun;

        void read(final Path path, final boolean onlyUntilWhole) throws IOException
        {
            try (CycleFile file = CycleFiles.open(path))
            {
                CycleFile.Item item = file.next();
                while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
                {
                    if (CycleFile.Item.RECORD == item && file.recordLength() >= MIN_LENGTH)
                    {
                        onRecord(file.buffer(), file.recordOffset());
                    }
                    if (onlyUntilWhole && isWhole)
                    {
                        break;
                    }
                    item = file.next();
                }
            }
            keepNonces();
        }

        private void onRecord(final DirectBuffer buffer, final int offset)
        {
            header.wrap(buffer, offset);
            switch (header.templateId())
            {
                case SwitchChangedDecoder.TEMPLATE_ID -> onSwitchChanged(buffer, offset);
                case ExecutionChangedDecoder.TEMPLATE_ID -> onExecutionChanged(buffer, offset);
                case NonceMarkDecoder.TEMPLATE_ID -> onNonceMark(buffer, offset);
                case GatewayStartedDecoder.TEMPLATE_ID -> onGatewayStarted();
                case PolicyInForceDecoder.TEMPLATE_ID -> onPolicyInForce(buffer, offset);
                case InterruptedDecoder.TEMPLATE_ID, PolicyDifferenceDecoder.TEMPLATE_ID ->
                {
                    // Of a start that may yet be cut short.
                }
                case IntentDecoder.TEMPLATE_ID ->
                {
                    isWhole |= isBegun;
                    onIntent(buffer, offset);
                }
                default -> isWhole |= isBegun;
            }
        }

        private void onGatewayStarted()
        {
            isBegun = false;
            keepNonces();
            changes.add((standing) -> standing.nonces().onStarted());
        }

        /** A reload's, which names its operator, is followed by nothing of the kind. */
        private void onPolicyInForce(final DirectBuffer buffer, final int offset)
        {
            policyInForce.wrapAndApplyHeader(buffer, offset, header);
            policyInForce.skipSource();
            policyInForce.skipText();
            policyInForce.skipConfiguration();
            isBegun |= 0 == policyInForce.operatorNameLength();
        }

        private void onIntent(final DirectBuffer buffer, final int offset)
        {
            intent.wrapAndApplyHeader(buffer, offset, header);
            final long nonce = intent.nonce();
            if (IntentDecoder.nonceNullValue() != nonce)
            {
                final int version = intent.keyVersion();
                intent.skipPrincipal();
                highestNonces.merge(new KeyName(intent.key(), version), nonce, Math::max);
            }
        }

        /** Those of one life, between its start or that of the file and its end or that of the file. */
        private void keepNonces()
        {
            highestNonces.forEach((key, nonce) -> changes.add(
                (standing) -> standing.nonces().onNonce(key.alias, key.version, nonce)));
            highestNonces.clear();
        }

        private void onNonceMark(final DirectBuffer buffer, final int offset)
        {
            nonceMark.wrapAndApplyHeader(buffer, offset, header);
            final long nonce = nonceMark.nonce();
            final int version = nonceMark.keyVersion();
            final NonceEntry entry = new NonceEntry(
                nonceMark.key(), version, nonceMark.venue(), nonceMark.apiKey(), nonce);
            changes.add((standing) -> standing.nonces().onMark(entry));
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
