/**
 * Sessions: which principal speaks on which ingress publication.
 *
 * <pre>
 *              Connect                        control agent                     gateway agent
 *   (none) ------------------&gt; OPENING ---- egress connected ----&gt; OPEN ---- Disconnect ----------&gt; (none)
 *                                 |                                  |  ---- publication gone ----&gt; (none)
 *                                 |                                  |  ---- gateway stops -------&gt; (none)
 *                                 +-- unknown principal, limit --&gt; refused, answered, (none)
 *                                 +-- egress not connected in time -&gt; dropped, (none)
 * </pre>
 *
 * A session belongs to the gateway agent from OPEN on. Knows nothing of keys, venues or the journal.
 */
package io.countersign.gateway.session;
