/**
 * Brings tokens and keys into being: {@code countersign token} and {@code countersign keys}. Secrets come from files or
 * standard input, never from arguments, which every user of the machine can read; they are zeroed after use.
 */
package io.countersign.ops.keys;
