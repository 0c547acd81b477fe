package io.countersign.client;

import io.aeron.ExclusivePublication;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ChallengeEncoder;
import io.countersign.codecs.wire.CommandDoneEncoder;
import io.countersign.codecs.wire.CommandLineEncoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OutcomeEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionClosedEncoder;
import io.countersign.codecs.wire.SessionEnd;
import io.countersign.codecs.wire.SessionOpenedEncoder;
import io.countersign.codecs.wire.SessionRejectedEncoder;
import io.countersign.codecs.wire.SignedRequestEncoder;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What the scripted gateway knows of one bot, and how it answers it.
 */
public final class Bot
{
    static final long OUTCOME_SEQUENCE = 10;
    static final long SIGN_NS = 8_700;
    static final long TIMESTAMP_MS = 1_700_000_000_123L;
    static final String PATH = "/api/v3/order";
    static final String QUERY = "symbol=BTCUSDT&note=\u00fc&signature=ab12";
    static final String HEADERS = "X-MBX-APIKEY: test\n";
    static final String SIGNATURE = "ab12";

    final ExclusivePublication egress;
    final long sessionId;
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final SignedRequestEncoder signed = new SignedRequestEncoder();
    final OutcomeEncoder outcome = new OutcomeEncoder();
    final SessionClosedEncoder closed = new SessionClosedEncoder();
    final RejectedEncoder rejected = new RejectedEncoder();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
    final FrameAuthenticator toBot;
    final FrameAuthenticator fromBot;
    final byte[] expectedProof;
    long correlationId;
    int maxInFlight = 4_096;
    int idleTimeoutMs = 30_000;
    long deadlineNs = Long.MAX_VALUE;
    long egressSequence;

    private final byte[] path = PATH.getBytes(StandardCharsets.UTF_8);
    private final byte[] query = QUERY.getBytes(StandardCharsets.UTF_8);
    private final byte[] headers = HEADERS.getBytes(StandardCharsets.UTF_8);
    private final byte[] signature = SIGNATURE.getBytes(StandardCharsets.UTF_8);

    Bot(
        final ExclusivePublication egress,
        final long sessionId,
        final HandshakeTranscript transcript,
        final byte[] apiKey)
    {
        this.egress = egress;
        this.sessionId = sessionId;
        toBot = new FrameAuthenticator(transcript.keyToBot(apiKey));
        fromBot = new FrameAuthenticator(transcript.keyToGateway(apiKey));
        expectedProof = transcript.botProof(apiKey);
    }

    void challenge(final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        final ChallengeEncoder challenge = new ChallengeEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(correlationId)
            .putGatewayNonce(gatewayNonce, 0, gatewayNonce.length)
            .putGatewayProof(gatewayProof, 0, gatewayProof.length);
        sendRaw(challenge.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    void open(final long correlationId, final long gatewayStartNs, final int maxFrameLength)
    {
        final SessionOpenedEncoder opened = new SessionOpenedEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(correlationId)
            .sessionId(sessionId)
            .gatewayStartNs(gatewayStartNs)
            .maxFrameLength(maxFrameLength)
            .maxInFlight(maxInFlight)
            .idleTimeoutMs(idleTimeoutMs);
        send(opened.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    void refuse(final long correlationId, final Reason reason)
    {
        final SessionRejectedEncoder refused = new SessionRejectedEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(correlationId)
            .reason(reason);
        sendRaw(refused.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    void sign(final long requestId)
    {
        send(encodeSigned(sessionId, requestId));
    }

    public void reject(final long requestId, final Reason reason, final String rule)
    {
        rejected.wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(42)
            .egressSequence(++egressSequence)
            .reason(reason)
            .field(Field.NULL_VAL)
            .rule(rule);
        send(rejected.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH);
    }

    public void answerCommand(final long requestId, final String... lines)
    {
        sayLines(requestId, lines);
        final CommandDoneEncoder done = new CommandDoneEncoder().wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .egressSequence(++egressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(42);
        send(done.limit());
    }

    public void sayLines(final long requestId, final String... lines)
    {
        for (final String line : lines)
        {
            final CommandLineEncoder encoder = new CommandLineEncoder().wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .egressSequence(++egressSequence)
                .deadlineNs(deadlineNs)
                .requestId(requestId)
                .line(line);
            send(encoder.limit());
        }
    }

    void outcome(final long requestId, final long askedRequestId, final Fate fate, final Reason reason)
    {
        outcome.wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .egressSequence(++egressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .askedRequestId(askedRequestId)
            .recordSequence(42)
            .reason(reason)
            .fate(fate);
        send(outcome.limit());
    }

    void end(final SessionEnd end)
    {
        closed.wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .egressSequence(++egressSequence)
            .deadlineNs(Long.MAX_VALUE)
            .end(end);
        send(closed.limit());
    }

    int encodeSigned(final long sessionId, final long requestId)
    {
        signed.wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .outcomeSequence(OUTCOME_SEQUENCE)
            .timestampMs(TIMESTAMP_MS)
            .signNs(SIGN_NS)
            .egressSequence(++egressSequence)
            .method(Method.POST)
            .putPath(path, 0, path.length)
            .putQuery(query, 0, query.length)
            .putHeaders(headers, 0, headers.length)
            .putBody(path, 0, 0)
            .putSignature(signature, 0, signature.length);
        return signed.encodedLength() + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    void signMessage(final long requestId, final String message)
    {
        signed.wrapAndApplyHeader(buffer, 0, header)
            .sessionId(sessionId)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .outcomeSequence(OUTCOME_SEQUENCE)
            .timestampMs(TIMESTAMP_MS)
            .signNs(SIGN_NS)
            .egressSequence(++egressSequence)
            .method(Method.MESSAGE)
            .path("")
            .query("")
            .headers("")
            .body(message)
            .putSignature(signature, 0, signature.length);
        send(signed.limit());
    }

    /** Sends what lies in the buffer, with a tag behind it. */
    void send(final int length)
    {
        sendRaw(toBot.append(buffer, 0, length));
    }

    void sendRaw(final int length)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (egress.offer(buffer, 0, length) < 0)
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("the client does not read");
            }

            Thread.yield();
        }
    }
}
