/**
 * Transactions of Ethereum and chains like it as EIP-1559 defines them: a venue whose requests move what an account has
 * under the scope {@code transfer}, and the encoder that it writes them with.
 */
package io.countersign.venues.ethereum;
