/**
 * The {@code countersign} command: its entrance, its exit codes and how it reports errors, in one line and without
 * stack traces. Each subcommand has a package of its own and may know the gateway's journal, configuration and
 * counters, and the token; nothing here runs inside the gateway.
 */
package io.countersign.ops;
