package io.countersign.gateway.replay;

import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Fills a ledger with what the journal holds, so that a restart is no way to reset a limit: every Intent is counted
 * again for its principal and rule by name, at the time that was decided by; switches and stopped rules are as they
 * were last. What the policy does not know by name any more is left out, but switches and stopped rules are kept. For
 * one thread, before the ledger is in use.
 */
public final class LedgerRecovery implements RecentRecords.Handler
{
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;

    private final Policy policy;
    private final Ledger ledger;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final SwitchChangedDecoder switchChanged = new SwitchChangedDecoder();
    private final ExecutionChangedDecoder executionChanged = new ExecutionChangedDecoder();
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final Order order = new Order();
    private final Decision decision = new Decision();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[PendingRequest.MAX_FRAME_LENGTH]);
    private long counted;
    private boolean isBegun;

    /**
     * Construct for a ledger.
     *
     * @param policy of the ledger.
     * @param ledger to fill.
     */
    public LedgerRecovery(final Policy policy, final Ledger ledger)
    {
        this.policy = policy;
        this.ledger = ledger;
    }

    /**
     * How many Intents were counted.
     *
     * @return those whose principal the policy knows.
     */
    public long counted()
    {
        return counted;
    }

    @Override
    public void onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        if (!isBegun)
        {
            isBegun = true;
            onFirst(buffer, offset, sequence);
        }
        switch (templateId)
        {
            case IntentDecoder.TEMPLATE_ID -> onIntent(buffer, offset);
            case SwitchChangedDecoder.TEMPLATE_ID -> onSwitchChanged(buffer, offset);
            case ExecutionChangedDecoder.TEMPLATE_ID -> onExecutionChanged(buffer, offset);
            default ->
            {
                // The ledger does not depend on it.
            }
        }
    }

    /** Where there are records before, messages that nobody counts again may have emptied a bucket on that day. */
    private void onFirst(final DirectBuffer buffer, final int offset, final long sequence)
    {
        if (sequence > 1)
        {
            final long utcNs = buffer.getLong(offset + UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
            ledger.emptyBuckets(utcNs - Math.floorMod(utcNs, Schedule.DAY_NS));
        }
    }

    void onIntent(final DirectBuffer buffer, final int offset)
    {
        intent.wrapAndApplyHeader(buffer, offset, header);
        if (header.version() < IntentDecoder.decisionUtcNsSinceVersion())
        {
            return;
        }
        final long utcNs = intent.decisionUtcNs();
        intent.wrapPrincipal(text);
        final int principalIndex = policy.principalIndex(text, 0, text.capacity());
        intent.skipKey();
        final byte[] rule = new byte[intent.ruleLength()];
        intent.getRule(rule, 0, rule.length);
        final int frameLength = intent.getFrame(frame, 0, frame.capacity());
        if (TextTable.ABSENT != principalIndex && 0 < frameLength && orderAdapter.decode(frame, 0, order))
        {
            decision.allow(policy.ruleIndex(principalIndex, rule));
            policy.count(principalIndex, policy.keyIndex(order.key()), order, utcNs, decision, ledger);
            counted++;
        }
    }

    void onSwitchChanged(final DirectBuffer buffer, final int offset)
    {
        switchChanged.wrapAndApplyHeader(buffer, offset, header);
        ledger.switches().set(
            switchChanged.subjectRaw(),
            switchChanged.reachRaw(),
            Flag.TRUE == switchChanged.isOn(),
            switchChanged.name());
    }

    void onExecutionChanged(final DirectBuffer buffer, final int offset)
    {
        executionChanged.wrapAndApplyHeader(buffer, offset, header);
        final boolean isStopped = Flag.TRUE == executionChanged.isStopped();
        ledger.setStopped(executionChanged.principal(), executionChanged.rule(), isStopped);
    }
}
