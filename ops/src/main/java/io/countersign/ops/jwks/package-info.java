/**
 * {@code countersign jwks}: fetches the public keys of an identity provider for the gateway, which never speaks HTTP
 * itself. What comes from the network is checked whole before it replaces the file that the gateway reads.
 *
 * <pre>
 *   WAITING --time has come--&gt; FETCHING --sound, other than the file--&gt; replaced, told -+
 *      ^                        |   +----sound, the same--------------------------------+
 *      |                        +--------not reached, not sound--&gt; told once -----------+
 *      +----- --every, or max-age of the answer; after an error 1 s, doubling ----------+
 * </pre>
 */
package io.countersign.ops.jwks;
