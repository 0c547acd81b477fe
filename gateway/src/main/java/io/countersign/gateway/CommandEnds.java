package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.CommandPublisher;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.KeyPublisher;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;

import java.util.List;

/**
 * The ends that a command can come to: each is recorded and then answered. For the gateway thread; allocates, but for
 * the refusal of a command that anybody could have sent.
 */
final class CommandEnds
{
    /** Said when a queue between threads is full. */
    static final List<String> BEHIND = List.of("the gateway is behind at this moment: try again");

    private final GatewayClock clock;
    private final GatewayCounters counters;
    private final CommandPublisher commandPublisher;
    private final KeyPublisher keyPublisher;
    private final ReplyDelivery replies;
    private final Noise noise;
    private final CommandAnswers answers;

    CommandEnds(
        final GatewayContext context,
        final JournalPublisher journalPublisher,
        final SessionDesk sessions,
        final ReplyDelivery replies,
        final Noise noise)
    {
        clock = context.clock();
        counters = context.counters();
        commandPublisher = new CommandPublisher(journalPublisher);
        keyPublisher = new KeyPublisher(journalPublisher);
        this.replies = replies;
        this.noise = noise;
        answers = new CommandAnswers(replies, sessions);
    }

    /** Whether one more command could not be answered. */
    boolean isFull()
    {
        return answers.isFull();
    }

    boolean isAnswering(final OperatorCall call)
    {
        return answers.isAnswering(call);
    }

    int publish(final long nowNs)
    {
        return answers.publish(nowNs);
    }

    /** What was to be recorded and was not has not taken effect. */
    void answer(final OperatorCall call, final List<String> lines, final long sequence)
    {
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            refuse(call, Reason.JOURNAL_UNAVAILABLE.value());
        }
        else
        {
            done(call, lines, sequence);
        }
    }

    /** Carried out; a signed command is recorded itself, beside what it did. */
    void done(final OperatorCall call, final List<String> lines, final long sequence)
    {
        final long nowNs = clock.monotonicNs();
        final long given = null == call.signed() ?
            sequence : keyPublisher.commandGiven(call, Reason.NONE.value(), String.join("; ", lines), nowNs);
        answers.add(call, lines, Reason.NONE.value(), given, nowNs);
    }

    void fail(final OperatorCall call, final List<String> why)
    {
        fail(call, Reason.COMMAND_FAILED.value(), why);
    }

    void fail(final OperatorCall call, final int reason, final List<String> why)
    {
        final long nowNs = clock.monotonicNs();
        counters.refused(reason);
        final String text = String.join("; ", why);
        final long sequence = null == call.signed() ?
            commandPublisher.commandRefused(call.session(), call.requestId(), call.command(), reason, text, nowNs) :
            keyPublisher.commandGiven(call, reason, text, nowNs);
        answers.add(call, why, reason, sequence, nowNs);
    }

    void refuse(final OperatorCall call, final int reason)
    {
        if (null == call.signed())
        {
            refuse(call.session(), call.command(), call.requestId(), call.deadlineNs(), reason, call.givenNs());
        }
        else
        {
            fail(call, reason, List.of());
        }
    }

    /** Recorded at a rate: whoever is no operator must not fill the disk with what he is refused. Allocates nothing. */
    void refuse(
        final Session session,
        final int command,
        final long requestId,
        final long deadlineNs,
        final int reason,
        final long nowNs)
    {
        long sequence = JournalPublisher.NOT_APPENDED;
        if (Reason.NONE.value() == commandPublisher.refusal() && session.mayRecordRefusal(nowNs))
        {
            counters.refused(reason);
            sequence = commandPublisher.commandRefused(session, requestId, command, reason, "", nowNs);
        }
        else
        {
            noise.count(reason);
        }
        replies.commandRefused(session, deadlineNs, requestId, sequence, reason);
    }
}
