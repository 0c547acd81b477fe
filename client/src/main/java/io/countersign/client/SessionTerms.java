package io.countersign.client;

/**
 * What SessionOpened says.
 *
 * @param sessionId      as the gateway gave it.
 * @param gatewayStartNs names the gateway's life.
 * @param maxFrameLength longest frame in bytes that the gateway reads.
 * @param maxInFlight    most requests in hand that the gateway takes.
 * @param idleTimeoutMs  silence in milliseconds after which the gateway closes the session.
 */
record SessionTerms(long sessionId, long gatewayStartNs, int maxFrameLength, int maxInFlight, int idleTimeoutMs)
{
}
