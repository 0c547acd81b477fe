package io.countersign.gateway.config;

import io.countersign.hsm.PinSource;

import java.nio.file.Path;

/**
 * Which token holds the keys.
 *
 * @param module path of the PKCS#11 library.
 * @param label  CKA token label; tokens are never chosen by slot number.
 * @param pin    where the user's PIN comes from.
 */
public record TokenConfig(Path module, String label, PinSource pin)
{
}
