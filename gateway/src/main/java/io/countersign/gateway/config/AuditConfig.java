package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.nio.file.Path;

/**
 * How the journal is sealed.
 *
 * @param origin         name of the journal in its checkpoints.
 * @param key            audit key: Ed25519 or ECDSA on P-256, for seals only.
 * @param token          name of the token that has it.
 * @param checkpoints    file that each checkpoint is appended to.
 * @param sealIntervalMs longest time until a record is sealed, while the token signs, in milliseconds.
 */
public record AuditConfig(String origin, KeySpec key, String token, Path checkpoints, int sealIntervalMs)
{
}
