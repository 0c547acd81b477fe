/**
 * The security score of keys: strength of the algorithm x access control / exposure. What every factor is and what it
 * counts stands in {@code docs/score.md}, so that each number can be computed by hand.
 * <pre>
 *   token     -- TokenKey, Custody ----------------+
 *   policy    -- GrantsReader --&gt; Grants ----------+--&gt; KeyFacts --&gt; KeyScore --&gt; ApplianceScore
 *   register  -- KeyLife, Oversight ---------------+
 * </pre>
 */
package io.countersign.ops.score;
