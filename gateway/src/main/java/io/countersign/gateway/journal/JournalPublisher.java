package io.countersign.gateway.journal;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.DenialEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.OutcomeEncoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.RedeliveredEncoder;
import io.countersign.codecs.journal.UndeliveredEncoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.RefusedField;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.hsm.KeySpec;
import io.countersign.venues.Region;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes what happens to requests and appends it. Every method returns the sequence of its record, or
 * {@link #NOT_APPENDED}: then the journal has failed and nothing may be signed or released any more. For the gateway
 * thread; allocates nothing.
 */
public final class JournalPublisher
{
    /** Returned in place of a sequence when the record is not in the journal. */
    public static final long NOT_APPENDED = 0;

    private static final int BUFFER_LENGTH = 16 * 1024;
    private static final byte[] NO_BYTES = new byte[0];

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BUFFER_LENGTH));
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final IntentEncoder intentEncoder = new IntentEncoder();
    private final OutcomeEncoder outcomeEncoder = new OutcomeEncoder();
    private final DenialEncoder denialEncoder = new DenialEncoder();
    private final UndeliveredEncoder undeliveredEncoder = new UndeliveredEncoder();
    private final RedeliveredEncoder redeliveredEncoder = new RedeliveredEncoder();
    private final Journal journal;
    private final GatewayClock clock;
    private final AtomicCounter sequenceCounter;
    private final AtomicCounter failedCounter;
    private final byte[][] keyAliases;
    private final int[] keyVersions;
    private long sequence;

    /**
     * Construct over an open journal.
     *
     * @param journal         to append to.
     * @param clock           that gives UTC.
     * @param sequenceCounter follows the last sequence.
     * @param failedCounter   becomes 1 when the journal fails.
     * @param keys            in configuration order.
     * @param lastSequence    of the journal as it was found.
     */
    public JournalPublisher(
        final Journal journal,
        final GatewayClock clock,
        final AtomicCounter sequenceCounter,
        final AtomicCounter failedCounter,
        final List<KeySpec> keys,
        final long lastSequence)
    {
        this.journal = journal;
        this.clock = clock;
        this.sequenceCounter = sequenceCounter;
        this.failedCounter = failedCounter;
        this.sequence = lastSequence;
        keyAliases = new byte[keys.size()][];
        keyVersions = new int[keys.size()];
        for (int i = 0; i < keyAliases.length; i++)
        {
            useKey(i, keys.get(i));
        }
    }

    /**
     * Another version stands for a key in the records from now on.
     *
     * @param keyIndex of the key.
     * @param key      the version.
     */
    public void useKey(final int keyIndex, final KeySpec key)
    {
        keyAliases[keyIndex] = key.alias().getBytes(StandardCharsets.UTF_8);
        keyVersions[keyIndex] = key.version();
    }

    /**
     * Whether anything can still be appended.
     *
     * @return true when nothing can.
     */
    public boolean isFailed()
    {
        return journal.isFailed();
    }

    /**
     * Why no request may begin: what follows could not be recorded.
     *
     * @return a value of the wire's {@code Reason}, NONE when there is room.
     */
    public int refusal()
    {
        return switch (journal.room())
        {
            case ENOUGH -> Reason.NONE.value();
            case TOO_LITTLE -> Reason.JOURNAL_FULL.value();
            case NOT_WRITABLE -> Reason.JOURNAL_UNAVAILABLE.value();
        };
    }

    /**
     * The token is about to be called for this request.
     *
     * @param request         decided and built.
     * @param policy          that decided.
     * @param binding         of the signature to be.
     * @param tokenGeneration of the lane that will sign.
     * @param nowNs           monotonic time.
     * @return sequence or {@link #NOT_APPENDED}.
     */
    public long intent(
        final PendingRequest request,
        final Policy policy,
        final Binding binding,
        final int tokenGeneration,
        final long nowNs)
    {
        final Session session = request.session();
        final byte[] alias = keyAliases[request.keyIndex()];
        final byte[] rule = policy.ruleName(request.decision().ruleIndex());
        final Region payload = request.venueRequest().payload();
        intentEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(sequence + 1)
            .utcNs(clock.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .requestId(request.order().requestId())
            .policyVersion(policy.version())
            .timestampMs(request.stamp().utcMs())
            .keyVersion(keyVersions[request.keyIndex()])
            .tokenGeneration(tokenGeneration)
            .decidedNs(request.stageNs(request.decidedAtNs()))
            .builtNs(request.stageNs(request.builtAtNs()))
            .decisionUtcNs(request.receivedUtcNs())
            .accessScopes((short) request.accessScopes())
            .nonce(request.stamp().nonce())
            .binding(binding)
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .putKey(alias, 0, alias.length)
            .putRule(rule, 0, rule.length)
            .putFrame(request.frame(), 0, request.frameLength())
            .putPayload(payload.buffer(), payload.offset(), payload.length());
        return append(intentEncoder.limit());
    }

    /**
     * The token has signed.
     *
     * @param request   with an intent.
     * @param signature holds what the token gave.
     * @param offset    of the signature.
     * @param length    of the signature in bytes.
     * @param nowNs     monotonic time at which the token had answered.
     * @return sequence or {@link #NOT_APPENDED}.
     */
    public long signed(
        final PendingRequest request,
        final DirectBuffer signature,
        final int offset,
        final int length,
        final long nowNs)
    {
        outcome(request, Result.SIGNED, 0, 0, nowNs).putSignature(signature, offset, length);
        return append(outcomeEncoder.limit());
    }

    /**
     * An intent has ended without a signature.
     *
     * @param request     with an intent.
     * @param reason      a value of the wire's {@code Reason}.
     * @param returnValue the CKR_ value, 0 when the token was not called.
     * @param nowNs       monotonic time.
     * @return sequence or {@link #NOT_APPENDED}.
     */
    public long failed(final PendingRequest request, final int reason, final long returnValue, final long nowNs)
    {
        outcome(request, Result.FAILED, reason, returnValue, nowNs).putSignature(NO_BYTES, 0, 0);
        return append(outcomeEncoder.limit());
    }

    /**
     * A request is refused.
     *
     * @param request decoded.
     * @param reason  a value of the wire's {@code Reason}.
     * @param policy  in force.
     * @param nowNs   monotonic time.
     * @return sequence or {@link #NOT_APPENDED}.
     */
    public long denial(final PendingRequest request, final int reason, final Policy policy, final long nowNs)
    {
        final Session session = request.session();
        final byte[] rule = policy.ruleName(request.decision().ruleIndex());
        final Region key = request.order().key();
        final Field field = RefusedField.of(request, reason);
        denialEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(sequence + 1)
            .utcNs(clock.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .requestId(request.order().requestId())
            .policyVersion(policy.version())
            .keyVersion(0 > request.keyIndex() ? 0 : keyVersions[request.keyIndex()])
            .decidedNs(request.stageNs(nowNs))
            .reason(reason)
            .decisionUtcNs(request.receivedUtcNs())
            .accessScopes((short) request.accessScopes())
            .field(Field.NULL_VAL == field ? 0 : field.value())
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .putKey(key.buffer(), key.offset(), key.length())
            .putRule(rule, 0, rule.length)
            .putFrame(request.frame(), 0, request.frameLength());
        return append(denialEncoder.limit());
    }

    /**
     * A reply was dropped because its bot did not take it.
     *
     * @param session        of the bot.
     * @param requestId      that was to be answered, or the null value.
     * @param recordSequence of the outcome or denial, 0 when there is none.
     * @param offerResult    what Aeron answered to the last try.
     * @param nowNs          monotonic time.
     * @return sequence or {@link #NOT_APPENDED}.
     */
    public long undelivered(
        final Session session,
        final long requestId,
        final long recordSequence,
        final long offerResult,
        final long nowNs)
    {
        undeliveredEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(sequence + 1)
            .utcNs(clock.utcNs(nowNs))
            .monotonicNs(nowNs)
            .recordSequence(recordSequence)
            .sessionId(session.sessionId())
            .requestId(requestId)
            .offerResult(offerResult)
            .putPrincipal(session.principalName(), 0, session.principalName().length);
        return append(undeliveredEncoder.limit());
    }

    /**
     * A signed reply is about to go to its principal once more.
     *
     * @param session         that it goes to.
     * @param requestId       that came again.
     * @param outcomeSequence of the record that the reply followed.
     * @param nowNs           monotonic time.
     * @return sequence of this record, or {@link #NOT_APPENDED}.
     */
    public long redelivered(
        final Session session, final long requestId, final long outcomeSequence, final long nowNs)
    {
        redeliveredEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(sequence + 1)
            .utcNs(clock.utcNs(nowNs))
            .monotonicNs(nowNs)
            .recordSequence(outcomeSequence)
            .sessionId(session.sessionId())
            .requestId(requestId)
            .putPrincipal(session.principalName(), 0, session.principalName().length);
        return append(redeliveredEncoder.limit());
    }

    /**
     * The newest record.
     *
     * @return its sequence.
     */
    public long lastSequence()
    {
        return sequence;
    }

    /** The sequence that the next record is to carry. */
    long nextSequence()
    {
        return sequence + 1;
    }

    long utcNs(final long nowNs)
    {
        return clock.utcNs(nowNs);
    }

    void sync()
    {
        journal.sync();
    }

    long append(final DirectBuffer record, final int length)
    {
        if (!journal.append(record, 0, length))
        {
            failedCounter.setRelease(journal.isFailed() ? 1 : 0);
            return NOT_APPENDED;
        }
        sequence++;
        sequenceCounter.setRelease(sequence);
        return sequence;
    }

    private long append(final int length)
    {
        return append(buffer, length);
    }

    private OutcomeEncoder outcome(
        final PendingRequest request,
        final Result result,
        final int reason,
        final long returnValue,
        final long nowNs)
    {
        final Session session = request.session();
        final byte[] alias = keyAliases[request.keyIndex()];
        return outcomeEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(sequence + 1)
            .utcNs(clock.utcNs(nowNs))
            .monotonicNs(nowNs)
            .intentSequence(request.intentSequence())
            .sessionId(session.sessionId())
            .requestId(request.order().requestId())
            .returnValue(returnValue)
            .submittedNs(request.stageNs(request.submittedNs()))
            .signedNs(request.stageNs(nowNs))
            .result(result)
            .reason(reason)
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .putKey(alias, 0, alias.length);
    }
}
