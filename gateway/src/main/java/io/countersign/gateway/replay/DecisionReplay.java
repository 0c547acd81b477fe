package io.countersign.gateway.replay;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes recorded decisions again. A decision depends on the policy, on the frame, time and access scopes of its Intent
 * or Denial, and on the records before it, which the ledger holds. Under the policy that was in force the same
 * decisions come out bit for bit; a candidate's ledger goes by the candidate's own decisions, and the differences are
 * what it would change. For one thread.
 */
public final class DecisionReplay
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[PendingRequest.MAX_FRAME_LENGTH]);
    private final Order order = new Order();
    private final Decision decision = new Decision();
    private final SwitchChangedDecoder switchChanged = new SwitchChangedDecoder();
    private final ExecutionChangedDecoder executionChanged = new ExecutionChangedDecoder();
    private final boolean isCandidate;
    private Policy policy;
    private Ledger ledger;
    private String principal;
    private int recordedReason;
    private boolean isIntent;
    private long utcNs;
    private int accessScopes;
    private byte[] recordedRule;
    private boolean isSameRule;

    /**
     * With nothing replayed yet.
     *
     * @param isCandidate whether the policy is one that was not in force: then rules are stopped when the candidate's
     *                    own throttles say so, not when the journal does.
     */
    public DecisionReplay(final boolean isCandidate)
    {
        this.isCandidate = isCandidate;
    }

    /**
     * Decide with this from the next record on.
     *
     * @param policy to decide with.
     * @param ledger of it; changed by what follows.
     */
    public void use(final Policy policy, final Ledger ledger)
    {
        this.policy = policy;
        this.ledger = ledger;
    }

    /**
     * Take the decision of a record again, or take over what decisions depend on.
     *
     * @param record holds the record.
     * @param offset of its message header.
     * @return true when the record holds a decision of policy; then the other methods tell of it. False also for
     *         records of a version that does not hold all that a decision depends on.
     */
    public boolean onRecord(final DirectBuffer record, final int offset)
    {
        header.wrap(record, offset);
        switch (header.templateId())
        {
            case IntentDecoder.TEMPLATE_ID:
                return header.version() >= IntentDecoder.decisionUtcNsSinceVersion() && onIntent(record, offset);
            case DenialDecoder.TEMPLATE_ID:
                return header.version() >= DenialDecoder.decisionUtcNsSinceVersion() && onDenial(record, offset);
            case SwitchChangedDecoder.TEMPLATE_ID:
                onSwitchChanged(record, offset);
                return false;
            case ExecutionChangedDecoder.TEMPLATE_ID:
                onExecutionChanged(record, offset);
                return false;
            default:
                return false;
        }
    }

    /**
     * Who asked.
     *
     * @return name of the principal.
     */
    public String principal()
    {
        return principal;
    }

    /**
     * What was asked.
     *
     * @return the fields, valid until the next record.
     */
    public Order order()
    {
        return order;
    }

    /**
     * What policy said then.
     *
     * @return a value of the wire's {@code Reason}, NONE when it was allowed.
     */
    public int recordedReason()
    {
        return recordedReason;
    }

    /**
     * The rule that was named then.
     *
     * @return its name, empty when no rule was asked.
     */
    public String recordedRule()
    {
        return new String(recordedRule, StandardCharsets.UTF_8);
    }

    /**
     * What policy says now.
     *
     * @return the decision, valid until the next record.
     */
    public Decision decision()
    {
        return decision;
    }

    /**
     * Whether the same is allowed or refused for the same reason.
     *
     * @return false when the decision differs.
     */
    public boolean isSameDecision()
    {
        return recordedReason == decision.reason();
    }

    /**
     * Whether the rule that is named has the same name.
     *
     * @return false when another rule decides.
     */
    public boolean isSameRule()
    {
        return isSameRule;
    }

    private void onSwitchChanged(final DirectBuffer record, final int offset)
    {
        switchChanged.wrapAndApplyHeader(record, offset, header);
        ledger.switches().set(
            switchChanged.subjectRaw(),
            switchChanged.reachRaw(),
            Flag.TRUE == switchChanged.isOn(),
            switchChanged.name());
    }

    private void onExecutionChanged(final DirectBuffer record, final int offset)
    {
        executionChanged.wrapAndApplyHeader(record, offset, header);
        final boolean isStopped = Flag.TRUE == executionChanged.isStopped();
        if (!isCandidate || !isStopped)
        {
            ledger.setStopped(executionChanged.principal(), executionChanged.rule(), isStopped);
        }
    }

    private boolean onIntent(final DirectBuffer record, final int offset)
    {
        intent.wrapAndApplyHeader(record, offset, header);
        isIntent = true;
        utcNs = intent.decisionUtcNs();
        accessScopes = intent.accessScopes();
        principal = intent.principal();
        intent.skipKey();
        recordedRule = intent.rule().getBytes(StandardCharsets.UTF_8);
        recordedReason = Reason.NONE.value();
        return decide(intent.getFrame(frame, 0, frame.capacity()));
    }

    private boolean onDenial(final DirectBuffer record, final int offset)
    {
        denial.wrapAndApplyHeader(record, offset, header);
        final int reason = denial.reason();
        isIntent = false;
        utcNs = denial.decisionUtcNs();
        accessScopes = denial.accessScopes();
        principal = denial.principal();
        denial.skipKey();
        recordedRule = denial.rule().getBytes(StandardCharsets.UTF_8);
        final boolean isBeforePolicy =
            reason < Reason.UNKNOWN_KEY.value() || Reason.GATEWAY_STOPPING.value() == reason;
        // What the venue's grammar, the token or the journal refused, policy had allowed.
        recordedReason = reason < Reason.OPERATION_NOT_SUPPORTED.value() ? reason : Reason.NONE.value();
        return !isBeforePolicy && decide(denial.getFrame(frame, 0, frame.capacity()));
    }

    private boolean decide(final int frameLength)
    {
        if (!orderAdapter.decode(new UnsafeBuffer(frame, 0, frameLength), 0, order))
        {
            return false;
        }
        final int principalIndex = policy.principalIndex(principal.getBytes(StandardCharsets.UTF_8));
        if (TextTable.ABSENT == principalIndex)
        {
            decision.reset(Reason.UNKNOWN_PRINCIPAL.value());
        }
        else
        {
            final int keyIndex = policy.keyIndex(order.key());
            policy.decide(principalIndex, keyIndex, order, utcNs, accessScopes, ledger, decision);
            // What was allowed and yet not recorded as an Intent failed for a reason that no policy changes.
            final boolean wouldBeIntent = isIntent || Reason.NONE.value() != recordedReason;
            if (Reason.NONE.value() == decision.reason() && wouldBeIntent)
            {
                policy.count(principalIndex, keyIndex, order, utcNs, decision, ledger);
            }
            if (isCandidate && decision.stopsExecution())
            {
                ledger.stopExecution(decision.ruleIndex());
            }
        }
        isSameRule = Arrays.equals(recordedRule, policy.ruleName(decision.ruleIndex()));
        return true;
    }
}
