/**
 * The protocol: the SBE schemas {@code sbe/wire.xml} and {@code sbe/journal.xml}, which explain it in prose, the codecs
 * generated from them, and what every reader of a frame or record must check before it trusts one.
 * Knows nothing of Aeron, of queues or of keys.
 */
package io.countersign.codecs;
