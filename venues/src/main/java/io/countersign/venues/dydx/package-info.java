/**
 * Orders of dYdX v4: messages of the chain in protobuf, in transactions of the Cosmos SDK.
 * <p>
 * Only short-term orders, which live in the memory of validators up to a block that the bot names: the chain does not
 * look at the sequence of their transactions. An order in the state of the chain uses up the next number of its
 * account, and a number that was signed and never sent would stop all that come after it. The chain takes the time in
 * milliseconds in place of that number, which nonces of the gateway would fit; no vector shows it.
 */
package io.countersign.venues.dydx;
