/**
 * What operators do to keys and to each other, and what the schedule does: the key agent, which owns the key register
 * while the gateway runs. It checks signed commands, asks the tokens' threads for what may be slow, and hands finished
 * updates to the gateway thread, which records and applies them.
 *
 * <pre>
 *   signed command --&gt; authentic, granted? --&gt; wants a second? --yes--&gt; proposal --approved by another--+
 *                            |                       | no                                             |
 *                         refused                    |&lt;-----------------------------------------------+
 *                                                    v
 *       token's thread, where a key is to be made, found or destroyed  --&gt;  update
 *                                                                             |
 *       gateway thread: recorded, in force, answered  &lt;-----------------------+
 *             |
 *             +--&gt; register's file, its anchor in the token, RegisterSaved
 * </pre>
 *
 * Knows nothing of requests, sessions' frames or policy.
 */
package io.countersign.gateway.keys;
