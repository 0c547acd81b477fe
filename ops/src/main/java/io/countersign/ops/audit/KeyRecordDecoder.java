package io.countersign.ops.audit;

import io.countersign.codecs.journal.CommandGivenDecoder;
import io.countersign.codecs.journal.KeyChangedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.RegisterSavedDecoder;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

/**
 * Reads the records of signed commands and of the register.
 */
final class KeyRecordDecoder
{
    private final CommandGivenDecoder commandGiven = new CommandGivenDecoder();
    private final KeyChangedDecoder keyChanged = new KeyChangedDecoder();
    private final RegisterSavedDecoder registerSaved = new RegisterSavedDecoder();
    private final Span digest = new Span();

    /** Whether it is one of these. */
    boolean decode(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        switch (header.templateId())
        {
            case CommandGivenDecoder.TEMPLATE_ID -> onCommandGiven(record, header, spans, to);
            case KeyChangedDecoder.TEMPLATE_ID -> onKeyChanged(record, header, spans, to);
            case RegisterSavedDecoder.TEMPLATE_ID -> onRegisterSaved(record, header, to);
            default ->
            {
                return false;
            }
        }
        return true;
    }

    private void onCommandGiven(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        commandGiven.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, commandGiven.limit());
        final FieldSink sink = to.begin("CommandGiven", spans.next8());
        sink.symbol("reason", "", Reason.NONE.value() == commandGiven.reason() ?
            "done" : RecordDecoder.reasonName(commandGiven.reason()));
        sink.number("sessionId", "session=", commandGiven.sessionId());
        sink.number("requestId", "request=", commandGiven.requestId());
        if (CommandGivenDecoder.acceptedNsNullValue() != commandGiven.acceptedNs())
        {
            sink.number("acceptedNs", null, commandGiven.acceptedNs());
        }
        if (CommandGivenDecoder.totpStepNullValue() != commandGiven.totpStep())
        {
            sink.number("totpStep", null, commandGiven.totpStep());
        }
        sink.text("command", "command=", spans.next16());
        sink.text("answer", "answer=", spans.next16());
    }

    private void onKeyChanged(
        final DirectBuffer record, final MessageHeaderDecoder header, final Spans spans, final RecordSink to)
    {
        keyChanged.wrapAndApplyHeader(record, 0, header);
        spans.wrap(record, keyChanged.limit());
        final FieldSink sink = to.begin("KeyChanged", null);
        sink.symbol("state", "", keyChanged.state().name());
        sink.number("keyVersion", "version=", keyChanged.keyVersion());
        sink.number("generation", "generation=", keyChanged.generation());
        sink.number("sessionId", "session=", keyChanged.sessionId());
        sink.text("key", "key=", spans.next8());
        sink.text("operatorName", "operator=", spans.next8());
        sink.text("comment", "comment=", spans.next8());
        sink.text("entry", null, spans.next16());
    }

    private void onRegisterSaved(final DirectBuffer record, final MessageHeaderDecoder header, final RecordSink to)
    {
        registerSaved.wrapAndApplyHeader(record, 0, header);
        final FieldSink sink = to.begin("RegisterSaved", null);
        sink.number("generation", "generation=", registerSaved.generation());
        sink.hex("sha256", "sha256=", digest.wrap(record,
            registerSaved.offset() + RegisterSavedDecoder.sha256EncodingOffset(), RegisterSavedDecoder.sha256Length()));
    }
}
