package io.countersign.gateway.control;

import io.countersign.gateway.session.Session;
import io.countersign.hsm.SigningLane;

/**
 * What the gateway agent does with finished results. Called by the gateway thread only.
 */
public interface GatewayControl
{
    /**
     * Open a session and tell its bot.
     *
     * @param session with a connected egress.
     */
    void onOpenSession(Session session);

    /**
     * Tell a sender that it gets no session.
     *
     * @param session with a connected egress and the name that its sender gave.
     * @param reason  a value of the wire's {@code Reason}.
     */
    void onRefuseSession(Session session, int reason);

    /**
     * Close the session of a publication that has gone, if it has one.
     *
     * @param aeronSessionId of the publication.
     */
    void onLoseSession(int aeronSessionId);

    /**
     * Sign with another lane from now on.
     *
     * @param lane of a proven connection.
     */
    void onUseLane(SigningLane lane);
}
