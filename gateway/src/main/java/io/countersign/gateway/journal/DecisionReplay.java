package io.countersign.gateway.journal;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Decision;
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
 * Takes recorded decisions again: besides the policy, a decision depends on the frame of its Intent or Denial alone.
 * Under the policy that was in force the same decisions come out bit for bit; under another, the differences are what
 * that policy would change. For one thread.
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
    private String principal;
    private int recordedReason;
    private byte[] recordedRule;
    private boolean isSameRule;

    /**
     * With nothing replayed yet.
     */
    public DecisionReplay()
    {
    }

    /**
     * Take the decision of a record again.
     *
     * @param record holds the record.
     * @param offset of its message header.
     * @param policy to decide with.
     * @return true when the record holds a decision of policy; then the other methods tell of it.
     */
    public boolean onRecord(final DirectBuffer record, final int offset, final Policy policy)
    {
        header.wrap(record, offset);
        return switch (header.templateId())
        {
            case IntentDecoder.TEMPLATE_ID -> onIntent(record, offset, policy);
            case DenialDecoder.TEMPLATE_ID -> onDenial(record, offset, policy);
            default -> false;
        };
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

    private boolean onIntent(final DirectBuffer record, final int offset, final Policy policy)
    {
        intent.wrapAndApplyHeader(record, offset, header);
        principal = intent.principal();
        intent.skipKey();
        recordedRule = intent.rule().getBytes(StandardCharsets.UTF_8);
        recordedReason = Reason.NONE.value();
        return decide(intent.getFrame(frame, 0, frame.capacity()), policy);
    }

    private boolean onDenial(final DirectBuffer record, final int offset, final Policy policy)
    {
        denial.wrapAndApplyHeader(record, offset, header);
        final int reason = denial.reason();
        principal = denial.principal();
        denial.skipKey();
        recordedRule = denial.rule().getBytes(StandardCharsets.UTF_8);
        final boolean isBeforePolicy =
            reason < Reason.UNKNOWN_KEY.value() || Reason.GATEWAY_STOPPING.value() == reason;
        // What the venue's grammar, the token or the journal refused, policy had allowed.
        recordedReason = reason < Reason.OPERATION_NOT_SUPPORTED.value() ? reason : Reason.NONE.value();
        return !isBeforePolicy && decide(denial.getFrame(frame, 0, frame.capacity()), policy);
    }

    private boolean decide(final int frameLength, final Policy policy)
    {
        if (!orderAdapter.decode(new UnsafeBuffer(frame, 0, frameLength), 0, order))
        {
            return false;
        }
        final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        final int principalIndex = policy.principalIndex(new UnsafeBuffer(name), 0, name.length);
        if (TextTable.ABSENT == principalIndex)
        {
            decision.reset(Reason.UNKNOWN_PRINCIPAL.value());
        }
        else
        {
            policy.decide(principalIndex, policy.keyIndex(order.key()), order, decision);
        }
        isSameRule = Arrays.equals(recordedRule, policy.ruleName(decision.ruleIndex()));
        return true;
    }
}
