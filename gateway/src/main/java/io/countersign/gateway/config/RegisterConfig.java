package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.nio.file.Path;

/**
 * Where the key register is, and by what it is known to be unchanged.
 *
 * @param file            of the register.
 * @param key             HMAC-SHA256 key in the token that the register is sealed with.
 * @param token           name of the token that has it.
 * @param rotationMs      age at which a key is to be rotated, in milliseconds.
 * @param highValueMs     the same for keys of high value.
 * @param overlapMs       how long the version before stays valid after a rotation, in milliseconds.
 */
public record RegisterConfig(Path file, KeySpec key, String token, long rotationMs, long highValueMs, long overlapMs)
{
}
