package io.countersign.ops.audit;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.DecisionReplay;
import io.countersign.gateway.replay.Redecision;
import io.countersign.ops.ExitCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Takes every decision of a journal again, with the policy that was in force, and tells those that come out otherwise.
 * What cannot be told is counted with why: a decision depends on the 24 hours before it, so behind the place where
 * records are missing, a difference of that time may be theirs.
 */
final class Redecider
{
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;
    private static final long MEMORY_NS = TimeUnit.HOURS.toNanos(24);

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DenialDecoder denial = new DenialDecoder();
    private final Map<String, Long> untold = new TreeMap<>();
    private final Redecision redecision;
    private final PrintWriter err;
    private boolean isBegun;
    private boolean isBroken;
    private long wholeFromNs = Long.MIN_VALUE;
    private long decisions;
    private long differences;
    private long uncertain;

    Redecider(final Path directory, final PrintWriter err)
    {
        redecision = new Redecision(directory);
        this.err = err;
    }

    /** Records are missing or unreadable here. */
    void onFault()
    {
        isBroken = true;
    }

    /** Each record in its order; null when it holds no decision, or comes out as it is. */
    Difference onRecord(final JournalReader reader) throws IOException
    {
        final long utcNs = reader.buffer().getLong(reader.offset() + UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (!isBegun)
        {
            isBegun = true;
            isBroken = 1 != reader.sequence();
        }
        if (isBroken)
        {
            isBroken = false;
            wholeFromNs = utcNs + MEMORY_NS;
        }
        final long skipped = redecision.replay().skipped();
        final long unreadable = redecision.replay().unreadable();
        if (isDecidedAgain(reader))
        {
            decisions++;
            return difference(utcNs);
        }
        if (redecision.replay().skipped() > skipped)
        {
            onUntold("of an older version, which does not hold all that a decision depends on", utcNs);
        }
        else if (redecision.replay().unreadable() > unreadable)
        {
            onUntold("with a frame that cannot be read", utcNs);
        }
        else if (Redecision.Hindrance.NONE != redecision.hindrance() && isDecision(reader))
        {
            onUntold(reason(redecision.hindrance()), utcNs);
        }
        return null;
    }

    void printSummary()
    {
        err.println("decisions=" + decisions + " differences=" + differences + " uncertain=" + uncertain +
            " not-taken-again=" + untold());
        if (uncertain > 0)
        {
            err.println("countersign: " + uncertain + " decisions come out otherwise, but records of the 24 hours " +
                "before them are missing");
        }
        untold.forEach((why, count) ->
            err.println("countersign: " + count + " decisions could not be taken again: records " + why));
        err.flush();
    }

    int exitCode()
    {
        return differences > 0 ? ExitCode.WRONG : uncertain + untold() > 0 ? ExitCode.USAGE : ExitCode.OK;
    }

    private boolean isDecidedAgain(final JournalReader reader) throws IOException
    {
        try
        {
            return redecision.onRecord(reader.buffer(), reader.offset());
        }
        catch (final ConfigException ex)
        {
            err.println("countersign: record " + reader.sequence() + ": the policy in force cannot be read: " +
                EscapedText.of(ex.getMessage()));
            return false;
        }
    }

    private Difference difference(final long utcNs)
    {
        final DecisionReplay replay = redecision.replay();
        if (replay.isSameDecision() && replay.isSameRule())
        {
            return null;
        }
        final boolean isCertain = utcNs >= wholeFromNs;
        differences += isCertain ? 1 : 0;
        uncertain += isCertain ? 0 : 1;
        return new Difference(RecordDecoder.reasonName(replay.recordedReason()), replay.recordedRule(),
            RecordDecoder.reasonName(replay.reason()), replay.rule(), isCertain);
    }

    private void onUntold(final String why, final long utcNs)
    {
        untold.merge(why, 1L, Long::sum);
        wholeFromNs = utcNs + MEMORY_NS;
    }

    private long untold()
    {
        return untold.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was refused before policy was asked holds none. */
    private boolean isDecision(final JournalReader reader)
    {
        if (DenialDecoder.TEMPLATE_ID == reader.templateId())
        {
            final int reason = denial.wrapAndApplyHeader(reader.buffer(), reader.offset(), header).reason();
            return reason >= Reason.UNKNOWN_KEY.value() && Reason.GATEWAY_STOPPING.value() != reason;
        }
        return IntentDecoder.TEMPLATE_ID == reader.templateId();
    }

    private static String reason(final Redecision.Hindrance hindrance)
    {
        return switch (hindrance)
        {
            case NO_POLICY -> "before the first PolicyInForce of their life";
            case OLD_POLICY -> "behind a PolicyInForce of an older version, which does not hold the configuration";
            default -> "behind a PolicyInForce that cannot be read";
        };
    }
}
