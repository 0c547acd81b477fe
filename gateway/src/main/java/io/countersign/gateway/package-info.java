/**
 * The appliance. {@link io.countersign.gateway.Gateway} puts it together and is its entry point; {@link
 * io.countersign.gateway.GatewayAgent} is the one thread that decides, and its {@code doWork} is the one road for a
 * request:
 *
 * <pre>
 *   copy &gt; check &gt; session &gt; deadline &gt; policy &gt; build &gt; intent &gt; token &gt; outcome &gt; reply
 *     |      |        |          |         |        |                |
 *     +------+--------+----------+---------+--------+                +--&gt; failed: outcome, refused
 *          refused: counted, recorded, answered with a reason code
 * </pre>
 *
 * Nothing in the process speaks to a network, and no message asks for bytes to be signed.
 */
package io.countersign.gateway;
