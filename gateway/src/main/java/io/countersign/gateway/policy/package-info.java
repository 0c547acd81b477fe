/**
 * Decides whether a principal may have a request signed. Pure: a decision depends on the compiled policy and the
 * request's fields alone, so that replaying a journal gives the same decisions bit for bit. Deny by default: a request
 * is allowed by exactly one named rule or refused with the reason of the rule that came nearest.
 *
 * <pre>
 *   key known? &gt; for each rule of the principal, in file order:
 *     key &gt; operation &gt; symbol &gt; side &gt; order type &gt; quantity &gt; price &gt; notional &gt; ALLOWED
 *      | no     | no       | no      | no      | no        | no        | no      | no
 *      +--------+----------+---------+---------+-----------+-----------+---------+---&gt; next rule
 *   none left &gt; DENIED: the furthest question that any rule got to, and that rule's name
 * </pre>
 *
 * Knows nothing of transports, tokens, clocks or the journal.
 */
package io.countersign.gateway.policy;
