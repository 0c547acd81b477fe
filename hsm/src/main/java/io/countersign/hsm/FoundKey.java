package io.countersign.hsm;

/**
 * A key that was found on its token.
 *
 * @param key    as it was asked for.
 * @param object handle, valid as long as the login.
 * @param method how the token signs with it.
 */
record FoundKey(KeySpec key, long object, SigningMethod method)
{
}
