package io.countersign.ops.audit;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the records of a life: its beginning and end, its policies, its connections to tokens and its seals.
 */
final class LifeRecordDecoder
{
    private final GatewayStartedDecoder gatewayStarted = new GatewayStartedDecoder();
    private final PolicyInForceDecoder policyInForce = new PolicyInForceDecoder();
    private final TokenChangedDecoder tokenChanged = new TokenChangedDecoder();
    private final GatewayStoppedDecoder gatewayStopped = new GatewayStoppedDecoder();
    private final SealDecoder seal = new SealDecoder();
    private final Digest digest = new Digest();
    private final UnsafeBuffer digestBuffer = new UnsafeBuffer(0, 0);
    private final Span digestSpan = new Span();

    /** Whether it is one of these. */
    boolean decode(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        switch (header.templateId())
        {
            case GatewayStartedDecoder.TEMPLATE_ID -> onGatewayStarted(record, header, spans, to);
            case PolicyInForceDecoder.TEMPLATE_ID -> onPolicyInForce(record, header, spans, to);
            case TokenChangedDecoder.TEMPLATE_ID -> onTokenChanged(record, header, spans, to);
            case GatewayStoppedDecoder.TEMPLATE_ID -> onGatewayStopped(record, header, to);
            case SealDecoder.TEMPLATE_ID -> onSeal(record, header, spans, to);
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void onGatewayStarted(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        gatewayStarted.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, gatewayStarted.limit());
        final FieldSink sink = to.begin("GatewayStarted", null);
        sink.number("processId", "process=", gatewayStarted.processId());
        sink.number("lastSequence", "last=", gatewayStarted.lastSequence());
        sink.number("tornBytes", "torn-bytes=", gatewayStarted.tornBytes());
        sink.number("interrupted", "interrupted=", gatewayStarted.interrupted());
        sink.text("version", "version=", spans.next8());
    }

    private void onPolicyInForce(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        policyInForce.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, policyInForce.limit());
        final boolean hasConfiguration = header.version() >= PolicyInForceDecoder.configurationSinceVersion();
        final FieldSink sink = to.begin("PolicyInForce", null);
        sink.hexNumber("policyVersion", "policy=", policyInForce.policyVersion());
        sink.text("source", "source=", spans.next8());
        final Span text = spans.next32();
        sink.text("text", null, text);
        sink.number("textLength", "bytes=", text.length());
        digestBuffer.wrap(digest.sha256(text));
        sink.hex("textSha256", "sha256=", digestSpan.wrap(digestBuffer, 0, digestBuffer.capacity()));
        if (hasConfiguration)
        {
            spans.next32();
            final Span operatorName = spans.next8();
            if (!operatorName.isEmpty())
            {
                sink.text("operatorName", "operator=", operatorName);
                sink.text("comment", "comment=", spans.next8());
            }
        }
    }

    private void onTokenChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        tokenChanged.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, tokenChanged.limit());
        final FieldSink sink = to.begin("TokenChanged", null);
        sink.symbol("state", "", tokenChanged.state().name());
        sink.number("generation", "generation=", tokenChanged.generation());
        sink.number(
            "returnValue", 0 == tokenChanged.returnValue() ? null : "return-value=", tokenChanged.returnValue());
        sink.text("token", "token=", spans.next8());
    }

    private void onGatewayStopped(
        final DirectBuffer record, final MessageHeaderDecoder header, final RecordSink to)
    {
        gatewayStopped.wrapAndApplyHeader(record, 0, header);
        final FieldSink sink = to.begin("GatewayStopped", null);
        sink.number("firstSequence", "first=", gatewayStopped.firstSequence());
    }

    private void onSeal(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        seal.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, seal.limit());
        final FieldSink sink = to.begin("Seal", null);
        sink.number("treeSize", "tree-size=", seal.treeSize());
        sink.hex("root", "root=", digestSpan.wrap(
            record, seal.offset() + SealDecoder.rootEncodingOffset(), SealDecoder.rootLength()));
        sink.number("sealedUtcNs", null, seal.sealedUtcNs());
        if (SealDecoder.clockErrorNsNullValue() != seal.clockErrorNs())
        {
            sink.number("clockErrorNs", "clock-error-ns=", seal.clockErrorNs());
        }
        sink.text("clockSource", "clock=", spans.next8());
        sink.hex("frontier", null, spans.next16());
        sink.text("checkpoint", null, spans.next16());
    }
}
