/**
 * Decides whether a principal may have a request signed. A decision is a pure function of the compiled policy, the
 * ledger and the arguments, so that replaying a journal gives the same decisions bit for bit; the ledger changes by
 * intents, switches and stopped rules, as the journal holds them. Deny by default: a request is allowed by exactly one
 * named rule or refused with the reason of the rule that came nearest.
 *
 * <pre>
 *   key known? &gt; switches &gt; expiry &gt; hours &gt; key's time &gt; access token &gt; then
 *   for each rule, in file order:
 *     key &gt; operation &gt; symbol &gt; side &gt; order type &gt; quantity &gt; price &gt; notional &gt; FITS
 *      | no     | no       | no      | no      | no        | no        | no      | no
 *      +--------+----------+---------+---------+-----------+-----------+---------+---&gt; next rule
 *   none left &gt; DENIED: the furthest question that any rule got to, and that rule's name
 *   FITS &gt; messages &gt; log-ons &gt; not stopped &gt; limits of principal, of rule &gt; throttle &gt; ALLOWED
 *
 *   decide: reads the ledger   ...Intent in the journal...   count: writes it
 *   swap:   any thread: new Ledger(next), LedgerPlan.between(old, next)   gateway thread: next.adopt(old, plan)
 * </pre>
 *
 * Knows nothing of transports, tokens, clocks or the journal.
 */
package io.countersign.gateway.policy;
