package io.countersign.gateway.control;

import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Egress;

/**
 * What the gateway agent does with the results of handshakes. Called by the gateway thread only.
 */
public interface SessionControl
{
    /**
     * Open a session and tell its bot.
     *
     * @param session with a connected egress.
     */
    void onOpenSession(Session session);

    /**
     * Send a challenge.
     *
     * @param egress        the way back to the bot, connected.
     * @param correlationId of its Connect.
     * @param gatewayNonce  random, used once.
     * @param gatewayProof  that the gateway knows the API key.
     */
    void onChallengeBot(Egress egress, long correlationId, byte[] gatewayNonce, byte[] gatewayProof);

    /**
     * Tell an applicant that it gets no session.
     *
     * @param applicant with the name that it gave itself.
     * @param egress    the way back to it, connected.
     * @param reason    a value of the wire's {@code Reason}.
     */
    void onRefuseSession(Applicant applicant, Egress egress, int reason);

    /**
     * Count a frame of a handshake that was out of place.
     *
     * @param reason a value of the wire's {@code Reason}.
     */
    void onNoise(int reason);

    /**
     * Close the session of a publication that has gone, if it has one.
     *
     * @param publicationId of the publication.
     */
    void onLoseSession(long publicationId);
}
