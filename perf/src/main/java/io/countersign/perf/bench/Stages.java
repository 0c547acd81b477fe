package io.countersign.perf.bench;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.perf.load.RequestLog;
import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stages of single requests: the gateway's own clock reads, as its journal has them, between the bot's, on the
 * monotonic clock that both share. The stages of one request add up to its round trip.
 * <ul>
 * <li>{@code send}: the bot fills in, tags and sends the order; Aeron; the gateway's thread turns to its ingress.</li>
 * <li>{@code copy+authenticate+policy}: copy out of shared memory, tag, sequence, deadline, session, known ids, the
 * whole policy; one stage, since the gateway reads the clock at its end only.</li>
 * <li>{@code build}: nonce, timestamp, the venue's request and the bytes to sign.</li>
 * <li>{@code intent}: the intent is appended to the journal, limits are counted.</li>
 * <li>{@code sign}: {@code C_SignInit} and {@code C_Sign}.</li>
 * <li>{@code outcome+reply}: the signature into the request, the outcome appended, the reply tagged and sent; Aeron;
 * the bot checks and has it.</li>
 * </ul>
 */
final class Stages
{
    private static final String[] NAMES =
        {"send", "copy+authenticate+policy", "build", "intent", "sign", "outcome+reply"};
    private static final long ABSENT = Long.MIN_VALUE;
    private static final int TIMES = 5;

    private final RequestLog log;
    private final Long2LongHashMap indexByRequestId = new Long2LongHashMap(ABSENT);
    private final Long2LongHashMap indexByIntent = new Long2LongHashMap(ABSENT);
    private final long[] times;
    private int found;
    private final Map<String, Histogram> histogramByStage = new LinkedHashMap<>();

    /** Of the requests of one bot. */
    Stages(final RequestLog log)
    {
        this.log = log;
        times = new long[log.count() * TIMES];
        for (int i = 0; i < log.count(); i++)
        {
            indexByRequestId.put(log.requestId(i), i);
        }
        for (final String name : NAMES)
        {
            histogramByStage.put(name, Latencies.newHistogram());
        }
    }

    /** Histograms by the names of their stages, in their order. */
    Map<String, Histogram> histograms()
    {
        return histogramByStage;
    }

    /** Reads a journal that is complete, for the stages of several bots' requests. */
    static void read(final Path journal, final Iterable<Stages> stages) throws IOException
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final IntentDecoder intent = new IntentDecoder();
        final OutcomeDecoder outcome = new OutcomeDecoder();
        try (JournalReader reader = new JournalReader(journal))
        {
            JournalReader.Event event = reader.poll();
            while ((JournalReader.Event.RECORD == event || JournalReader.Event.GAP == event) && isWanting(stages))
            {
                header.wrap(reader.buffer(), reader.offset());
                if (IntentDecoder.TEMPLATE_ID == header.templateId())
                {
                    intent.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    stages.forEach((one) -> one.onIntent(intent));
                }
                else if (OutcomeDecoder.TEMPLATE_ID == header.templateId())
                {
                    outcome.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    stages.forEach((one) -> one.onOutcome(outcome));
                }
                event = reader.poll();
            }
        }
    }

    private static boolean isWanting(final Iterable<Stages> stages)
    {
        boolean isWanting = false;
        for (final Stages one : stages)
        {
            isWanting |= one.found < one.log.count();
        }
        return isWanting;
    }

    private void onIntent(final IntentDecoder intent)
    {
        final long index = indexByRequestId.get(intent.requestId());
        if (ABSENT != index)
        {
            indexByIntent.put(intent.sequence(), index);
            final int first = (int) index * TIMES;
            // The record is stamped when the payload was built; stages count from the gateway's turn.
            times[first] = intent.monotonicNs() - intent.builtNs();
            times[first + 1] = times[first] + intent.decidedNs();
            times[first + 2] = intent.monotonicNs();
        }
    }

    private void onOutcome(final OutcomeDecoder outcome)
    {
        final long index = indexByIntent.remove(outcome.intentSequence());
        if (ABSENT != index)
        {
            found++;
            final int first = (int) index * TIMES;
            times[first + 3] = times[first] + outcome.submittedNs();
            times[first + 4] = times[first] + outcome.signedNs();
            long beforeNs = log.sentNs((int) index);
            for (int i = 0; i < TIMES; i++)
            {
                record(NAMES[i], times[first + i] - beforeNs);
                beforeNs = times[first + i];
            }
            record(NAMES[TIMES], log.answeredNs((int) index) - beforeNs);
        }
    }

    private void record(final String stage, final long tookNs)
    {
        histogramByStage.get(stage).recordValue(Math.max(0, tookNs));
    }
}
