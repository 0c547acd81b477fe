package io.countersign.gateway;

import io.countersign.codecs.wire.AccessTokenAcceptedDecoder;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.CommandLineDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SessionClosedDecoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A frame from the gateway, decoded.
 *
 * @param templateId    of the frame.
 * @param sessionId     of the session.
 * @param id            request id, or correlation id of an answer to Connect.
 * @param sequence      of the record behind it; the null value where there is none.
 * @param reason        why it was refused, NONE otherwise.
 * @param rule          name of the rule; line of an answer to a command; why a session was closed.
 * @param query         of a signed request.
 * @param signatureText of a signed request.
 * @param timestampMs   of a signed request.
 * @param egressSequence of a reply within a session, 0 otherwise.
 * @param deadlineNs     of a reply within a session, 0 otherwise.
 * @param askedId        of an outcome, 0 otherwise.
 * @param fate           of an outcome; null otherwise.
 * @param nonce         of a challenge, null otherwise.
 */
record Reply(
    int templateId,
    long sessionId,
    long id,
    long sequence,
    Reason reason,
    String rule,
    String query,
    String signatureText,
    long timestampMs,
    long egressSequence,
    long deadlineNs,
    long askedId,
    Fate fate,
    byte[] nonce)
{
    static Reply of(final DirectBuffer buffer, final int offset, final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final Reply reply = switch (header.templateId())
        {
            case SessionOpenedDecoder.TEMPLATE_ID ->
            {
                final SessionOpenedDecoder opened =
                    new SessionOpenedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal(header, opened.sessionId(), opened.correlationId(), opened.gatewayStartNs(),
                    Reason.NONE, "", 0, 0);
            }
            case ChallengeDecoder.TEMPLATE_ID -> challenge(
                new ChallengeDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SessionRejectedDecoder.TEMPLATE_ID ->
            {
                final SessionRejectedDecoder rejected =
                    new SessionRejectedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal(header, 0, rejected.correlationId(), 0, rejected.reason(), "", 0, 0);
            }
            case RejectedDecoder.TEMPLATE_ID ->
            {
                final RejectedDecoder rejected = new RejectedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal(header, rejected.sessionId(), rejected.requestId(), rejected.recordSequence(),
                    rejected.reason(), rejected.rule(), rejected.egressSequence(), rejected.deadlineNs());
            }
            case AccessTokenAcceptedDecoder.TEMPLATE_ID -> accepted(
                header, new AccessTokenAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CommandLineDecoder.TEMPLATE_ID ->
            {
                final CommandLineDecoder line = new CommandLineDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal(header, line.sessionId(), line.requestId(), 0, Reason.NONE, line.line(),
                    line.egressSequence(), line.deadlineNs());
            }
            case CommandDoneDecoder.TEMPLATE_ID ->
            {
                final CommandDoneDecoder done = new CommandDoneDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield refusal(header, done.sessionId(), done.requestId(), done.recordSequence(), Reason.NONE, "",
                    done.egressSequence(), done.deadlineNs());
            }
            case SignedRequestDecoder.TEMPLATE_ID -> signed(
                new SignedRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OutcomeDecoder.TEMPLATE_ID ->
            {
                final OutcomeDecoder outcome = new OutcomeDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Reply(OutcomeDecoder.TEMPLATE_ID, outcome.sessionId(), outcome.requestId(),
                    outcome.recordSequence(), outcome.reason(), "", "", "", 0, outcome.egressSequence(),
                    outcome.deadlineNs(), outcome.askedRequestId(), outcome.fate(), null);
            }
            case SessionClosedDecoder.TEMPLATE_ID ->
            {
                final SessionClosedDecoder closed =
                    new SessionClosedDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Reply(SessionClosedDecoder.TEMPLATE_ID, closed.sessionId(), 0, 0, Reason.NONE,
                    closed.end().name(), "", "", 0, closed.egressSequence(), closed.deadlineNs(), 0, null, null);
            }
            default -> throw new AssertionError("template " + header.templateId());
        };
        if (length <= MessageHeaderDecoder.ENCODED_LENGTH)
        {
            throw new AssertionError("length " + length);
        }
        return reply;
    }

    private static Reply accepted(final MessageHeaderDecoder header, final AccessTokenAcceptedDecoder accepted)
    {
        return refusal(header, accepted.sessionId(), accepted.requestId(), 0, Reason.NONE,
            "scopes " + accepted.scopes(), accepted.egressSequence(), accepted.deadlineNs());
    }

    boolean isSigned()
    {
        return SignedRequestDecoder.TEMPLATE_ID == templateId;
    }

    /** The part of the query that the token was asked to sign. */
    String payload()
    {
        return query.substring(0, query.indexOf("&signature="));
    }

    /** What {@link FakeLane} makes of a payload, in the venue's hexadecimal digits. */
    static String expectedSignature(final String payload)
    {
        return HexFormat.of().formatHex(sha256(payload.getBytes(StandardCharsets.US_ASCII)));
    }

    static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static Reply refusal(
        final MessageHeaderDecoder header,
        final long sessionId,
        final long id,
        final long sequence,
        final Reason reason,
        final String rule,
        final long egressSequence,
        final long deadlineNs)
    {
        return new Reply(header.templateId(), sessionId, id, sequence, reason, rule, "", "", 0, egressSequence,
            deadlineNs, 0, null, null);
    }

    private static Reply challenge(final ChallengeDecoder challenge)
    {
        final byte[] nonce = new byte[ChallengeDecoder.gatewayNonceLength()];
        challenge.getGatewayNonce(nonce, 0, nonce.length);
        return new Reply(ChallengeDecoder.TEMPLATE_ID, 0, challenge.correlationId(), 0, Reason.NONE, "", "", "",
            0, 0, 0, 0, null, nonce);
    }

    private static Reply signed(final SignedRequestDecoder decoder)
    {
        decoder.skipPath();
        final String query = decoder.query();
        decoder.skipHeaders();
        decoder.skipBody();
        return new Reply(
            SignedRequestDecoder.TEMPLATE_ID, decoder.sessionId(), decoder.requestId(), decoder.outcomeSequence(),
            Reason.NONE, "", query, decoder.signature(), decoder.timestampMs(),
            decoder.egressSequence(), decoder.deadlineNs(), 0, null, null);
    }
}
