/**
 * {@code countersign principals}: issues API keys to bots. An API key is written to standard output once and kept
 * nowhere: the token derives it anew whenever the gateway needs it.
 */
package io.countersign.ops.principals;
