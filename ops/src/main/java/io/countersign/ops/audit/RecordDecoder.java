package io.countersign.ops.audit;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.NonceMarkDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.journal.TokenState;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.ops.audit.Fields.Kind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Turns the bytes of a record into its fields. A template that this version does not know is given with its number and
 * its bytes; so is a record that ends before its fields do.
 */
final class RecordDecoder
{
    private static final int MONOTONIC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + 2 * Long.BYTES;
    private static final String SESSION_SIGNATURE = "session signature: orders after it are not seen";

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frameDecoder = new FrameDecoder();
    private final GatewayStartedDecoder gatewayStarted = new GatewayStartedDecoder();
    private final PolicyInForceDecoder policyInForce = new PolicyInForceDecoder();
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
    private final TokenChangedDecoder tokenChanged = new TokenChangedDecoder();
    private final GatewayStoppedDecoder gatewayStopped = new GatewayStoppedDecoder();
    private final OperatorRecordDecoder operatorRecords = new OperatorRecordDecoder();
    private DirectBuffer record;
    private long sequence;
    private long utcNs;

    AuditRecord decode(final DirectBuffer buffer, final int offset, final int length)
    {
        // Wrapped, so that no field can reach behind the record.
        record = new UnsafeBuffer(buffer, offset, length);
        sequence = record.getLong(MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
        utcNs = record.getLong(MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        header.wrap(record, 0);
        try
        {
            return dispatch();
        }
        catch (final IndexOutOfBoundsException ex)
        {
            return unknown();
        }
    }

    private AuditRecord dispatch()
    {
        return switch (header.templateId())
        {
            case GatewayStartedDecoder.TEMPLATE_ID -> onGatewayStarted();
            case PolicyInForceDecoder.TEMPLATE_ID -> onPolicyInForce();
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
            case TokenChangedDecoder.TEMPLATE_ID -> onTokenChanged();
            case GatewayStoppedDecoder.TEMPLATE_ID -> onGatewayStopped();
            default -> onOther();
        };
    }

    private AuditRecord onOther()
    {
        final Fields fields = new Fields().number(
            "monotonicNs", null, record.getLong(MONOTONIC_OFFSET, ByteOrder.LITTLE_ENDIAN));
        final OperatorRecordDecoder.Decoded decoded = operatorRecords.decode(record, header, fields);
        return null == decoded ? unknown() : record(decoded.type(), decoded.principal(), null, fields);
    }

    private AuditRecord onGatewayStarted()
    {
        gatewayStarted.wrapAndApplyHeader(record, 0, header);
        return record("GatewayStarted", null, null, times(gatewayStarted.monotonicNs())
            .number("processId", "process=", gatewayStarted.processId())
            .number("lastSequence", "last=", gatewayStarted.lastSequence())
            .number("tornBytes", "torn-bytes=", gatewayStarted.tornBytes())
            .number("interrupted", "interrupted=", gatewayStarted.interrupted())
            .text("version", "version=", gatewayStarted.version()));
    }

    private AuditRecord onPolicyInForce()
    {
        policyInForce.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(policyInForce.monotonicNs());
        policyVersion(fields, policyInForce.policyVersion());
        fields.text("source", "source=", policyInForce.source());
        final byte[] text = new byte[policyInForce.textLength()];
        policyInForce.getText(text, 0, text.length);
        policyInForce.skipConfiguration();
        fields.text("text", null, new String(text, StandardCharsets.UTF_8))
            .number("textLength", "bytes=", text.length)
            .add("textSha256", "sha256=", Kind.HEX, Digest.sha256(text));
        final String operatorName = policyInForce.operatorName();
        if (!operatorName.isEmpty())
        {
            fields.text("operatorName", "operator=", operatorName)
                .text("comment", "comment=", policyInForce.comment());
        }
        return record("PolicyInForce", null, null, fields);
    }

    private AuditRecord onSessionOpened()
    {
        sessionOpened.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(sessionOpened.monotonicNs())
            .number("aeronSessionId", "aeron-session=", sessionOpened.aeronSessionId())
            .text("ingress", "ingress=", sessionOpened.ingress());
        apiKeyVersion(fields, sessionOpened.apiKeyVersion());
        return record("SessionOpened", sessionOpened.principal(), null, fields);
    }

    private AuditRecord onSessionRefused()
    {
        sessionRefused.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(sessionRefused.monotonicNs());
        reason(fields, sessionRefused.reason())
            .number("aeronSessionId", "aeron-session=", sessionRefused.aeronSessionId())
            .text("ingress", "ingress=", sessionRefused.ingress());
        apiKeyVersion(fields, sessionRefused.apiKeyVersion());
        return record("SessionRefused", sessionRefused.principal(), null, fields);
    }

    /** Records of version 1 have none. */
    private static void apiKeyVersion(final Fields fields, final int apiKeyVersion)
    {
        if (SessionOpenedDecoder.apiKeyVersionNullValue() != apiKeyVersion)
        {
            fields.number("apiKeyVersion", "api-key-version=", apiKeyVersion);
        }
    }

    private AuditRecord onSessionClosed()
    {
        sessionClosed.wrapAndApplyHeader(record, 0, header);
        return record("SessionClosed", sessionClosed.principal(), null, times(sessionClosed.monotonicNs())
            .number("sessionId", "session=", sessionClosed.sessionId())
            .symbol("cause", "cause=", sessionClosed.cause()));
    }

    private AuditRecord onIntent()
    {
        intent.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(intent.monotonicNs())
            .number("keyVersion", "v", intent.keyVersion())
            .number("sessionId", "session=", intent.sessionId())
            .number("requestId", "request=", intent.requestId())
            .number("timestampMs", null, intent.timestampMs());
        nonce(fields, intent.nonce());
        binding(fields, intent.binding())
            .number("tokenGeneration", null, intent.tokenGeneration())
            .number("decidedNs", "decided-ns=", intent.decidedNs())
            .number("builtNs", "built-ns=", intent.builtNs());
        policyVersion(fields, intent.policyVersion());
        final String principal = intent.principal();
        final String key = intent.key();
        fields.text("rule", "rule=", intent.rule());
        final byte[] frame = new byte[intent.frameLength()];
        intent.getFrame(frame, 0, frame.length);
        final byte[] payload = new byte[intent.payloadLength()];
        intent.getPayload(payload, 0, payload.length);
        frame(fields, frame);
        return record("Intent", principal, key, fields.add("payload", null, Kind.PAYLOAD, payload));
    }

    private AuditRecord onOutcome()
    {
        outcome.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(outcome.monotonicNs())
            .number("intentSequence", "intent=", outcome.intentSequence())
            .number("sessionId", "session=", outcome.sessionId())
            .number("requestId", "request=", outcome.requestId())
            .symbol("result", "", outcome.result());
        reason(fields, outcome.reason())
            .number("returnValue", 0 == outcome.returnValue() ? null : "return-value=", outcome.returnValue())
            .number("submittedNs", "submitted-ns=", outcome.submittedNs())
            .number("signedNs", "signed-ns=", outcome.signedNs());
        final String principal = outcome.principal();
        final String key = outcome.key();
        final byte[] signature = new byte[outcome.signatureLength()];
        outcome.getSignature(signature, 0, signature.length);
        return record("Outcome", principal, key, fields.add("signature", "signature=", Kind.HEX, signature));
    }

    private AuditRecord onDenial()
    {
        denial.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(denial.monotonicNs());
        field(reason(fields, denial.reason()), denial.field())
            .number("keyVersion", "v", denial.keyVersion())
            .number("sessionId", "session=", denial.sessionId())
            .number("requestId", "request=", denial.requestId())
            .number("decidedNs", "decided-ns=", denial.decidedNs());
        policyVersion(fields, denial.policyVersion());
        final String principal = denial.principal();
        final String key = denial.key();
        fields.text("rule", "rule=", denial.rule());
        final byte[] frame = new byte[denial.frameLength()];
        denial.getFrame(frame, 0, frame.length);
        frame(fields, frame);
        return record("Denial", principal, key, fields);
    }

    private AuditRecord onUndelivered()
    {
        undelivered.wrapAndApplyHeader(record, 0, header);
        return record("Undelivered", undelivered.principal(), null, times(undelivered.monotonicNs())
            .number("recordSequence", "record=", undelivered.recordSequence())
            .number("sessionId", "session=", undelivered.sessionId())
            .number("requestId", "request=", undelivered.requestId())
            .number("offerResult", "offer-result=", undelivered.offerResult()));
    }

    private AuditRecord onRedelivered()
    {
        redelivered.wrapAndApplyHeader(record, 0, header);
        return record("Redelivered", redelivered.principal(), null, times(redelivered.monotonicNs())
            .number("recordSequence", "record=", redelivered.recordSequence())
            .number("sessionId", "session=", redelivered.sessionId())
            .number("requestId", "request=", redelivered.requestId()));
    }

    private AuditRecord onInterrupted()
    {
        interrupted.wrapAndApplyHeader(record, 0, header);
        return record("Interrupted", null, null, times(interrupted.monotonicNs())
            .number("intentSequence", "intent=", interrupted.intentSequence()));
    }

    private AuditRecord onNoise()
    {
        noise.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(noise.monotonicNs());
        final Fields frames = new Fields();
        for (final NoiseDecoder.FramesDecoder frame : noise.frames())
        {
            final String name = reasonName(frame.reason());
            frames.number(name, name + "=", frame.occurrences());
        }

        return record("Noise", null, null, fields.add("frames", "", Kind.NESTED, frames));
    }

    private AuditRecord onNonceMark()
    {
        nonceMark.wrapAndApplyHeader(record, 0, header);
        final Fields fields = times(nonceMark.monotonicNs()).number("keyVersion", "v", nonceMark.keyVersion());
        nonce(fields, nonceMark.nonce());
        final String key = nonceMark.key();
        fields.text("venue", "venue=", nonceMark.venue())
            .text("apiKey", "api-key=", nonceMark.apiKey());
        return record("NonceMark", null, key.isEmpty() ? null : key, fields);
    }

    /** Nothing for records of versions that do not say. */
    private static Fields binding(final Fields fields, final Binding binding)
    {
        if (Binding.NULL_VAL != binding)
        {
            fields.symbol("binding", "class=", binding);
        }
        return Binding.E == binding ? fields.symbol("note", "", SESSION_SIGNATURE) : fields;
    }

    /** Null is none. */
    private static Fields nonce(final Fields fields, final long nonce)
    {
        return IntentDecoder.nonceNullValue() == nonce ? fields : fields.number("nonce", "nonce=", nonce);
    }

    private AuditRecord onTokenChanged()
    {
        tokenChanged.wrapAndApplyHeader(record, 0, header);
        final TokenState state = tokenChanged.state();
        return record("TokenChanged", null, null, times(tokenChanged.monotonicNs())
            .symbol("state", "", state)
            .number("generation", "generation=", tokenChanged.generation())
            .number("returnValue", 0 == tokenChanged.returnValue() ? null : "return-value=",
                tokenChanged.returnValue())
            .text("token", "token=", tokenChanged.token()));
    }

    private AuditRecord onGatewayStopped()
    {
        gatewayStopped.wrapAndApplyHeader(record, 0, header);
        return record("GatewayStopped", null, null, times(gatewayStopped.monotonicNs())
            .number("firstSequence", "first=", gatewayStopped.firstSequence()));
    }

    private AuditRecord unknown()
    {
        final byte[] bytes = new byte[record.capacity()];
        record.getBytes(0, bytes);
        return record("Unknown", null, null, new Fields()
            .number("templateId", "template=", header.templateId())
            .number("schemaVersion", "version=", header.version())
            .add("record", "record=", Kind.HEX, bytes));
    }

    private AuditRecord record(final String type, final String principal, final String key, final Fields fields)
    {
        return new AuditRecord(sequence, utcNs, type, principal, key, fields);
    }

    private void frame(final Fields fields, final byte[] frame)
    {
        final Fields decoded = frameDecoder.decode(frame);
        if (null != decoded)
        {
            fields.add("request", "", Kind.NESTED, decoded);
        }

        fields.add("frame", null == decoded ? "frame=" : null, Kind.HEX, frame);
    }

    private static Fields times(final long monotonicNs)
    {
        return new Fields().number("monotonicNs", null, monotonicNs);
    }

    private static void policyVersion(final Fields fields, final long policyVersion)
    {
        fields.symbol("policyVersion", "policy=", HexFormat.of().toHexDigits(policyVersion));
    }

    private static Fields reason(final Fields fields, final int reason)
    {
        return fields
            .symbol("reason", Reason.NONE.value() == reason ? null : "", reasonName(reason))
            .number("reasonCode", null, reason);
    }

    /** Which one the venue lacks or cannot take; nothing for none. */
    private static Fields field(final Fields fields, final short field)
    {
        final Field known = Field.get(field);
        return 0 == field || Field.NULL_VAL == known ? fields :
            fields.symbol("field", "field=", Field.SBE_UNKNOWN == known ? "FIELD_" + field : known.name());
    }

    static String reasonName(final int reason)
    {
        final Reason known = Reason.get(reason);
        return Reason.SBE_UNKNOWN == known || Reason.NULL_VAL == known ? "REASON_" + reason : known.name();
    }
}
