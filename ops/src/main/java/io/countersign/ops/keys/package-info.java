/**
 * Brings tokens and keys into being: {@code countersign token} and {@code countersign keys}. Secrets come from files or
 * standard input, never from arguments, which every user of the machine can read; they are zeroed after use. With
 * {@code --operator} a command looks after the keys of a running gateway; shares and backups of keys are files of here.
 */
package io.countersign.ops.keys;
