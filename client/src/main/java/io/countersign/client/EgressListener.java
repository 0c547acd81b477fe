package io.countersign.client;

import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

/**
 * What {@link EgressAdapter} hands on: replies that have passed every check of their form.
 */
interface EgressListener
{
    void onChallenge(long correlationId, byte[] gatewayNonce, byte[] gatewayProof);

    void onSessionOpened(long correlationId, long sessionId, long gatewayStartNs, int maxFrameLength);

    void onSessionRejected(long correlationId, Reason reason);

    void onSigned(long sessionId, long requestId, SignedRequestView signed);

    void onRejected(long sessionId, long requestId, long recordSequence, Reason reason, DirectBuffer rule);

    void onStrangeReply(Reason reason);
}
