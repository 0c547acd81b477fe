package io.countersign.gateway.config;

import java.nio.file.Path;

/**
 * Which token holds the keys.
 *
 * @param module  path of the PKCS#11 library.
 * @param label   CKA token label; tokens are never chosen by slot number.
 * @param pinFile file with the user PIN that only its owner can read.
 */
public record TokenConfig(Path module, String label, Path pinFile)
{
}
