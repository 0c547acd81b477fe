/**
 * The load of the rig: a process with one or more bots on one thread, told what to do by lines on its input.
 *
 * <pre>
 *   Bench --lines--&gt; {@link io.countersign.perf.load.LoadBot} --&gt; {@link io.countersign.perf.load.ClosedLoop}
 *                                                          or {@link io.countersign.perf.load.OpenLoop}
 *                                                                --&gt; {@link io.countersign.perf.load.OrderEntry} of
 *                                                                    each bot =&gt; gateway
 *   Bench &lt;--line and histogram file-- LoadBot
 * </pre>
 *
 * A closed loop keeps a fixed number of requests in flight and measures from sending to answer. An open loop sends
 * request n at {@code start + n / rate}, whatever comes back, and measures from that intended time, so that a gateway
 * that stalls has every request counted that would have been sent meanwhile.
 */
package io.countersign.perf.load;
