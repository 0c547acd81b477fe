package io.countersign.gateway.config;

import java.nio.file.Path;

/**
 * A token that holds keys.
 *
 * @param name    what keys, records and counters call it: the label, where the configuration has one token and no list.
 * @param module  path of the PKCS#11 library.
 * @param label   CKA token label; tokens are never chosen by slot number.
 * @param pinFile file with the user PIN that only its owner can read.
 */
public record TokenConfig(String name, Path module, String label, Path pinFile)
{
}
