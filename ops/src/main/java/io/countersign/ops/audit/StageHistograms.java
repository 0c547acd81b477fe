package io.countersign.ops.audit;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

import java.io.PrintWriter;

/**
 * The stages of requests that the token was called for, as their Intents and Outcomes tell them, in nanoseconds. For
 * one thread.
 */
final class StageHistograms
{
    private static final long ABSENT = Long.MIN_VALUE;
    private static final long HIGHEST_NS = Integer.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final IntentDecoder intent = new IntentDecoder();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final Long2LongHashMap builtNsByIntent = new Long2LongHashMap(ABSENT);
    private final Histogram decide = new Histogram(HIGHEST_NS, 3);
    private final Histogram build = new Histogram(HIGHEST_NS, 3);
    private final Histogram record = new Histogram(HIGHEST_NS, 3);
    private final Histogram sign = new Histogram(HIGHEST_NS, 3);

    long requests()
    {
        return decide.getTotalCount();
    }

    void onRecord(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        if (IntentDecoder.TEMPLATE_ID == header.templateId())
        {
            intent.wrapAndApplyHeader(buffer, offset, header);
            decide.recordValue(Math.max(0, intent.decidedNs()));
            build.recordValue(Math.max(0, intent.builtNs() - intent.decidedNs()));
            builtNsByIntent.put(intent.sequence(), intent.builtNs());
        }
        else if (OutcomeDecoder.TEMPLATE_ID == header.templateId())
        {
            outcome.wrapAndApplyHeader(buffer, offset, header);
            final long builtNs = builtNsByIntent.remove(outcome.intentSequence());
            if (ABSENT != builtNs)
            {
                record.recordValue(Math.max(0, outcome.submittedNs() - builtNs));
                sign.recordValue(Math.max(0, outcome.signedNs() - outcome.submittedNs()));
            }
        }
    }

    void print(final PrintWriter out)
    {
        out.printf("%-34s %10s %9s %9s %9s %9s %11s%n", "stage, ns", "requests", "p50", "p90", "p99", "p99.9", "max");
        print(out, "copy, authenticate, decide", decide);
        print(out, "build the venue's request", build);
        print(out, "record the intent", record);
        print(out, "sign", sign);
    }

    private static void print(final PrintWriter out, final String stage, final Histogram histogram)
    {
        out.printf("%-34s %10d %9d %9d %9d %9d %11d%n",
            stage,
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(90),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
    }
}
