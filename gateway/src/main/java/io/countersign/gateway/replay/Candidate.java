package io.countersign.gateway.replay;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.TextTable;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a candidate sees otherwise than the policy that was in force: which sessions would not have opened, and which
 * stopped rules it has to take from the journal although its own throttles decide.
 * <pre>
 *   ExecutionChanged, stopped     the rule is on record as stopped: written anew at a start or a change of day, nothing
 *                                 its Denial follows: the candidate decides on its frame by itself
 *                                 a GatewayStarted follows: the process died before the Denial, the frame is lost;
 *                                   the order is taken to have come to this rule, whose throttle decides
 *                                 anything else follows: stopped before the first record of this journal, so it is
 *   ExecutionChanged, re-enabled  as the operator said
 * </pre>
 */
final class Candidate
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder sessionOpened = new SessionOpenedDecoder();
    private final SessionClosedDecoder sessionClosed = new SessionClosedDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final Map<Long, Integer> refusalBySession = new HashMap<>();
    private final Set<StoppedRule> stoppedOnRecord = new HashSet<>();
    private StoppedRule justStopped;
    private long justStoppedNs;

    private record StoppedRule(String principal, String rule)
    {
    }

    /** Why requests of a session would not have come, NONE when they would. */
    int refusalOf(final long sessionId)
    {
        return refusalBySession.getOrDefault(sessionId, Reason.NONE.value());
    }

    void onExecutionChanged(
        final String principal, final String rule, final boolean isStopped, final long utcNs)
    {
        final StoppedRule name = new StoppedRule(principal, rule);
        if (!isStopped)
        {
            stoppedOnRecord.remove(name);
        }
        else if (stoppedOnRecord.add(name))
        {
            justStopped = name;
            justStoppedNs = utcNs;
        }
    }

    /** Each record, before anything else is made of it. */
    void onNext(final DirectBuffer record, final int offset, final Ledger ledger)
    {
        header.wrap(record, offset);
        final boolean isStart = GatewayStartedDecoder.TEMPLATE_ID == header.templateId();
        if (null != justStopped)
        {
            final boolean isStopped = isStart ?
                ledger.isThrottleFull(justStopped.principal, justStopped.rule, justStoppedNs) :
                !isDenialOf(justStopped, record, offset);
            if (isStopped)
            {
                ledger.setStopped(justStopped.principal, justStopped.rule, true);
            }
            justStopped = null;
        }
        if (isStart)
        {
            refusalBySession.clear();
        }
    }

    /** A session opens or ends; records of versions that do not hold its source say nothing. */
    void onSession(final DirectBuffer record, final int offset, final Policy policy)
    {
        header.wrap(record, offset);
        if (SessionClosedDecoder.TEMPLATE_ID == header.templateId())
        {
            refusalBySession.remove(sessionClosed.wrapAndApplyHeader(record, offset, header).sessionId());
        }
        else if (header.version() >= SessionOpenedDecoder.sourceSinceVersion())
        {
            sessionOpened.wrapAndApplyHeader(record, offset, header);
            final long sessionId = sessionOpened.sequence();
            final int refusal = refusal(policy);
            if (Reason.NONE.value() != refusal)
            {
                refusalBySession.put(sessionId, refusal);
            }
        }
    }

    private int refusal(final Policy policy)
    {
        final int apiKeyVersion = sessionOpened.apiKeyVersion();
        final String ingress = sessionOpened.ingress();
        final int principalIndex = policy.principalIndex(sessionOpened.principal().getBytes(StandardCharsets.UTF_8));
        final String source = sessionOpened.source();
        if (TextTable.ABSENT == principalIndex)
        {
            return Reason.UNKNOWN_PRINCIPAL.value();
        }
        if (!policy.isApiKeyVersionValid(principalIndex, apiKeyVersion))
        {
            return Reason.AUTHENTICATION_FAILED.value();
        }
        final byte[] address = source.isEmpty() ? null : IpEndpoint.parse(source).address();
        return policy.isSourceGranted(principalIndex, ingress, address) ?
            Reason.NONE.value() : Reason.SOURCE_NOT_GRANTED.value();
    }

    private boolean isDenialOf(final StoppedRule rule, final DirectBuffer record, final int offset)
    {
        if (DenialDecoder.TEMPLATE_ID != header.templateId())
        {
            return false;
        }
        denial.wrapAndApplyHeader(record, offset, header);
        final int reason = denial.reason();
        final String principal = denial.principal();
        denial.skipKey();
        return Reason.REPEATED_EXECUTION.value() == reason &&
            rule.principal.equals(principal) && rule.rule.equals(denial.rule());
    }
}
