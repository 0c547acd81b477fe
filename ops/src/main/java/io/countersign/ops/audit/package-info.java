/**
 * Reads the audit journal for people: {@code countersign audit}. It knows the journal's reader and the schemas, and
 * nothing of a running gateway. Whatever a bot wrote is untrusted text and is escaped before it reaches a terminal.
 */
package io.countersign.ops.audit;
