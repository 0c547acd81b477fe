package io.countersign.gateway.keys;

import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyUse;
import io.countersign.gateway.register.Register;

import java.util.ArrayList;
import java.util.List;

/**
 * How often keys have signed, from the gateway thread's counts by alias to the register's by version. For the key
 * agent.
 */
final class KeyUses
{
    private final KeyProxy proxy;
    private final SlotPlan plan;
    private final long[] counted;

    KeyUses(final KeyProxy proxy, final SlotPlan plan)
    {
        this.proxy = proxy;
        this.plan = plan;
        counted = new long[plan.declared().size()];
    }

    /**
     * Entries that are about to change, and the active versions of their aliases that change with them, with what they
     * have signed by now.
     */
    List<KeyEntry> counted(final List<KeyEntry> entries, final Register register, final long utcMs)
    {
        final List<KeyEntry> result = new ArrayList<>();
        for (final KeyEntry entry : entries)
        {
            final KeyEntry active = register.activeOf(entry.alias());
            final long more = null == active || active.version() != entry.version() ? 0 : take(entry.alias());
            result.add(0 == more ? entry : entry.withUse(use(entry, more, utcMs)));
        }
        return result;
    }

    /** Active versions that have signed since they were counted last. */
    List<KeyEntry> uncounted(final Register register, final long utcMs)
    {
        final List<KeyEntry> result = new ArrayList<>();
        for (int i = 0; i < counted.length; i++)
        {
            final String alias = plan.declared().get(i).spec().alias();
            final KeyEntry active = null == plan.declared(alias) ? null : register.activeOf(alias);
            final long more = null == active ? 0 : take(alias);
            if (0 < more)
            {
                result.add(active.withUse(use(active, more, utcMs)));
            }
        }
        return result;
    }

    private long take(final String alias)
    {
        final int index = plan.index(alias);
        if (index < 0)
        {
            return 0;
        }
        final long now = proxy.signatures(index);
        final long more = now - counted[index];
        counted[index] = now;
        return more;
    }

    private static KeyUse use(final KeyEntry entry, final long more, final long utcMs)
    {
        return new KeyUse(entry.use().signatures() + more, utcMs);
    }
}
