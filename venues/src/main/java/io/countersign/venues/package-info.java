/**
 * Turns the fields of an order into the exact bytes to sign and to send. Knows nothing of transports, tokens or policy.
 */
package io.countersign.venues;
