package io.countersign.gateway;

/**
 * How many sessions there may be, and what each may have.
 *
 * @param maxSessions             most sessions at one time; {@link #OPERATOR_PLACES} more are kept for operators.
 * @param maxSessionsPerPrincipal most sessions of one principal at one time.
 * @param maxInFlight             most requests of one session in the token's hands.
 * @param idleTimeoutMs           silence after which a session is closed, in milliseconds.
 * @param maxInHand               most requests in hand at one time, of all sessions.
 */
record SessionLimits(
    int maxSessions, int maxSessionsPerPrincipal, int maxInFlight, int idleTimeoutMs, int maxInHand)
{
    /** Requests in hand of all sessions. */
    static final int MAX_IN_HAND = 256;

    /** Places that bots cannot take: whoever is to stop them gets in. */
    static final int OPERATOR_PLACES = 16;

    /** What is in force where nothing else is configured. */
    static final SessionLimits DEFAULT = new SessionLimits(256, 32, 64, 30_000, MAX_IN_HAND);

    /**
     * Ingress publications that one ingress may have: as many handshakes as sessions may be under way beside them.
     */
    int maxPublications()
    {
        return 2 * (maxSessions + OPERATOR_PLACES);
    }
}
