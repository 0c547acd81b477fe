/**
 * The pieces that requests of any venue are written with: bounded off-heap text, decimals, percent-encoding, base64,
 * hexadecimal, JSON strings, instants, UUIDs, query parameters. Knows nothing of orders, venues or keys.
 * <p>
 * Faults are sticky: a writer that had to refuse something remembers the first reason and takes nothing more, so that a
 * request is written without a branch per field and asked once at its end.
 */
package io.countersign.venues.text;
