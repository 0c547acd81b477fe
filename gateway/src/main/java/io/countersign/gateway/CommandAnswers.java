package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.wire.CommandDoneEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.ReplyPublisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Answers to commands, a few lines per duty cycle: a long one must not hold up requests, nor an operator that does not
 * read the others. For the gateway thread.
 */
final class CommandAnswers
{
    /** Most answers that wait; commands above it are refused. */
    static final int CAPACITY = 64;

    private static final int LINES_PER_CYCLE = 4;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Deque<Answer> waiting = new ArrayDeque<>(CAPACITY);
    private final ReplyDelivery replies;
    private final SessionDesk sessions;

    /** An answer under way. */
    private static final class Answer
    {
        private final OperatorCall call;
        private final List<String> lines;
        private final int reason;
        private final long recordSequence;
        private long awaitedSequence;
        private int next;
        private long progressNs;

        Answer(final OperatorCall call, final List<String> lines, final int reason, final long recordSequence)
        {
            this.call = call;
            this.lines = lines;
            this.reason = reason;
            this.recordSequence = recordSequence;
        }
    }

    CommandAnswers(final ReplyDelivery replies, final SessionDesk sessions)
    {
        this.replies = replies;
        this.sessions = sessions;
    }

    boolean isFull()
    {
        return waiting.size() >= CAPACITY;
    }

    boolean isAnswering(final OperatorCall call)
    {
        return null != call && waiting.stream().anyMatch((answer) -> answer.call == call);
    }

    /** Lines and then CommandDone, or Rejected where there is a reason. */
    void add(
        final OperatorCall call,
        final List<String> lines,
        final int reason,
        final long recordSequence,
        final long nowNs)
    {
        final Answer answer = new Answer(call, lines, reason, recordSequence);
        answer.progressNs = nowNs;
        answer.awaitedSequence = replies.lastSequence();
        waiting.add(answer);
    }

    int publish(final long nowNs)
    {
        final Answer answer = waiting.poll();
        if (null == answer)
        {
            return 0;
        }
        if (!sessions.isOpen(answer.call.session()))
        {
            return 1;
        }
        if (!replies.isSettled(answer.awaitedSequence))
        {
            answer.progressNs = nowNs;
            waiting.add(answer);
            return 0;
        }
        if (replies.isLost(answer.awaitedSequence))
        {
            replies.commandRejected(
                answer.call, CommandDoneEncoder.recordSequenceNullValue(), Reason.JOURNAL_UNAVAILABLE.value());
            return 1;
        }
        int workCount = 0;
        long result = 1;
        while (result > 0 && answer.next < answer.lines.size() && workCount < LINES_PER_CYCLE)
        {
            result = replies.commandLine(answer.call, cut(answer.lines.get(answer.next)));
            answer.next += result > 0 ? 1 : 0;
            workCount++;
        }
        boolean isEnded = false;
        if (result > 0 && answer.next == answer.lines.size())
        {
            result = end(answer);
            isEnded = result > 0;
        }
        if (result > 0)
        {
            answer.progressNs = nowNs;
        }
        if (!isEnded)
        {
            goOn(answer, result, nowNs);
        }
        return workCount;
    }

    private long end(final Answer answer)
    {
        final boolean isRecorded = JournalPublisher.NOT_APPENDED != answer.recordSequence;
        final long sequence = isRecorded ? answer.recordSequence : CommandDoneEncoder.recordSequenceNullValue();
        return Reason.NONE.value() == answer.reason ?
            replies.commandDone(answer.call, sequence) :
            replies.commandRejected(answer.call, sequence, answer.reason);
    }

    private void goOn(final Answer answer, final long result, final long nowNs)
    {
        final boolean mayCome = result > 0 || Publication.BACK_PRESSURED == result ||
            Publication.ADMIN_ACTION == result;
        if (mayCome && nowNs - answer.progressNs < TIMEOUT_NS)
        {
            waiting.add(answer);
        }
        else
        {
            final Session session = answer.call.session();
            replies.undelivered(session, answer.call.requestId(), answer.recordSequence, result);
        }
    }

    private static byte[] cut(final String line)
    {
        final byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, ReplyPublisher.MAX_LINE_LENGTH);
        while (length < bytes.length && length > 0 && 0x80 == (bytes[length] & 0xC0))
        {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
