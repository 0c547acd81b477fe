/**
 * Venues that a profile describes: what it says as immutable records, and the program that it is compiled to.
 * <pre>
 *   YAML ──reader──▶ Profile ──ProfileCompiler──▶ ProfileVenue: a Program per operation
 *                                                   build:  path, query, body, headers and what is to be signed
 *                                                   finish: the signature, and what stands behind it
 * </pre>
 * A program is an array of numbers and constants that one switch runs. It writes every output once and from its first
 * byte to its last; what stands behind the signature waits in {@code VenueRequest.tail()} until the token has signed.
 */
package io.countersign.venues.profile;
