/**
 * JMH benchmarks of the gateway's parts: what each costs alone, in nanoseconds and bytes allocated. Run with
 * {@code make bench-parts}; the whole is measured elsewhere, from the bot's side and from the journal's stage times.
 */
package io.countersign.perf.parts;
