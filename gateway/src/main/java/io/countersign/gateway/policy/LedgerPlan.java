package io.countersign.gateway.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a ledger finds its accounts in the ledger of the policy before: computed by any thread, so that the gateway
 * thread only moves references. Immutable.
 */
public final class LedgerPlan
{
    static final int NEW = -1;

    final Policy old;
    final Policy next;
    final int[] windowFrom;
    final int[] bucketFrom;

    private LedgerPlan(final Policy old, final Policy next)
    {
        this.old = old;
        this.next = next;
        windowFrom = new int[next.accounts().length];
        bucketFrom = new int[next.principalCount()];
        final Map<Object, Integer> oldAccounts = new HashMap<>();
        for (int i = 0; i < old.accounts().length; i++)
        {
            oldAccounts.put(old.accounts()[i].identity(), i);
        }
        for (int i = 0; i < windowFrom.length; i++)
        {
            windowFrom[i] = oldAccounts.getOrDefault(next.accounts()[i].identity(), NEW);
        }
        Arrays.fill(bucketFrom, NEW);
        for (int i = 0; i < bucketFrom.length; i++)
        {
            final int from = old.principalIndex(next.principalName(i));
            if (TextTable.ABSENT != from && isOne(old.principal(from), next.principal(i)))
            {
                bucketFrom[i] = from;
            }
        }
    }

    /**
     * Plan a swap.
     *
     * @param old  policy that is in force.
     * @param next policy that is to follow.
     * @return the plan for {@link Ledger#adopt}.
     */
    public static LedgerPlan between(final Policy old, final Policy next)
    {
        return new LedgerPlan(old, next);
    }

    private static boolean isOne(final Principal old, final Principal next)
    {
        return null != old.messages && null != next.messages && old.messages.perNs() == next.messages.perNs();
    }
}
