/**
 * The rig behind {@code make bench}: sets up tokens and gateways, has bots send, and hands what was measured to the
 * report.
 *
 * <pre>
 *   Bench --provisions--&gt; tokens        Bench --starts, SIGSTOP, SIGTERM--&gt; gateway &lt;= orders =&gt; bots
 *   Bench --steps--&gt; {@link io.countersign.perf.bench.Measurements} --&gt; RunWriter
 *   Bench --starts--&gt; {@link io.countersign.perf.bench.HiccupMeter}
 * </pre>
 *
 * Gateways run in processes of their own with the flags and the script of production. How each number is defined stands
 * where it is taken.
 */
package io.countersign.perf.bench;
