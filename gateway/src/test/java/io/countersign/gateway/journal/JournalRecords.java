package io.countersign.gateway.journal;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.InterruptedEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.OutcomeEncoder;
import io.countersign.codecs.journal.Result;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes records as a gateway does, with rising sequences.
 */
final class JournalRecords
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Journal journal;
    private long sequence;

    JournalRecords(final Journal journal, final long lastSequence)
    {
        this.journal = journal;
        this.sequence = lastSequence;
    }

    long lastSequence()
    {
        return sequence;
    }

    void skipSequences(final long count)
    {
        sequence += count;
    }

    long started(final long lastSequence, final long tornBytes, final int interrupted)
    {
        final GatewayStartedEncoder encoder = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(1).monotonicNs(2).processId(3).lastSequence(lastSequence)
            .tornBytes(tornBytes).interrupted(interrupted).version("test");
        return append(encoder.encodedLength());
    }

    long intent(final int payloadLength)
    {
        final IntentEncoder encoder = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(1).monotonicNs(2).sessionId(5).requestId(sequence).policyVersion(7)
            .timestampMs(8).keyVersion(1).tokenGeneration(1).decidedNs(10).builtNs(11)
            .nonce(IntentEncoder.nonceNullValue()).binding(Binding.C)
            .principal("bot").key("key").rule("rule").putFrame(new byte[100], 0, 100);
        final byte[] payload = new byte[payloadLength];
        for (int i = 0; i < payloadLength; i++)
        {
            payload[i] = (byte) (sequence + i);
        }

        encoder.putPayload(payload, 0, payloadLength);
        return append(encoder.encodedLength());
    }

    long outcome(final long intentSequence)
    {
        final OutcomeEncoder encoder = new OutcomeEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(1).monotonicNs(2).intentSequence(intentSequence).sessionId(5).requestId(6)
            .returnValue(0).submittedNs(12).signedNs(13).result(Result.SIGNED).reason(0)
            .principal("bot").key("key").putSignature(new byte[32], 0, 32);
        return append(encoder.encodedLength());
    }

    long interrupted(final long intentSequence)
    {
        final InterruptedEncoder encoder = new InterruptedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(1).monotonicNs(2).intentSequence(intentSequence);
        return append(encoder.encodedLength());
    }

    /** What a gateway does first. */
    void startLife(final JournalRecovery recovery)
    {
        final long[] interrupted = recovery.interruptedIntents();
        started(recovery.lastSequence(), recovery.tornBytes(), interrupted.length);
        for (final long intent : interrupted)
        {
            interrupted(intent);
        }
    }

    private long append(final int encodedLength)
    {
        if (!journal.append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength))
        {
            throw new IllegalStateException("journal failed");
        }

        return sequence;
    }
}
