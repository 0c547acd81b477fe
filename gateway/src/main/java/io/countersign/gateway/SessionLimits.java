package io.countersign.gateway;

/**
 * How many sessions there may be, and what each may have.
 *
 * @param maxSessions             most sessions at one time; {@link #OPERATOR_PLACES} more are kept for operators.
 * @param maxSessionsPerPrincipal most sessions of one principal at one time.
 * @param maxInFlight             most requests of one session in the token's hands.
 * @param idleTimeoutMs           silence after which a session is closed, in milliseconds.
 */
record SessionLimits(int maxSessions, int maxSessionsPerPrincipal, int maxInFlight, int idleTimeoutMs)
{
    /** Places that bots cannot take: whoever is to stop them gets in. */
    static final int OPERATOR_PLACES = 16;

    /** What is in force where nothing else is configured. */
    static final SessionLimits DEFAULT = new SessionLimits(256, 32, 64, 30_000);

    /**
     * Ingress publications that one ingress may have: as many handshakes as sessions may be under way beside them.
     */
    int maxPublications()
    {
        return 2 * (maxSessions + OPERATOR_PLACES);
    }
}
