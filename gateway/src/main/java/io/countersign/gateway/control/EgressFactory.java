package io.countersign.gateway.control;

import io.countersign.gateway.transport.Egress;

/**
 * Opens ways back to bots without waiting. For the control agent.
 */
public interface EgressFactory
{
    /**
     * Ask for a way back.
     *
     * @param aeronSessionId of the bot's ingress publication.
     * @return a number to ask with.
     */
    long add(int aeronSessionId);

    /**
     * Look whether it is there and its bot listens.
     *
     * @param registrationId from {@link #add}.
     * @return the egress, or null when it is not connected yet.
     */
    Egress connected(long registrationId);

    /**
     * Give up what was asked for.
     *
     * @param registrationId from {@link #add}.
     */
    void abandon(long registrationId);

    /**
     * Whether the bot's ingress publication is still there.
     *
     * @param aeronSessionId of the publication.
     * @return false when it has gone.
     */
    boolean isPresent(int aeronSessionId);
}
