/**
 * Decisions from the journal: what a life of the gateway takes over from the lives before it, and every decision taken
 * again, under the policy that was in force or under a candidate.
 *
 * <pre>
 *   GatewayStarted &gt; PolicyInForce      a fresh ledger, then {@link io.countersign.gateway.replay.LedgerRecovery}
 *   PolicyInForce while it runs         the ledger goes on under the new policy, as it did then
 *   SwitchChanged, ExecutionChanged     applied to the ledger; for a candidate, its own throttles stop rules
 *   SessionOpened                       for a candidate: whether it grants the session
 *   Intent, Denial                      decided again; what is allowed now is counted
 * </pre>
 *
 * A start also compares its policy with the last PolicyInForce
 * ({@link io.countersign.gateway.replay.PolicyBefore}).
 *
 * Knows the journal, the configuration and policy; nothing of transports, tokens or sessions.
 */
package io.countersign.gateway.replay;
