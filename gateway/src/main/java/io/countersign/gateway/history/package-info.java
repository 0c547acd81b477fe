/**
 * What became of each principal's latest requests, so that none is decided or signed twice.
 *
 * <pre>
 *              refused, denial on record
 *   UNKNOWN ----------------------------------------------&gt; REFUSED
 *      |                                                         ^
 *      | intent on record          the token failed              |
 *      +-----------------&gt; IN_HAND ------------------------------+
 *                             |    the token signed
 *                             +------------------------------&gt; SIGNED (with the reply's bytes, the latest of them)
 *                             |    the life or its journal ended in between
 *                             +------------------------------&gt; INTERRUPTED
 * </pre>
 *
 * A history belongs to the name of a principal: it outlives sessions, policies and, read back from the journal, the
 * gateway. Knows the journal's records and nothing of agents, sessions or Aeron.
 */
package io.countersign.gateway.history;
