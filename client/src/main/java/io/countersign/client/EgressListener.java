package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionEnd;
import org.agrona.DirectBuffer;

/**
 * What {@link EgressAdapter} hands on: replies that have passed every check of their form.
 */
interface EgressListener
{
    void onChallenge(long correlationId, byte[] gatewayNonce, byte[] gatewayProof);

    void onSessionOpened(long correlationId, SessionTerms terms);

    void onSessionRejected(long correlationId, Reason reason);

    void onSigned(long sessionId, long requestId, SignedRequestView signed);

    void onRejected(
        long sessionId, long requestId, long recordSequence, Reason reason, Field field, DirectBuffer rule);

    void onAccessTokenAccepted(long sessionId, long requestId, int scopes, long expiresNs);

    void onOutcome(
        long sessionId, long requestId, long askedRequestId, Fate fate, Reason reason, long recordSequence);

    void onSessionClosed(long sessionId, SessionEnd end);

    void onStrangeReply(Reason reason);

    /** A bot gives no commands, so a line of an answer to one is none that it waits for. */
    default void onCommandLine(final long sessionId, final long requestId, final String line)
    {
        onStrangeReply(Reason.UNKNOWN_TEMPLATE);
    }

    /** As {@link #onCommandLine}. */
    default void onCommandDone(final long sessionId, final long requestId, final long recordSequence)
    {
        onStrangeReply(Reason.UNKNOWN_TEMPLATE);
    }
}
