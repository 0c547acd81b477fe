package io.countersign.ops.audit;

import io.countersign.codecs.journal.AccessTokenAcceptedDecoder;
import io.countersign.codecs.journal.AccessTokenRefusedDecoder;
import io.countersign.codecs.journal.CommandRefusedDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.AskSwitchesDecoder;
import io.countersign.codecs.wire.EnableExecutionDecoder;
import io.countersign.codecs.wire.ReloadPolicyDecoder;
import io.countersign.codecs.wire.SetSwitchDecoder;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.venues.Scope;
import org.agrona.DirectBuffer;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Turns the bytes of records about access tokens and operators' commands into fields.
 */
final class OperatorRecordDecoder
{
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final AccessTokenAcceptedDecoder accessTokenAccepted = new AccessTokenAcceptedDecoder();
    private final AccessTokenRefusedDecoder accessTokenRefused = new AccessTokenRefusedDecoder();
    private final SwitchChangedDecoder switchChanged = new SwitchChangedDecoder();
    private final ExecutionChangedDecoder executionChanged = new ExecutionChangedDecoder();
    private final PolicyDifferenceDecoder policyDifference = new PolicyDifferenceDecoder();
    private final CommandRefusedDecoder commandRefused = new CommandRefusedDecoder();
    private final KeyRecordDecoder keyRecords = new KeyRecordDecoder();

    /** Whether it is one of these. */
    boolean decode(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        switch (header.templateId())
        {
            case AccessTokenAcceptedDecoder.TEMPLATE_ID -> onAccessTokenAccepted(record, header, spans, to);
            case AccessTokenRefusedDecoder.TEMPLATE_ID -> onAccessTokenRefused(record, header, spans, to);
            case SwitchChangedDecoder.TEMPLATE_ID -> onSwitchChanged(record, header, spans, to);
            case ExecutionChangedDecoder.TEMPLATE_ID -> onExecutionChanged(record, header, spans, to);
            case PolicyDifferenceDecoder.TEMPLATE_ID -> onPolicyDifference(record, header, spans, to);
            case CommandRefusedDecoder.TEMPLATE_ID -> onCommandRefused(record, header, spans, to);
            default ->
            {
                return keyRecords.decode(record, header, spans, to);
            }
        }
        return true;
    }

    private void onAccessTokenAccepted(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        accessTokenAccepted.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, accessTokenAccepted.limit());
        final long expiresNs = accessTokenAccepted.expiresNs();
        final int scopes = accessTokenAccepted.scopes();
        final FieldSink sink = to.begin("AccessTokenAccepted", spans.next8());
        sink.number("sessionId", "session=", accessTokenAccepted.sessionId());
        sink.symbol("expires", "expires=", Instant.ofEpochSecond(
            Math.floorDiv(expiresNs, NANOS_PER_SECOND), Math.floorMod(expiresNs, NANOS_PER_SECOND)).toString());
        sink.number("expiresNs", null, expiresNs);
        sink.symbol("scopes", "scopes=", scopeNames(scopes));
        sink.number("scopeBits", null, scopes);
        sink.text("issuer", "issuer=", spans.next8());
        sink.text("subject", "subject=", spans.next8());
        sink.text("accessTokenId", "access-token=", spans.next8());
    }

    private void onAccessTokenRefused(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        accessTokenRefused.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, accessTokenRefused.limit());
        final FieldSink sink = to.begin("AccessTokenRefused", spans.next8());
        sink.number("sessionId", "session=", accessTokenRefused.sessionId());
        sink.text("why", "why=", spans.next8());
    }

    private void onSwitchChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        switchChanged.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, switchChanged.limit());
        final FieldSink sink = to.begin("SwitchChanged", null);
        sink.symbol("subject", "", switchChanged.subject().name());
        sink.symbol("reach", "", switchChanged.reach().name());
        sink.symbol("isOn", "on=", isTrue(switchChanged.isOn()));
        sink.number("sessionId", "session=", switchChanged.sessionId());
        sink.text("name", "name=", spans.next8());
        sink.text("operatorName", "operator=", spans.next8());
        sink.text("comment", "comment=", spans.next8());
    }

    private void onExecutionChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        executionChanged.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, executionChanged.limit());
        final FieldSink sink = to.begin("ExecutionChanged", spans.next8());
        sink.symbol("isStopped", "stopped=", isTrue(executionChanged.isStopped()));
        sink.number("sessionId", "session=", executionChanged.sessionId());
        sink.text("rule", "rule=", spans.next8());
        sink.text("operatorName", "operator=", spans.next8());
        sink.text("comment", "comment=", spans.next8());
    }

    private void onPolicyDifference(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        policyDifference.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, policyDifference.limit());
        final FieldSink sink = to.begin("PolicyDifference", null);
        sink.hexNumber("policyVersion", "policy=", policyDifference.policyVersion());
        sink.symbol("isDrift", "drift=", isTrue(policyDifference.isDrift()));
        sink.text("operatorName", "operator=", spans.next8());
        sink.text("text", "text=", spans.next16());
    }

    private void onCommandRefused(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        commandRefused.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, commandRefused.limit());
        final FieldSink sink = to.begin("CommandRefused", spans.next8());
        sink.symbol("reason", "", RecordDecoder.reasonName(commandRefused.reason()));
        sink.number("reasonCode", null, commandRefused.reason());
        sink.symbol("command", "command=", commandName(commandRefused.command()));
        sink.number("sessionId", "session=", commandRefused.sessionId());
        sink.number("requestId", "request=", commandRefused.requestId());
        sink.text("why", "why=", spans.next16());
    }

    private static String isTrue(final Flag flag)
    {
        return Flag.TRUE == flag ? "true" : "false";
    }

    private static String commandName(final int templateId)
    {
        return switch (templateId)
        {
            case SetSwitchDecoder.TEMPLATE_ID -> "SetSwitch";
            case ReloadPolicyDecoder.TEMPLATE_ID -> "ReloadPolicy";
            case EnableExecutionDecoder.TEMPLATE_ID -> "EnableExecution";
            case AskSwitchesDecoder.TEMPLATE_ID -> "AskSwitches";
            case SignedCommandDecoder.TEMPLATE_ID -> "SignedCommand";
            default -> "COMMAND_" + templateId;
        };
    }

    private static String scopeNames(final int scopes)
    {
        return 0 == scopes ? "none" : Arrays.stream(Scope.values())
            .filter((scope) -> 0 != (scopes & scope.bit()))
            .map(Scope::configName)
            .collect(Collectors.joining("+"));
    }
}
