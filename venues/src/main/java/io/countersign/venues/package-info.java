/**
 * Turns the fields of an order into the exact bytes to sign and to send. Knows nothing of transports, tokens or policy.
 * <pre>
 *   wire frame ──OrderAdapter──▶ Order ──Venue.build──▶ VenueRequest.payload ──(token)──▶ signature
 *                                                                                            │
 *                                   VenueRequest, ready to send ◀──────Venue.finish──────────┘
 * </pre>
 * What is signed is what is sent: the payload lies in the request's own buffer and is never written a second time.
 */
package io.countersign.venues;
