package io.countersign.gateway;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.journal.NonceEntry;
import io.countersign.gateway.journal.NonceMarks;
import io.countersign.hsm.KeySpec;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The configured keys by index: what each is at its venue, whether it may sign, and the nonces that it has used up. For
 * the gateway thread.
 */
final class KeyTable
{
    /** More than any life uses: behind a mark up to here, no nonce of this life can overflow. */
    private static final long MAX_RECOVERED_NONCE = Long.MAX_VALUE - (1L << 53);
    private static final int NO_PLACE = -1;
    private static final Binding[] BINDINGS = Arrays.stream(io.countersign.venues.Binding.values())
        .map((binding) -> Binding.valueOf(binding.name())).toArray(Binding[]::new);

    private final List<KeySpec> specs;
    private final Venue[] venues;
    private final VenueKey[] venueKeys;
    private final NonceRule[] nonceRules;
    private final int[] noncePlaces;
    private final int[] refusals;

    /** Records before it were made by what stood for the key then. */
    private final long[] sinceSequences;
    private long[] highestNonces;
    private int noncePlaceCount;
    /** Those of this life by key, then those that no key of this life has. Counters only: a UUID is marked nowhere. */
    private final List<Marked> marked = new ArrayList<>();

    /** What is written into the journal about the nonces of a place. */
    private record Marked(int place, NonceEntry entry)
    {
        boolean isOf(final String venue, final String apiKey)
        {
            return entry.venue().equals(venue) && entry.apiKey().equals(apiKey);
        }
    }

    /** Keys that have one API key at a venue share its nonces. */
    KeyTable(final List<KeySlot> slots, final NonceMarks recovered)
    {
        final List<KeyConfig> keys = slots.stream().map(KeySlot::key).toList();
        specs = new ArrayList<>(keys.stream().map(KeyConfig::spec).toList());
        venues = keys.stream().map(KeyConfig::venue).toArray(Venue[]::new);
        venueKeys = keys.stream().map(KeyConfig::venueKey).toArray(VenueKey[]::new);
        nonceRules = Arrays.stream(venues)
            .map((venue) -> null == venue ? NonceRule.NONE : venue.nonce()).toArray(NonceRule[]::new);
        noncePlaces = new int[venues.length];
        refusals = slots.stream().mapToInt(KeySlot::refusal).toArray();
        sinceSequences = new long[venues.length];
        highestNonces = new long[venues.length];
        for (int i = 0; i < venues.length; i++)
        {
            findNoncePlace(i);
        }
        recovered.entries().forEach(this::takeOver);
    }

    List<KeySpec> specs()
    {
        return specs;
    }

    Venue venue(final int keyIndex)
    {
        return venues[keyIndex];
    }

    VenueKey venueKey(final int keyIndex)
    {
        return venueKeys[keyIndex];
    }

    /** A value of Reason: why no version of the key may sign; NONE when one may. */
    int refusal(final int keyIndex)
    {
        return refusals[keyIndex];
    }

    /** Whether what was signed before still stands: the key may sign, and nothing was done to it since. */
    boolean standsSince(final int keyIndex, final long sequence)
    {
        return Reason.NONE.value() == refusals[keyIndex] && sequence > sinceSequences[keyIndex];
    }

    /**
     * Another version, or the same in another state, stands for a key from now on. Allocates.
     *
     * @param slot     that says which.
     * @param sequence of the record of it.
     * @return the mark to be recorded before the version carries a nonce, or null when its nonces are marked already.
     */
    NonceEntry use(final KeySlot slot, final long sequence)
    {
        final int keyIndex = slot.keyIndex();
        refusals[keyIndex] = slot.refusal();
        sinceSequences[keyIndex] = sequence;
        final boolean isSameVersion = specs.get(keyIndex).version() == slot.key().spec().version() &&
            venueKeys[keyIndex].apiKey().equals(slot.key().venueKey().apiKey());
        specs.set(keyIndex, slot.key().spec());
        venueKeys[keyIndex] = slot.key().venueKey();
        if (isSameVersion || NonceRule.Kind.NONE == nonceRules[keyIndex].kind())
        {
            return null;
        }
        findNoncePlace(keyIndex);
        return NonceRule.Kind.COUNTER == nonceRules[keyIndex].kind() ? entry(marked.getLast()) : null;
    }

    /** What the signature of a key for an operation binds. */
    Binding binding(final int keyIndex, final Operation operation)
    {
        return BINDINGS[venues[keyIndex].binding(operation).ordinal()];
    }

    /** What the next request of a key is to carry: the time, and a number above that of every earlier request. */
    void stamp(final int keyIndex, final long utcNs, final Stamp stamp)
    {
        final long stampedNs = venueKeys[keyIndex].utcNs(utcNs);
        final NonceRule rule = nonceRules[keyIndex];
        final int place = noncePlaces[keyIndex];
        long nonce = NonceRule.Kind.NONE == rule.kind() ? Stamp.NO_NONCE : rule.at(stampedNs);
        if (NO_PLACE != place)
        {
            nonce = Math.max(nonce, highestNonces[place] + 1);
            highestNonces[place] = nonce;
        }
        stamp.set(stampedNs, nonce);
    }

    /** The nonces that are used up by now, as the journal is to hold them. Allocates. */
    List<NonceEntry> nonces()
    {
        final List<NonceEntry> entries = new ArrayList<>();
        for (final Marked each : marked)
        {
            entries.add(entry(each));
        }
        return entries;
    }

    private NonceEntry entry(final Marked each)
    {
        final NonceEntry entry = each.entry;
        return NO_PLACE == each.place ? entry : new NonceEntry(
            entry.alias(), entry.keyVersion(), entry.venue(), entry.apiKey(), highestNonces[each.place]);
    }

    private void findNoncePlace(final int keyIndex)
    {
        noncePlaces[keyIndex] = NO_PLACE;
        if (NonceRule.Kind.NONE == nonceRules[keyIndex].kind() || venueKeys[keyIndex].isExample())
        {
            return;
        }
        if (NonceRule.Kind.COUNTER == nonceRules[keyIndex].kind())
        {
            mark(keyIndex);
        }
        else
        {
            noncePlaces[keyIndex] = newNoncePlace();
        }
    }

    private int newNoncePlace()
    {
        if (noncePlaceCount == highestNonces.length)
        {
            highestNonces = Arrays.copyOf(highestNonces, 2 * noncePlaceCount + 1);
        }
        highestNonces[noncePlaceCount] = NonceMarks.NO_NONCE;
        return noncePlaceCount++;
    }

    private void mark(final int keyIndex)
    {
        final KeySpec spec = specs.get(keyIndex);
        final String venue = venues[keyIndex].name();
        final DirectBuffer id = venueKeys[keyIndex].apiKey();
        final byte[] bytes = new byte[id.capacity()];
        id.getBytes(0, bytes);
        final String apiKey = new String(bytes, StandardCharsets.US_ASCII);
        int place = NO_PLACE;
        NonceEntry carried = null;
        for (final Marked each : marked)
        {
            if (each.isOf(venue, apiKey))
            {
                place = each.place;
                carried = each.entry;
            }
        }
        if (NO_PLACE == place)
        {
            place = newNoncePlace();
            if (null != carried)
            {
                refuseUsedUp(spec.alias(), carried);
                highestNonces[place] = carried.nonce();
                marked.remove(new Marked(NO_PLACE, carried));
            }
        }
        noncePlaces[keyIndex] = place;
        marked.add(new Marked(place, new NonceEntry(
            spec.alias(), spec.version(), venue, apiKey, NonceMarks.NO_NONCE)));
    }

    private void takeOver(final NonceEntry recovered)
    {
        int place = NO_PLACE;
        for (final Marked each : marked)
        {
            if (each.isOf(recovered.venue(), recovered.apiKey()))
            {
                place = each.place;
                refuseUsedUp(each.entry.alias(), recovered);
                highestNonces[place] = recovered.nonce();
            }
        }
        if (NO_PLACE == place)
        {
            marked.add(new Marked(NO_PLACE, recovered));
        }
    }

    private static void refuseUsedUp(final String alias, final NonceEntry recovered)
    {
        if (recovered.nonce() > MAX_RECOVERED_NONCE)
        {
            throw new JournalException("key '" + alias + "': the journal holds the nonce " + recovered.nonce() +
                " at " + recovered.venue() + ", and too few are left above it; give the key another API key there");
        }
    }
}
