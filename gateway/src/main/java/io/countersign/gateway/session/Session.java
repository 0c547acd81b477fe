package io.countersign.gateway.session;

import io.countersign.gateway.transport.Egress;

/**
 * An open session. Written by the gateway thread only.
 */
public final class Session
{
    private final int aeronSessionId;
    private final long correlationId;
    private final int principalIndex;
    private final byte[] principalName;
    private final Egress egress;
    private long sessionId;
    private long lastRequestId = Long.MIN_VALUE;

    /**
     * Construct a session that has no id yet.
     *
     * @param aeronSessionId of the ingress publication that it is bound to.
     * @param correlationId  that Connect brought and the answer returns.
     * @param principalIndex index in the policy, or negative when the connect is to be refused.
     * @param principalName  UTF-8 bytes.
     * @param egress         the way back.
     */
    public Session(
        final int aeronSessionId,
        final long correlationId,
        final int principalIndex,
        final byte[] principalName,
        final Egress egress)
    {
        this.aeronSessionId = aeronSessionId;
        this.correlationId = correlationId;
        this.principalIndex = principalIndex;
        this.principalName = principalName;
        this.egress = egress;
    }

    /**
     * The ingress publication that this session is bound to.
     *
     * @return Aeron's session id.
     */
    public int aeronSessionId()
    {
        return aeronSessionId;
    }

    /**
     * What Connect brought.
     *
     * @return the correlation id.
     */
    public long correlationId()
    {
        return correlationId;
    }

    /**
     * Who speaks.
     *
     * @return index in the policy.
     */
    public int principalIndex()
    {
        return principalIndex;
    }

    /**
     * Who speaks.
     *
     * @return UTF-8 bytes, not to be written to.
     */
    public byte[] principalName()
    {
        return principalName;
    }

    /**
     * The way back.
     *
     * @return the egress.
     */
    public Egress egress()
    {
        return egress;
    }

    /**
     * The id of this session: the sequence of its record in the journal.
     *
     * @return the id, 0 before it is open.
     */
    public long sessionId()
    {
        return sessionId;
    }

    /**
     * Open the session.
     *
     * @param sessionId sequence of its record in the journal.
     */
    public void open(final long sessionId)
    {
        this.sessionId = sessionId;
    }

    /**
     * Take a request id if it rises.
     *
     * @param requestId of a new request.
     * @return false when it is not above the last one.
     */
    public boolean advanceTo(final long requestId)
    {
        if (requestId <= lastRequestId)
        {
            return false;
        }
        lastRequestId = requestId;
        return true;
    }
}
