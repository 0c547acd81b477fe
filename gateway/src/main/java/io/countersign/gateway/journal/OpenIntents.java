package io.countersign.gateway.journal;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.InterruptedDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

import java.nio.ByteOrder;

/**
 * The Intents that the next start of a gateway would find without an Outcome or an Interrupted. It hears the records in
 * their order, and comes to what {@link JournalRecovery} does, which reads them from the other end.
 */
public final class OpenIntents
{
    /** In place of a sequence, when nothing is open. */
    public static final long NONE = Long.MAX_VALUE;

    private static final int BODY = CycleFile.MESSAGE_HEADER_LENGTH;

    private final LongHashSet open = new LongHashSet();
    private long startSequence;
    private long announced;
    private long interrupted;

    /**
     * With nothing open.
     */
    public OpenIntents()
    {
    }

    /**
     * The next record.
     *
     * @param buffer     holds it.
     * @param offset     of its message header.
     * @param length     in bytes, without the checksum.
     * @param templateId of it.
     * @param sequence   of it.
     */
    public void onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        final int body = offset + BODY;
        final int bodyLength = length - BODY;
        if (IntentDecoder.TEMPLATE_ID == templateId)
        {
            open.add(sequence);
        }
        else if (OutcomeDecoder.TEMPLATE_ID == templateId && bodyLength >= OutcomeDecoder.BLOCK_LENGTH)
        {
            open.remove(buffer.getLong(
                body + OutcomeDecoder.intentSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        }
        else if (InterruptedDecoder.TEMPLATE_ID == templateId && bodyLength >= InterruptedDecoder.BLOCK_LENGTH)
        {
            open.remove(buffer.getLong(
                body + InterruptedDecoder.intentSequenceEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
            interrupted++;
            settle();
        }
        else if (GatewayStartedDecoder.TEMPLATE_ID == templateId && bodyLength >= GatewayStartedDecoder.BLOCK_LENGTH)
        {
            startSequence = sequence;
            interrupted = 0;
            announced = buffer.getInt(
                body + GatewayStartedDecoder.interruptedEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            settle();
        }
    }

    /**
     * The oldest of them.
     *
     * @return its sequence, or {@link #NONE}.
     */
    public long oldest()
    {
        long oldest = NONE;
        for (final LongHashSet.LongIterator iterator = open.iterator(); iterator.hasNext();)
        {
            oldest = Math.min(oldest, iterator.nextValue());
        }
        return oldest;
    }

    /** A start that wrote every Interrupted that it announced has looked at all that is before it. */
    private void settle()
    {
        if (startSequence > 0 && interrupted >= announced && !open.isEmpty())
        {
            open.removeIfLong((sequence) -> sequence < startSequence);
        }
    }
}
