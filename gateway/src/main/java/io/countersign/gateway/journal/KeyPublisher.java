package io.countersign.gateway.journal;

import io.countersign.codecs.journal.CommandGivenEncoder;
import io.countersign.codecs.journal.KeyChangedEncoder;
import io.countersign.codecs.journal.KeyState;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.RegisterSavedEncoder;
import io.countersign.gateway.control.KeyUpdate;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.RegisterMark;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Encodes what operators sign and what is done to keys. Shares the sequence with {@link JournalPublisher}. Every method
 * returns the sequence of its record, or {@link JournalPublisher#NOT_APPENDED}: then what it says must not take effect.
 * For the gateway thread; off the hot path, allocates.
 */
public final class KeyPublisher
{
    /** Longest answer of a command in bytes; what is longer is cut. */
    private static final int MAX_ANSWER_LENGTH = 4 * 1024;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JournalPublisher publisher;

    /**
     * Construct beside the publisher of requests.
     *
     * @param publisher whose journal and sequence are used.
     */
    public KeyPublisher(final JournalPublisher publisher)
    {
        this.publisher = publisher;
    }

    /**
     * A signed command was given.
     *
     * @param call   with what was found of it.
     * @param reason a value of the wire's {@code Reason}: NONE when it was carried out.
     * @param answer in words, may be empty.
     * @param nowNs  monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long commandGiven(final OperatorCall call, final int reason, final String answer, final long nowNs)
    {
        final OperatorCall.Signed signed = call.signed();
        final byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        final CommandGivenEncoder encoder = new CommandGivenEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(call.sessionId())
            .requestId(call.requestId())
            .acceptedNs(OperatorCall.NOT_ACCEPTED == signed.acceptedNs() ?
                CommandGivenEncoder.acceptedNsNullValue() : signed.acceptedNs())
            .totpStep(OperatorCall.NO_STEP == signed.totpStep() ?
                CommandGivenEncoder.totpStepNullValue() : signed.totpStep())
            .reason(reason)
            .operatorName(call.operatorName())
            .command(signed.text())
            .putAnswer(bytes, 0, Math.min(bytes.length, MAX_ANSWER_LENGTH));
        return publisher.append(buffer, encoder.limit());
    }

    /**
     * A key version is about to be as its entry says.
     *
     * @param update that it is part of.
     * @param entry  as it is to be.
     * @param line   of the register, without its tag.
     * @param nowNs  monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long keyChanged(final KeyUpdate update, final KeyEntry entry, final String line, final long nowNs)
    {
        final KeyChangedEncoder encoder = new KeyChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .sessionId(update.sessionId())
            .generation(update.generation())
            .keyVersion(entry.version())
            .state(KeyState.valueOf(entry.state().name()))
            .alias(entry.alias())
            .operatorName(update.operatorName())
            .comment(update.comment())
            .entry(line);
        return publisher.append(buffer, encoder.limit());
    }

    /**
     * The register's file holds everything up to a generation.
     *
     * @param mark  generation and digest of the file.
     * @param nowNs monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long registerSaved(final RegisterMark mark, final long nowNs)
    {
        final RegisterSavedEncoder encoder = new RegisterSavedEncoder().wrapAndApplyHeader(buffer, 0, header);
        final byte[] digest = HexFormat.of().parseHex(mark.digest());
        encoder.sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .generation(mark.generation());
        for (int i = 0; i < digest.length; i++)
        {
            encoder.sha256(i, (short) (digest[i] & 0xFF));
        }
        return publisher.append(buffer, encoder.limit());
    }
}
