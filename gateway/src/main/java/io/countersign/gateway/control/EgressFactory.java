package io.countersign.gateway.control;

import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.Source;

/**
 * Opens ways back to bots without waiting. For the control agent.
 */
public interface EgressFactory
{
    /**
     * Look where a bot's ingress publication comes from.
     *
     * @param publicationId of the publication.
     * @return its source, or null when it has gone or no reply can go there.
     */
    Source source(long publicationId);

    /**
     * Ask for a way back.
     *
     * @param publicationId of the bot's ingress publication.
     * @param source        that replies go to, from {@link #source}.
     * @return a number to ask with.
     */
    long add(long publicationId, Source source);

    /**
     * Look whether it is there and its bot listens.
     *
     * @param publicationId  that was given to {@link #add}.
     * @param registrationId from {@link #add}.
     * @return the egress, or null when it is not connected yet.
     */
    Egress connected(long publicationId, long registrationId);

    /**
     * Give up what was asked for.
     *
     * @param publicationId  that was given to {@link #add}.
     * @param registrationId from {@link #add}.
     */
    void abandon(long publicationId, long registrationId);
}
