package io.countersign.gateway.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyUse;
import io.countersign.gateway.register.Register;

import java.util.ArrayList;
import java.util.List;

/**
 * How often keys have signed, from the gateway thread's counts by alias to the register's by version. What is asked for
 * is not in force yet: signatures belong to the version that the gateway thread signs with until it says otherwise. For
 * the key agent.
 */
final class KeyUses
{
    private static final int NO_VERSION = 0;

    private final KeyProxy proxy;
    private final SlotPlan plan;

    /** Signatures by key index that the register has, or is about to have. */
    private final long[] counted;

    /** Versions by key index that the gateway thread signs with. */
    private final int[] versions;

    /** What a version has signed that the register does not have. */
    private record More(String alias, int version, long signatures)
    {
    }

    KeyUses(final KeyProxy proxy, final SlotPlan plan, final Register register)
    {
        this.proxy = proxy;
        this.plan = plan;
        counted = new long[plan.declared().size()];
        versions = new int[counted.length];
        for (int i = 0; i < versions.length; i++)
        {
            final KeyConfig key = plan.declared().get(i);
            final KeyEntry active = key.isRegistered() ? register.activeOf(key.spec().alias()) : null;
            versions[i] = null == active ? NO_VERSION : active.version();
        }
    }

    /** Entries that are about to change, with what they have signed by now. Not while another update is on its way. */
    List<KeyEntry> counted(final List<KeyEntry> entries, final long utcMs)
    {
        final List<KeyEntry> result = new ArrayList<>();
        for (final KeyEntry entry : entries)
        {
            final int index = plan.index(entry.alias());
            final boolean isSigning = 0 <= index && entry.version() == versions[index];
            result.add(with(entry, isSigning ? take(index, proxy.signatures(index)) : 0, utcMs));
        }
        return result;
    }

    /** What was signed since it was counted last; null when nothing was. Not while an update is on its way. */
    RegisterStore.Change uncounted(final long utcMs)
    {
        final List<More> all = new ArrayList<>();
        for (int i = 0; i < counted.length; i++)
        {
            addMore(all, i, proxy.signatures(i));
        }
        return change(all, utcMs);
    }

    /** Another version signs from here on; what those before have signed since they were counted, or null. */
    RegisterStore.Change onInForce(final KeyNews.Updated updated, final long utcMs)
    {
        final List<More> all = new ArrayList<>();
        for (int i = 0; i < updated.signatures().length; i++)
        {
            final KeySlot slot = updated.update().slots().get(i);
            addMore(all, slot.keyIndex(), updated.signatures()[i]);
            versions[slot.keyIndex()] = slot.maySign() ? slot.key().spec().version() : NO_VERSION;
        }
        return change(all, utcMs);
    }

    private void addMore(final List<More> all, final int index, final long signatures)
    {
        final int version = versions[index];
        final long more = NO_VERSION == version ? 0 : take(index, signatures);
        if (0 != more)
        {
            all.add(new More(plan.declared().get(index).spec().alias(), version, more));
        }
    }

    /** All at once: each change copies the register. */
    private static RegisterStore.Change change(final List<More> all, final long utcMs)
    {
        return all.isEmpty() ? null : (register) ->
        {
            final List<KeyEntry> entries = new ArrayList<>(all.size());
            for (final More each : all)
            {
                entries.add(with(register.key(each.alias, each.version), each.signatures, utcMs));
            }
            return register.withKeys(entries);
        };
    }

    private long take(final int index, final long signatures)
    {
        final long more = signatures - counted[index];
        counted[index] = signatures;
        return more;
    }

    private static KeyEntry with(final KeyEntry entry, final long more, final long utcMs)
    {
        return 0 == more ? entry : entry.withUse(new KeyUse(entry.use().signatures() + more, utcMs));
    }
}
