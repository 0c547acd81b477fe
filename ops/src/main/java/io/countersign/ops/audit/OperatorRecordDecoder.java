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
import java.util.HexFormat;
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

    /**
     * What the columns of a line show.
     *
     * @param type      of the record.
     * @param principal that it names, or null.
     */
    record Decoded(String type, String principal)
    {
    }

    /** Adds the fields of a record; null when it is none of these. */
    Decoded decode(final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        return switch (header.templateId())
        {
            case AccessTokenAcceptedDecoder.TEMPLATE_ID -> onAccessTokenAccepted(record, header, fields);
            case AccessTokenRefusedDecoder.TEMPLATE_ID -> onAccessTokenRefused(record, header, fields);
            case SwitchChangedDecoder.TEMPLATE_ID -> onSwitchChanged(record, header, fields);
            case ExecutionChangedDecoder.TEMPLATE_ID -> onExecutionChanged(record, header, fields);
            case PolicyDifferenceDecoder.TEMPLATE_ID -> onPolicyDifference(record, header, fields);
            case CommandRefusedDecoder.TEMPLATE_ID -> onCommandRefused(record, header, fields);
            default -> keyRecords.decode(record, header, fields);
        };
    }

    private Decoded onAccessTokenAccepted(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        accessTokenAccepted.wrapAndApplyHeader(record, 0, header);
        final long expiresNs = accessTokenAccepted.expiresNs();
        final int scopes = accessTokenAccepted.scopes();
        fields.number("sessionId", "session=", accessTokenAccepted.sessionId())
            .symbol("expires", "expires=", Instant.ofEpochSecond(
                Math.floorDiv(expiresNs, NANOS_PER_SECOND), Math.floorMod(expiresNs, NANOS_PER_SECOND)))
            .number("expiresNs", null, expiresNs)
            .symbol("scopes", "scopes=", scopeNames(scopes))
            .number("scopeBits", null, scopes);
        final String principal = accessTokenAccepted.principal();
        fields.text("issuer", "issuer=", accessTokenAccepted.issuer())
            .text("subject", "subject=", accessTokenAccepted.subject())
            .text("accessTokenId", "access-token=", accessTokenAccepted.accessTokenId());
        return new Decoded("AccessTokenAccepted", principal);
    }

    private Decoded onAccessTokenRefused(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        accessTokenRefused.wrapAndApplyHeader(record, 0, header);
        fields.number("sessionId", "session=", accessTokenRefused.sessionId());
        final String principal = accessTokenRefused.principal();
        fields.text("why", "why=", accessTokenRefused.why());
        return new Decoded("AccessTokenRefused", principal);
    }

    private Decoded onSwitchChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        switchChanged.wrapAndApplyHeader(record, 0, header);
        fields.symbol("subject", "", switchChanged.subject())
            .symbol("reach", "", switchChanged.reach())
            .symbol("isOn", "on=", isTrue(switchChanged.isOn()))
            .number("sessionId", "session=", switchChanged.sessionId())
            .text("name", "name=", switchChanged.name())
            .text("operatorName", "operator=", switchChanged.operatorName())
            .text("comment", "comment=", switchChanged.comment());
        return new Decoded("SwitchChanged", null);
    }

    private Decoded onExecutionChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        executionChanged.wrapAndApplyHeader(record, 0, header);
        fields.symbol("isStopped", "stopped=", isTrue(executionChanged.isStopped()))
            .number("sessionId", "session=", executionChanged.sessionId());
        final String principal = executionChanged.principal();
        fields.text("rule", "rule=", executionChanged.rule())
            .text("operatorName", "operator=", executionChanged.operatorName())
            .text("comment", "comment=", executionChanged.comment());
        return new Decoded("ExecutionChanged", principal);
    }

    private Decoded onPolicyDifference(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        policyDifference.wrapAndApplyHeader(record, 0, header);
        fields.symbol("policyVersion", "policy=", HexFormat.of().toHexDigits(policyDifference.policyVersion()))
            .symbol("isDrift", "drift=", isTrue(policyDifference.isDrift()))
            .text("operatorName", "operator=", policyDifference.operatorName())
            .text("text", "text=", policyDifference.text());
        return new Decoded("PolicyDifference", null);
    }

    private Decoded onCommandRefused(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        commandRefused.wrapAndApplyHeader(record, 0, header);
        fields.symbol("reason", "", RecordDecoder.reasonName(commandRefused.reason()))
            .number("reasonCode", null, commandRefused.reason())
            .symbol("command", "command=", commandName(commandRefused.command()))
            .number("sessionId", "session=", commandRefused.sessionId())
            .number("requestId", "request=", commandRefused.requestId());
        final String principal = commandRefused.principal();
        fields.text("why", "why=", commandRefused.why());
        return new Decoded("CommandRefused", principal);
    }

    private static boolean isTrue(final Flag flag)
    {
        return Flag.TRUE == flag;
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
