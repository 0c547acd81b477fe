package io.countersign.ops.audit;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.NonceMarkDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Hands the fields of a record to a sink. A template that this version does not know is given with its number and its
 * bytes; so is a record that ends before its fields do. For one thread.
 */
public final class RecordDecoder implements RecordSink
{
    private static final String SESSION_SIGNATURE = "session signature: orders after it are not seen";

    /** Names of all types of records, in the order of their numbers. */
    static final List<String> TYPES = List.of(
        "GatewayStarted", "PolicyInForce", "SessionOpened", "SessionRefused", "SessionClosed", "Intent", "Outcome",
        "Denial", "Undelivered", "Interrupted", "Noise", "TokenChanged", "Redelivered", "NonceMark", "GatewayStopped",
        "Seal", "AccessTokenAccepted", "AccessTokenRefused", "SwitchChanged", "ExecutionChanged",
        "PolicyDifference", "CommandRefused", "CommandGiven", "KeyChanged", "RegisterSaved", "Unknown");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frameDecoder = new FrameDecoder();
    private final SessionOpenedDecoder sessionOpened = new SessionOpenedDecoder();
    private final SessionRefusedDecoder sessionRefused = new SessionRefusedDecoder();
    private final SessionClosedDecoder sessionClosed = new SessionClosedDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final RedeliveredDecoder redelivered = new RedeliveredDecoder();
    private final UndeliveredDecoder undelivered = new UndeliveredDecoder();
    private final InterruptedDecoder interrupted = new InterruptedDecoder();
    private final NoiseDecoder noise = new NoiseDecoder();
    private final NonceMarkDecoder nonceMark = new NonceMarkDecoder();
    private final LifeRecordDecoder lifeRecords = new LifeRecordDecoder();
    private final OperatorRecordDecoder operatorRecords = new OperatorRecordDecoder();
    private final Spans spans = new Spans();
    private final Span bytes = new Span();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private FieldSink sink;

    /**
     * For any number of records.
     */
    public RecordDecoder()
    {
    }

    /**
     * Decode one record.
     *
     * @param buffer holds it.
     * @param offset of its message header.
     * @param length of it in bytes, without its checksum.
     * @param to     takes its fields; not told where they end.
     */
    public void decode(final DirectBuffer buffer, final int offset, final int length, final FieldSink to)
    {
        // Wrapped, so that no field can reach behind the record.
        record.wrap(buffer, offset, length);
        sink = to;
        header.wrap(record, 0);
        try
        {
            dispatch();
        }
        catch (final IndexOutOfBoundsException ex)
        {
            onUnknown();
        }
    }

    private void dispatch()
    {
        switch (header.templateId())
        {
            case SessionOpenedDecoder.TEMPLATE_ID -> onSessionOpened();
            case SessionRefusedDecoder.TEMPLATE_ID -> onSessionRefused();
            case SessionClosedDecoder.TEMPLATE_ID -> onSessionClosed();
            case IntentDecoder.TEMPLATE_ID -> onIntent();
            case OutcomeDecoder.TEMPLATE_ID -> onOutcome();
            case DenialDecoder.TEMPLATE_ID -> onDenial();
            case UndeliveredDecoder.TEMPLATE_ID -> onUndelivered();
            case RedeliveredDecoder.TEMPLATE_ID -> onRedelivered();
            case InterruptedDecoder.TEMPLATE_ID -> onInterrupted();
            case NoiseDecoder.TEMPLATE_ID -> onNoise();
            case NonceMarkDecoder.TEMPLATE_ID -> onNonceMark();
            default -> onOther();
        }
    }

    private void onOther()
    {
        if (!lifeRecords.decode(record, header, spans, this) && !operatorRecords.decode(record, header, spans, this))
        {
            onUnknown();
        }
    }

    private void onSessionOpened()
    {
        sessionOpened.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, sessionOpened.limit());
        final Span ingress = spans.next8();
        begin("SessionOpened", spans.next8());
        sink.number("aeronSessionId", "aeron-session=", sessionOpened.aeronSessionId());
        sink.text("ingress", "ingress=", ingress);
        apiKeyVersion(sessionOpened.apiKeyVersion());
    }

    private void onSessionRefused()
    {
        sessionRefused.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, sessionRefused.limit());
        final Span ingress = spans.next8();
        begin("SessionRefused", spans.next8());
        reason(sessionRefused.reason());
        sink.number("aeronSessionId", "aeron-session=", sessionRefused.aeronSessionId());
        sink.text("ingress", "ingress=", ingress);
        apiKeyVersion(sessionRefused.apiKeyVersion());
    }

    /** Records of version 1 have none. */
    private void apiKeyVersion(final int apiKeyVersion)
    {
        if (SessionOpenedDecoder.apiKeyVersionNullValue() != apiKeyVersion)
        {
            sink.number("apiKeyVersion", "api-key-version=", apiKeyVersion);
        }
    }

    private void onSessionClosed()
    {
        sessionClosed.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, sessionClosed.limit());
        begin("SessionClosed", spans.next8());
        sink.number("sessionId", "session=", sessionClosed.sessionId());
        sink.symbol("cause", "cause=", sessionClosed.cause().name());
    }

    private void onIntent()
    {
        intent.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, intent.limit());
        begin("Intent", spans.next8(), spans.next8());
        sink.number("keyVersion", "v", intent.keyVersion());
        sink.number("sessionId", "session=", intent.sessionId());
        sink.number("requestId", "request=", intent.requestId());
        sink.number("timestampMs", null, intent.timestampMs());
        nonce(intent.nonce());
        binding(intent.binding());
        sink.number("tokenGeneration", null, intent.tokenGeneration());
        sink.number("decidedNs", "decided-ns=", intent.decidedNs());
        sink.number("builtNs", "built-ns=", intent.builtNs());
        sink.hexNumber("policyVersion", "policy=", intent.policyVersion());
        sink.text("rule", "rule=", spans.next8());
        frame(spans.next16());
        sink.payload("payload", spans.next16());
    }

    private void onOutcome()
    {
        outcome.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, outcome.limit());
        begin("Outcome", spans.next8(), spans.next8());
        sink.number("intentSequence", "intent=", outcome.intentSequence());
        sink.number("sessionId", "session=", outcome.sessionId());
        sink.number("requestId", "request=", outcome.requestId());
        sink.symbol("result", "", outcome.result().name());
        reason(outcome.reason());
        sink.number("returnValue", 0 == outcome.returnValue() ? null : "return-value=", outcome.returnValue());
        sink.number("submittedNs", "submitted-ns=", outcome.submittedNs());
        sink.number("signedNs", "signed-ns=", outcome.signedNs());
        sink.hex("signature", "signature=", spans.next16());
    }

    private void onDenial()
    {
        denial.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, denial.limit());
        begin("Denial", spans.next8(), spans.next8());
        reason(denial.reason());
        field(denial.field());
        sink.number("keyVersion", "v", denial.keyVersion());
        sink.number("sessionId", "session=", denial.sessionId());
        sink.number("requestId", "request=", denial.requestId());
        sink.number("decidedNs", "decided-ns=", denial.decidedNs());
        sink.hexNumber("policyVersion", "policy=", denial.policyVersion());
        sink.text("rule", "rule=", spans.next8());
        frame(spans.next16());
    }

    private void onUndelivered()
    {
        undelivered.wrapAndApplyHeader(record, 0, header);
        begin("Undelivered", spans.wrap(record, undelivered.limit()).next8());
        sink.number("recordSequence", "record=", undelivered.recordSequence());
        sink.number("sessionId", "session=", undelivered.sessionId());
        sink.number("requestId", "request=", undelivered.requestId());
        sink.number("offerResult", "offer-result=", undelivered.offerResult());
    }

    private void onRedelivered()
    {
        redelivered.wrapAndApplyHeader(record, 0, header);
        begin("Redelivered", spans.wrap(record, redelivered.limit()).next8());
        sink.number("recordSequence", "record=", redelivered.recordSequence());
        sink.number("sessionId", "session=", redelivered.sessionId());
        sink.number("requestId", "request=", redelivered.requestId());
    }

    private void onInterrupted()
    {
        interrupted.wrapAndApplyHeader(record, 0, header);
        begin("Interrupted", null);
        sink.number("intentSequence", "intent=", interrupted.intentSequence());
    }

    private void onNoise()
    {
        noise.wrapAndApplyHeader(record, 0, header);
        begin("Noise", null);
        sink.nest("frames");
        for (final NoiseDecoder.FramesDecoder frame : noise.frames())
        {
            final String name = reasonName(frame.reason());
            sink.number(name, name + "=", frame.occurrences());
        }
        sink.unnest();
    }

    private void onNonceMark()
    {
        nonceMark.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, nonceMark.limit());
        final Span key = spans.next8();
        begin("NonceMark", null, key.isEmpty() ? null : key);
        sink.number("keyVersion", "v", nonceMark.keyVersion());
        nonce(nonceMark.nonce());
        sink.text("venue", "venue=", spans.next8());
        sink.text("apiKey", "api-key=", spans.next16());
    }

    /** Nothing for records of versions that do not say. */
    private void binding(final Binding binding)
    {
        if (Binding.NULL_VAL != binding)
        {
            sink.symbol("binding", "class=", binding.name());
        }
        if (Binding.E == binding)
        {
            sink.symbol("note", "", SESSION_SIGNATURE);
        }
    }

    /** Null is none. */
    private void nonce(final long nonce)
    {
        if (IntentDecoder.nonceNullValue() != nonce)
        {
            sink.number("nonce", "nonce=", nonce);
        }
    }

    private void onUnknown()
    {
        sink.begin(commonField(0), commonField(1), "Unknown");
        sink.number("templateId", "template=", header.templateId());
        sink.number("schemaVersion", "version=", header.version());
        sink.hex("record", "record=", bytes.wrap(record, 0, record.capacity()));
    }

    private void frame(final Span frame)
    {
        final boolean isDecoded = frameDecoder.decode(frame, sink);
        sink.hex("frame", isDecoded ? null : "frame=", frame);
    }

    /**
     * For decoders of this package.
     */
    @Override
    public FieldSink begin(final String type, final Span principal)
    {
        return begin(type, principal, null);
    }

    private FieldSink begin(final String type, final Span principal, final Span key)
    {
        sink.begin(commonField(0), commonField(1), type);
        if (null != principal)
        {
            sink.principal(principal);
        }
        if (null != key)
        {
            sink.key(key);
        }
        sink.number("monotonicNs", null, commonField(2));
        return sink;
    }

    /** Sequence, UTC and monotonic time: every record begins with them. */
    private long commonField(final int index)
    {
        return record.getLong(MessageHeaderDecoder.ENCODED_LENGTH + index * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private void reason(final int reason)
    {
        sink.symbol("reason", Reason.NONE.value() == reason ? null : "", reasonName(reason));
        sink.number("reasonCode", null, reason);
    }

    /** Which one the venue lacks or cannot take; nothing for none. */
    private void field(final short field)
    {
        final Field known = Field.get(field);
        if (0 != field && Field.NULL_VAL != known)
        {
            sink.symbol("field", "field=", Field.SBE_UNKNOWN == known ? "FIELD_" + field : known.name());
        }
    }

    static String reasonName(final int reason)
    {
        final Reason known = Reason.get(reason);
        return Reason.SBE_UNKNOWN == known || Reason.NULL_VAL == known ? "REASON_" + reason : known.name();
    }
}
