/**
 * Transactions of Ethereum as EIP-1559 defines them.
 * <p>
 * Used by nothing but its tests yet: a transaction is no order, and the wire has no message for one. It is here, and
 * held to the published vectors, for a message that moves assets under the scopes {@code transfer} and
 * {@code withdraw}.
 */
package io.countersign.venues.ethereum;
