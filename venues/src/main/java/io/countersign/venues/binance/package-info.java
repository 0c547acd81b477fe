/**
 * Binance Spot over REST, as its documentation describes it in {@code rest-api.md} of binance-spot-api-docs, sections
 * "SIGNED request security", "New order", "Cancel order", "Query order" and "Account information".
 * <pre>
 *   BinanceSpotRest ──▶ OrderRules (which fields a request must have, and their ranges)
 *                   ──▶ Parameters (names, values and their order in the query)
 * </pre>
 * Everything goes into the query, in one fixed order, percent-encoded before it is signed. Binance signs query and body
 * put together without a separator, so a body would leave open where the one ends and the other begins.
 * Binding: the signature binds the parameters, not the method and the path (they are for the sender to keep), and there
 * is no nonce: the same request is good again until its recvWindow has passed.
 */
package io.countersign.venues.binance;
