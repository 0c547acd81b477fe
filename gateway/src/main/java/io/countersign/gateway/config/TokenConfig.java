package io.countersign.gateway.config;

import io.countersign.hsm.PinSource;

import java.nio.file.Path;

/**
 * A token that holds keys.
 *
 * @param name   what keys, records and counters call it: the label, where the configuration has one token and no list.
 * @param module path of the PKCS#11 library.
 * @param label  CKA token label; tokens are never chosen by slot number.
 * @param pin    where the user's PIN comes from.
 */
public record TokenConfig(String name, Path module, String label, PinSource pin)
{
}
