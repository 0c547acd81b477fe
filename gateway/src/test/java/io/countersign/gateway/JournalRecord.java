package io.countersign.gateway;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of the journal with the fields that tests ask for; what a record does not have is left at its default.
 */
final class JournalRecord
{
    final int templateId;
    final long sequence;
    final long monotonicNs;
    long sessionId;
    long requestId;
    long intentSequence;
    long recordSequence;
    long returnValue;
    int keyVersion;
    int generation;
    Reason reason = Reason.NONE;
    Field field;
    String state = "";
    String token = "";
    String principal = "";
    String key = "";
    String rule = "";
    byte[] frame = {};
    byte[] payload = {};
    byte[] signature = {};
    Map<Reason, Long> noise = new TreeMap<>();

    JournalRecord(final DirectBuffer record)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
        templateId = header.templateId();
        final GatewayStartedDecoder common = new GatewayStartedDecoder().wrap(
            record, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        sequence = common.sequence();
        monotonicNs = common.monotonicNs();
        switch (templateId)
        {
            case IntentDecoder.TEMPLATE_ID -> read(new IntentDecoder().wrapAndApplyHeader(record, 0, header));
            case OutcomeDecoder.TEMPLATE_ID -> read(new OutcomeDecoder().wrapAndApplyHeader(record, 0, header));
            case DenialDecoder.TEMPLATE_ID -> read(new DenialDecoder().wrapAndApplyHeader(record, 0, header));
            case UndeliveredDecoder.TEMPLATE_ID -> read(
                new UndeliveredDecoder().wrapAndApplyHeader(record, 0, header));
            case RedeliveredDecoder.TEMPLATE_ID ->
            {
                final RedeliveredDecoder again = new RedeliveredDecoder().wrapAndApplyHeader(record, 0, header);
                recordSequence = again.recordSequence();
                sessionId = again.sessionId();
                requestId = again.requestId();
                principal = again.principal();
            }
            case NoiseDecoder.TEMPLATE_ID -> read(new NoiseDecoder().wrapAndApplyHeader(record, 0, header));
            case TokenChangedDecoder.TEMPLATE_ID -> read(
                new TokenChangedDecoder().wrapAndApplyHeader(record, 0, header));
            case SessionRefusedDecoder.TEMPLATE_ID -> read(
                new SessionRefusedDecoder().wrapAndApplyHeader(record, 0, header));
            case SessionClosedDecoder.TEMPLATE_ID ->
            {
                final SessionClosedDecoder closed = new SessionClosedDecoder().wrapAndApplyHeader(record, 0, header);
                sessionId = closed.sessionId();
                state = closed.cause().name();
                principal = closed.principal();
            }
            default ->
            {
                // The sequence is enough.
            }
        }
    }

    boolean is(final int template)
    {
        return template == templateId;
    }

    boolean isSigned()
    {
        return is(OutcomeDecoder.TEMPLATE_ID) && Result.SIGNED.name().equals(state);
    }

    String payloadText()
    {
        return new String(payload, StandardCharsets.US_ASCII);
    }

    private void read(final IntentDecoder decoder)
    {
        sessionId = decoder.sessionId();
        requestId = decoder.requestId();
        keyVersion = decoder.keyVersion();
        generation = decoder.tokenGeneration();
        principal = decoder.principal();
        key = decoder.key();
        rule = decoder.rule();
        frame = new byte[decoder.frameLength()];
        decoder.getFrame(frame, 0, frame.length);
        payload = new byte[decoder.payloadLength()];
        decoder.getPayload(payload, 0, payload.length);
    }

    private void read(final OutcomeDecoder decoder)
    {
        intentSequence = decoder.intentSequence();
        sessionId = decoder.sessionId();
        requestId = decoder.requestId();
        returnValue = decoder.returnValue();
        state = decoder.result().name();
        reason = Reason.get(decoder.reason());
        principal = decoder.principal();
        key = decoder.key();
        signature = new byte[decoder.signatureLength()];
        decoder.getSignature(signature, 0, signature.length);
    }

    private void read(final DenialDecoder decoder)
    {
        sessionId = decoder.sessionId();
        requestId = decoder.requestId();
        keyVersion = decoder.keyVersion();
        reason = Reason.get(decoder.reason());
        field = Field.get(decoder.field());
        principal = decoder.principal();
        key = decoder.key();
        rule = decoder.rule();
        frame = new byte[decoder.frameLength()];
        decoder.getFrame(frame, 0, frame.length);
    }

    private void read(final UndeliveredDecoder decoder)
    {
        recordSequence = decoder.recordSequence();
        sessionId = decoder.sessionId();
        requestId = decoder.requestId();
        returnValue = decoder.offerResult();
        principal = decoder.principal();
    }

    private void read(final NoiseDecoder decoder)
    {
        for (final NoiseDecoder.FramesDecoder frames : decoder.frames())
        {
            noise.put(Reason.get(frames.reason()), frames.occurrences());
        }
    }

    private void read(final TokenChangedDecoder decoder)
    {
        generation = decoder.generation();
        returnValue = decoder.returnValue();
        state = decoder.state().name();
        token = decoder.token();
    }

    private void read(final SessionRefusedDecoder decoder)
    {
        reason = Reason.get(decoder.reason());
        decoder.skipIngress();
        principal = decoder.principal();
    }
}
