package io.countersign.gateway.control;

import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenConnection;

/**
 * What a token agent may have done to the connection with its token. For the gateway thread.
 */
public interface TokenControl
{
    /**
     * Sign on another lane from here on.
     *
     * @param tokenIndex position of the token in the configuration.
     * @param lane       of a connection on which every key has proven itself.
     */
    void onUseLane(int tokenIndex, SigningLane lane);

    /**
     * Sign no more on a connection that is lost.
     *
     * @param tokenIndex position of the token in the configuration.
     * @param connection whose lane is to be retired.
     */
    void onLoseLane(int tokenIndex, TokenConnection connection);
}
