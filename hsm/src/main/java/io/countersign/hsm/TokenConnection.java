package io.countersign.hsm;

/**
 * A signing session with keys that have been found, checked and proven. It ends when its lane breaks; the connector
 * then makes a new one with a higher generation, and handles of the old one are worth nothing.
 */
public final class TokenConnection implements AutoCloseable
{
    private final TokenConnector connector;
    private final TokenSession session;
    private final InlineSigningLane lane;
    private boolean closed;

    /**
     * A connection that is ready to sign.
     *
     * @param connector that made it.
     * @param session   of its own.
     * @param lane      on the session.
     */
    TokenConnection(final TokenConnector connector, final TokenSession session, final InlineSigningLane lane)
    {
        this.connector = connector;
        this.session = session;
        this.lane = lane;
    }

    /**
     * Tells connections of one connector apart.
     *
     * @return 1 for the first, rising by one.
     */
    public int generation()
    {
        return lane.generation();
    }

    /**
     * The lane that signs on the thread that submits.
     *
     * @return always the same lane; one thread at a time uses it.
     */
    public SigningLane inlineLane()
    {
        return lane;
    }

    /**
     * Close the signing session. On the connector's thread, after the lane's thread has made its last call.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            lane.retire();
            session.close();
            connector.onClosed(this);
        }
    }
}
