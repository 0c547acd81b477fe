/**
 * Orders of dYdX v4: messages of the chain in protobuf, in transactions of the Cosmos SDK.
 * <p>
 * Used by nothing but its tests yet: there is no venue, because two things that it needs are known to nobody in the
 * gateway. A short-term order names the block up to which it stands, some twenty after the present one, whose number
 * only the chain can tell; no field of a request has it, and a guess would make orders that are refused, or that stand
 * longer than the bot meant. An order in the state of the chain names a time instead, but uses up the next number of
 * its account, and a number that was signed and never sent would stop all that come after it. The chain is said to take
 * the time in milliseconds in place of that number, which nonces of the gateway would fit; no vector shows it.
 */
package io.countersign.venues.dydx;
