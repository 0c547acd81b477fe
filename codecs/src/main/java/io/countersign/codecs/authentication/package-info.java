/**
 * How a bot and the gateway prove who they are: API keys as text, the proofs and keys of a handshake, and the tags of
 * frames. The wire schema has the protocol in prose.
 * <p>
 * Knows bytes only, nothing of sessions, tokens or files. HMAC-SHA256 is built on {@link java.security.MessageDigest},
 * because {@code javax.crypto.Mac} allocates 48 bytes with every call.
 */
package io.countersign.codecs.authentication;
