package io.countersign.gateway.control;

import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenConnection;

/**
 * What the gateway agent does with finished results. Called by the gateway thread only.
 */
public interface GatewayControl
{
    /**
     * Who takes what concerns sessions.
     *
     * @return always the same.
     */
    SessionControl sessions();

    /**
     * Sign with another lane from now on.
     *
     * @param lane of a proven connection.
     */
    void onUseLane(SigningLane lane);

    /**
     * Sign no more with the lane of a connection that is in trouble, and tell the connection so.
     *
     * @param connection to be closed by its own thread afterwards.
     */
    void onLoseLane(TokenConnection connection);
}
