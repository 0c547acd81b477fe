package io.countersign.gateway.journal;

import io.countersign.codecs.journal.CommandRefusedEncoder;
import io.countersign.codecs.journal.ExecutionChangedEncoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.PolicyDifferenceEncoder;
import io.countersign.codecs.journal.SwitchChangedEncoder;
import io.countersign.codecs.journal.SwitchReach;
import io.countersign.codecs.journal.SwitchSubject;
import io.countersign.gateway.session.Session;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Encodes what operators do and what the throttle stops. Shares the sequence with {@link JournalPublisher}. Every
 * method returns the sequence of its record, or {@link JournalPublisher#NOT_APPENDED}: then what it says must not take
 * effect. For the gateway thread; off the hot path, allocates.
 */
public final class CommandPublisher
{
    /** Longest text of a refusal or difference in bytes; what is longer is cut. */
    private static final int MAX_TEXT_LENGTH = 4 * 1024;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JournalPublisher publisher;

    /**
     * Construct beside the publisher of requests.
     *
     * @param publisher whose journal and sequence are used.
     */
    public CommandPublisher(final JournalPublisher publisher)
    {
        this.publisher = publisher;
    }

    /**
     * Why nothing is to be recorded that anybody can have as often as he likes.
     *
     * @return a value of the wire's {@code Reason}, NONE when there is room.
     */
    public int refusal()
    {
        return publisher.refusal();
    }

    /**
     * A kill switch is turned.
     *
     * @param entry     what is on or off from here.
     * @param sessionId of the operator, 0 when it is taken over from the life or the day before.
     * @param nowNs     monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long switchChanged(final SwitchEntry entry, final long sessionId, final long nowNs)
    {
        final SwitchChangedEncoder encoder = new SwitchChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(sessionId)
            .subject(SwitchSubject.get((short) entry.subject()))
            .reach(SwitchReach.get((short) entry.reach()))
            .isOn(flag(entry.isOn()))
            .name(entry.name())
            .operatorName(entry.operatorName())
            .comment(entry.comment());
        return publisher.append(buffer, encoder.limit());
    }

    /**
     * A rule is stopped or re-enabled.
     *
     * @param entry     what it is from here.
     * @param sessionId of the operator, 0 when the throttle stops it or it is taken over from the life or day before.
     * @param nowNs     monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long executionChanged(final ExecutionEntry entry, final long sessionId, final long nowNs)
    {
        final ExecutionChangedEncoder encoder = new ExecutionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(sessionId)
            .isStopped(flag(entry.isStopped()))
            .principal(entry.principal())
            .rule(entry.rule())
            .operatorName(entry.operatorName())
            .comment(entry.comment());
        return publisher.append(buffer, encoder.limit());
    }

    /**
     * One thing that a policy is about to change.
     *
     * @param policyVersion of the policy that is about to be in force.
     * @param isDrift       whether something became wider.
     * @param operatorName  who had it read; empty at a start.
     * @param text          what changed, in words.
     * @param nowNs         monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long policyDifference(
        final long policyVersion,
        final boolean isDrift,
        final String operatorName,
        final String text,
        final long nowNs)
    {
        final byte[] bytes = bytes(text);
        final PolicyDifferenceEncoder encoder = new PolicyDifferenceEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .policyVersion(policyVersion)
            .isDrift(flag(isDrift))
            .operatorName(operatorName)
            .putText(bytes, 0, Math.min(bytes.length, MAX_TEXT_LENGTH));
        return publisher.append(buffer, encoder.limit());
    }

    /**
     * A command is refused or has failed.
     *
     * @param session   that it came by.
     * @param requestId of the command.
     * @param command   its template in the wire schema.
     * @param reason    a value of the wire's {@code Reason}.
     * @param why       in words, may be empty.
     * @param nowNs     monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long commandRefused(
        final Session session,
        final long requestId,
        final int command,
        final int reason,
        final String why,
        final long nowNs)
    {
        final byte[] bytes = bytes(why);
        final CommandRefusedEncoder encoder = new CommandRefusedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(session.sessionId())
            .requestId(requestId)
            .command(command)
            .reason(reason)
            .putPrincipal(session.principalName(), 0, session.principalName().length)
            .putWhy(bytes, 0, Math.min(bytes.length, MAX_TEXT_LENGTH));
        return publisher.append(buffer, encoder.limit());
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Flag flag(final boolean isTrue)
    {
        return isTrue ? Flag.TRUE : Flag.FALSE;
    }
}
