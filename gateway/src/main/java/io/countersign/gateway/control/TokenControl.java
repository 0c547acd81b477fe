package io.countersign.gateway.control;

import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenConnection;

/**
 * What the token agent may have done to the connection with the token. For the gateway thread.
 */
public interface TokenControl
{
    /**
     * Sign on another lane from here on.
     *
     * @param lane of a connection on which every key has proven itself.
     */
    void onUseLane(SigningLane lane);

    /**
     * Sign no more on a connection that is lost.
     *
     * @param connection whose lane is to be retired.
     */
    void onLoseLane(TokenConnection connection);
}
