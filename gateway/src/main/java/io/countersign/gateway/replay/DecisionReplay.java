package io.countersign.gateway.replay;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.journal.TokenState;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueRequest;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes recorded decisions again: what policy says to a request, then whether its venue can build it and the token was
 * there, as the gateway asks. A decision depends on the policy, on the frame, time and access scopes of its Intent or
 * Denial, and on the records before it, which the ledger holds. Under the policy that was in force the same decisions
 * come out bit for bit; a candidate's ledger goes by the candidate's own decisions, and the differences are what it
 * would change. For one thread.
 */
public final class DecisionReplay
{
    private static final int NONE = Reason.NONE.value();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[PendingRequest.MAX_FRAME_LENGTH]);
    private final Order order = new Order();
    private final Stamp stamp = new Stamp();
    private final VenueRequest venueRequest = new VenueRequest();
    private final Decision decision = new Decision();
    private final SwitchChangedDecoder switchChanged = new SwitchChangedDecoder();
    private final ExecutionChangedDecoder executionChanged = new ExecutionChangedDecoder();
    private final TokenChangedDecoder tokenChanged = new TokenChangedDecoder();
    private final Set<String> lostTokens = new HashSet<>();
    private final Candidate candidate;
    private Policy policy;
    private Ledger ledger;
    private List<KeyConfig> keys;
    private long skipped;
    private long unreadable;
    private String principal;
    private String recordedRule;
    private int recordedReason;
    private int reason;
    private boolean isIntent;
    private long sessionId;
    private long utcNs;
    private int accessScopes;

    /**
     * With nothing replayed yet.
     *
     * @param isCandidate whether the policy is one that was not in force: then rules are stopped when the candidate's
     *                    own throttles say so, not when the journal does, and sessions that the candidate does not
     *                    grant were not opened.
     */
    public DecisionReplay(final boolean isCandidate)
    {
        candidate = isCandidate ? new Candidate() : null;
    }

    /**
     * Decide with this from the next record on.
     *
     * @param policy to decide with.
     * @param ledger of it; changed by what follows.
     * @param keys   that the policy was compiled with.
     */
    public void use(final Policy policy, final Ledger ledger, final List<KeyConfig> keys)
    {
        this.policy = policy;
        this.ledger = ledger;
        this.keys = keys;
    }

    /**
     * Take the decision of a record again, or take over what decisions depend on.
     *
     * @param record holds the record.
     * @param offset of its message header.
     * @return true when the record holds a decision; then the other methods tell of it. False also for
     *         {@link #skipped()} and {@link #unreadable()} records.
     */
    public boolean onRecord(final DirectBuffer record, final int offset)
    {
        header.wrap(record, offset);
        if (null != candidate)
        {
            candidate.onNext(record, offset, ledger);
        }
        switch (header.wrap(record, offset).templateId())
        {
            case IntentDecoder.TEMPLATE_ID:
                return isWhole(IntentDecoder.decisionUtcNsSinceVersion()) && onIntent(record, offset);
            case DenialDecoder.TEMPLATE_ID:
                return isWhole(DenialDecoder.decisionUtcNsSinceVersion()) && onDenial(record, offset);
            case SwitchChangedDecoder.TEMPLATE_ID:
                onSwitchChanged(record, offset);
                return false;
            case ExecutionChangedDecoder.TEMPLATE_ID:
                onExecutionChanged(record, offset);
                return false;
            case TokenChangedDecoder.TEMPLATE_ID:
                onTokenChanged(record, offset);
                return false;
            case GatewayStartedDecoder.TEMPLATE_ID:
                lostTokens.clear();
                return false;
            case SessionOpenedDecoder.TEMPLATE_ID, SessionClosedDecoder.TEMPLATE_ID:
                if (null != candidate)
                {
                    candidate.onSession(record, offset, policy);
                }
                return false;
            default:
                return false;
        }
    }

    /**
     * How many Intents and Denials were left out, because their version does not hold all that a decision depends on.
     *
     * @return since this was constructed.
     */
    public long skipped()
    {
        return skipped;
    }

    /**
     * How many Intents and Denials were left out, because their frame is none that can be read.
     *
     * @return since this was constructed.
     */
    public long unreadable()
    {
        return unreadable;
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
     * What came of it then.
     *
     * @return a value of the wire's {@code Reason}, NONE when the token was called.
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
        return recordedRule;
    }

    /**
     * What comes of it now.
     *
     * @return a value of the wire's {@code Reason}, NONE when the token would be called.
     */
    public int reason()
    {
        return reason;
    }

    /**
     * The rule that is named now.
     *
     * @return its name, empty when no rule is asked.
     */
    public String rule()
    {
        return new String(policy.ruleName(decision.ruleIndex()), StandardCharsets.UTF_8);
    }

    /**
     * Whether the same is allowed or refused for the same reason.
     *
     * @return false when the decision differs.
     */
    public boolean isSameDecision()
    {
        return recordedReason == reason;
    }

    /**
     * Whether the rule that is named has the same name.
     *
     * @return false when another rule decides.
     */
    public boolean isSameRule()
    {
        return recordedRule.equals(rule());
    }

    private boolean isWhole(final int sinceVersion)
    {
        final boolean isWhole = header.version() >= sinceVersion;
        skipped += isWhole ? 0 : 1;
        return isWhole;
    }

    private void onTokenChanged(final DirectBuffer record, final int offset)
    {
        final boolean isLost = TokenState.LOST == tokenChanged.wrapAndApplyHeader(record, offset, header).state();
        final String token = tokenChanged.token();
        if (isLost)
        {
            lostTokens.add(token);
        }
        else
        {
            lostTokens.remove(token);
        }
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
        final long stoppedNs = executionChanged.utcNs();
        final String ofPrincipal = executionChanged.principal();
        final String rule = executionChanged.rule();
        if (null != candidate)
        {
            candidate.onExecutionChanged(ofPrincipal, rule, isStopped, stoppedNs);
        }
        if (null == candidate || !isStopped)
        {
            ledger.setStopped(ofPrincipal, rule, isStopped);
        }
    }

    private boolean onIntent(final DirectBuffer record, final int offset)
    {
        intent.wrapAndApplyHeader(record, offset, header);
        isIntent = true;
        sessionId = intent.sessionId();
        utcNs = intent.decisionUtcNs();
        accessScopes = intent.accessScopes();
        principal = intent.principal();
        intent.skipKey();
        recordedRule = intent.rule();
        recordedReason = NONE;
        return decide(intent.getFrame(frame, 0, frame.capacity()));
    }

    private boolean onDenial(final DirectBuffer record, final int offset)
    {
        denial.wrapAndApplyHeader(record, offset, header);
        isIntent = false;
        sessionId = denial.sessionId();
        utcNs = denial.decisionUtcNs();
        accessScopes = denial.accessScopes();
        recordedReason = denial.reason();
        principal = denial.principal();
        denial.skipKey();
        recordedRule = denial.rule();
        final boolean isBeforePolicy =
            recordedReason < Reason.UNKNOWN_KEY.value() || Reason.GATEWAY_STOPPING.value() == recordedReason;
        return !isBeforePolicy && decide(denial.getFrame(frame, 0, frame.capacity()));
    }

    private boolean decide(final int frameLength)
    {
        if (!orderAdapter.decode(new UnsafeBuffer(frame, 0, frameLength), 0, order))
        {
            unreadable++;
            return false;
        }
        final int principalIndex = policy.principalIndex(principal.getBytes(StandardCharsets.UTF_8));
        final int refusal = TextTable.ABSENT == principalIndex ? Reason.UNKNOWN_PRINCIPAL.value() :
            null == candidate ? NONE : candidate.refusalOf(sessionId);
        if (NONE != refusal)
        {
            decision.reset(refusal);
            reason = refusal;
            return true;
        }
        final int keyIndex = policy.keyIndex(order.key());
        policy.decide(principalIndex, keyIndex, order, utcNs, accessScopes, ledger, decision);
        reason = NONE != decision.reason() ? decision.reason() : isKeyStopped() ? recordedReason : build(keyIndex);
        if (NONE == reason && isTokenAway(keyIndex))
        {
            reason = Reason.TOKEN_UNAVAILABLE.value();
        }
        if (NONE == reason)
        {
            policy.count(principalIndex, keyIndex, order, utcNs, decision, ledger);
        }
        if (null != candidate && decision.stopsExecution())
        {
            ledger.stopExecution(decision.ruleIndex());
        }
        return true;
    }

    /** What the key register said of the key then, no policy changes. */
    private boolean isKeyStopped()
    {
        return Reason.KEY_NOT_ACTIVE.value() <= recordedReason && recordedReason <= Reason.KEY_DESTROYED.value();
    }

    /** Time and nonce of the request are as long whatever they are, so those of the decision do. */
    private int build(final int keyIndex)
    {
        final KeyConfig key = keys.get(keyIndex);
        final long stampedNs = key.venueKey().utcNs(utcNs);
        stamp.set(stampedNs, key.venue().nonce().at(stampedNs));
        policy.limitReceiveWindow(keyIndex, order, decision);
        return key.venue().build(order, key.venueKey(), stamp, venueRequest);
    }

    /** A request that came so far says itself; for others the last TokenChanged of the key's token does. */
    private boolean isTokenAway(final int keyIndex)
    {
        return !isIntent && (Reason.TOKEN_UNAVAILABLE.value() == recordedReason ||
            lostTokens.contains(keys.get(keyIndex).token()));
    }
}
