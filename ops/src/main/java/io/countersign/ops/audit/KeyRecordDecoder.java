package io.countersign.ops.audit;

import io.countersign.codecs.journal.CommandGivenDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.RegisterSavedDecoder;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

import java.util.HexFormat;

/**
 * Reads the records of signed commands and of the register.
 */
final class KeyRecordDecoder
{
    private static final int DIGEST_LENGTH = RegisterSavedDecoder.sha256Length();

    private final CommandGivenDecoder commandGiven = new CommandGivenDecoder();
    private final KeyChangedDecoder keyChanged = new KeyChangedDecoder();
    private final RegisterSavedDecoder registerSaved = new RegisterSavedDecoder();

    /** Adds the fields of a record; null when it is none of these. */
    OperatorRecordDecoder.Decoded decode(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        return switch (header.templateId())
        {
            case CommandGivenDecoder.TEMPLATE_ID -> onCommandGiven(record, header, fields);
            case KeyChangedDecoder.TEMPLATE_ID -> onKeyChanged(record, header, fields);
            case RegisterSavedDecoder.TEMPLATE_ID -> onRegisterSaved(record, header, fields);
            default -> SealRecordDecoder.decode(record, header, fields);
        };
    }

    private OperatorRecordDecoder.Decoded onCommandGiven(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        commandGiven.wrapAndApplyHeader(record, 0, header);
        fields.symbol("reason", "", Reason.NONE.value() == commandGiven.reason() ?
                "done" : RecordDecoder.reasonName(commandGiven.reason()))
            .number("sessionId", "session=", commandGiven.sessionId())
            .number("requestId", "request=", commandGiven.requestId());
        if (CommandGivenDecoder.acceptedNsNullValue() != commandGiven.acceptedNs())
        {
            fields.number("acceptedNs", null, commandGiven.acceptedNs());
        }
        if (CommandGivenDecoder.totpStepNullValue() != commandGiven.totpStep())
        {
            fields.number("totpStep", null, commandGiven.totpStep());
        }
        final String operator = commandGiven.operatorName();
        fields.text("command", "command=", commandGiven.command())
            .text("answer", "answer=", commandGiven.answer());
        return new OperatorRecordDecoder.Decoded("CommandGiven", operator);
    }

    private OperatorRecordDecoder.Decoded onKeyChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        keyChanged.wrapAndApplyHeader(record, 0, header);
        fields.symbol("state", "", keyChanged.state())
            .number("keyVersion", "version=", keyChanged.keyVersion())
            .number("generation", "generation=", keyChanged.generation())
            .number("sessionId", "session=", keyChanged.sessionId())
            .text("key", "key=", keyChanged.alias())
            .text("operatorName", "operator=", keyChanged.operatorName())
            .text("comment", "comment=", keyChanged.comment())
            .text("entry", null, keyChanged.entry());
        return new OperatorRecordDecoder.Decoded("KeyChanged", null);
    }

    private OperatorRecordDecoder.Decoded onRegisterSaved(
        final DirectBuffer record, final MessageHeaderDecoder header, final Fields fields)
    {
        registerSaved.wrapAndApplyHeader(record, 0, header);
        final byte[] digest = new byte[DIGEST_LENGTH];
        for (int i = 0; i < DIGEST_LENGTH; i++)
        {
            digest[i] = (byte) registerSaved.sha256(i);
        }
        fields.number("generation", "generation=", registerSaved.generation())
            .symbol("sha256", "sha256=", HexFormat.of().formatHex(digest));
        return new OperatorRecordDecoder.Decoded("RegisterSaved", null);
    }
}
