/**
 * A request on its way through the gateway, from the private copy of its frame to its reply.
 *
 * <pre>
 *   FREE --acquire--&gt; COPIED --checked, decided, built, intent appended--&gt; IN TOKEN
 *     ^                  |                                                    |
 *     |                  +-- refused, denial appended, reply --&gt; FREE         +-- complete, outcome appended
 *     +---------------------------------------------------------------- reply --+
 * </pre>
 *
 * Everything here is allocated once. Knows nothing of agents, Aeron or the journal.
 */
package io.countersign.gateway.request;
