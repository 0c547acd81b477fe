package io.countersign.ops.jwks;

/**
 * An answer to a fetch.
 *
 * @param body   of the answer, not checked yet.
 * @param maxAgeS how long the server says that it holds, in seconds, or -1 when it does not say.
 */
record Fetched(byte[] body, long maxAgeS)
{
}
