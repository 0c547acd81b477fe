package io.countersign.gateway.config;

import io.countersign.venues.Binding;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;
import io.countersign.venues.Venue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What signatures are really good for. At a venue that does not sign the endpoint, what is signed for a weak operation
 * may serve a strong one, and at another venue that knows the key the same one. A policy that looks at the weak one
 * only would let the strong one through unseen.
 */
public final class EffectivePower
{
    /** Ten thousand keys of one venue are not compared with each other. */
    private final Map<Venue, List<KeyConfig>> byVenue = new LinkedHashMap<>();

    /**
     * Of what these keys sign.
     *
     * @param keys of one gateway.
     */
    public EffectivePower(final List<KeyConfig> keys)
    {
        keys.stream().filter((key) -> null != key.venue()).forEach(
            (key) -> byVenue.computeIfAbsent(key.venue(), (venue) -> new ArrayList<>()).add(key));
    }

    /**
     * One thing that a signature is good for.
     *
     * @param venue     that takes it.
     * @param operation for which it takes it.
     */
    public record Power(Venue venue, Operation operation)
    {
        /**
         * The power as policy files name it.
         *
         * @param own venue of the key.
         * @return the operation, at another venue with that venue's name before it: {@code binance-um/cancel-order}.
         */
        public String name(final Venue own)
        {
            return venue == own ? operation.configName() : venue.name() + "/" + operation.configName();
        }
    }

    /**
     * What is signed for an operation is also valid for these.
     *
     * @param key       that signs.
     * @param operation that it signs for.
     * @return each once, those of the key's own venue first; empty where the signature binds the operation.
     */
    public Set<Power> beyond(final KeyConfig key, final Operation operation)
    {
        final Set<Power> powers = new LinkedHashSet<>();
        final Venue own = key.venue();
        if (null == own || !own.supports(operation))
        {
            return powers;
        }
        own.equivalents(operation).forEach((equivalent) -> powers.add(new Power(own, equivalent)));
        byVenue.forEach((venue, there) ->
        {
            if (venue != own && there.stream().anyMatch((other) -> isOneKey(key, other)))
            {
                addElsewhere(powers, own, operation, venue);
            }
        });
        return powers;
    }

    /**
     * Whether what is signed for an operation may be sent with other parameters than it was signed for.
     *
     * @param key       that signs.
     * @param operation that it signs for.
     * @return true when neither query nor body is bound.
     */
    public boolean leavesParametersOpen(final KeyConfig key, final Operation operation)
    {
        return null != key.venue() && key.venue().supports(operation) &&
            Binding.D == key.venue().binding(operation);
    }

    /**
     * The scopes that what is signed serves.
     *
     * @param key       that signs.
     * @param operation that it signs for.
     * @return bits of {@link Scope}: of the operation's own and of those beyond it.
     */
    public int scopes(final KeyConfig key, final Operation operation)
    {
        int scopes = operation.scope().bit();
        for (final Power power : beyond(key, operation))
        {
            scopes |= power.operation().scope().bit();
        }
        return scopes;
    }

    /** The operation itself, and what either venue takes it for; what is taken for that one may want other fields. */
    private static void addElsewhere(
        final Collection<Power> powers, final Venue own, final Operation operation, final Venue other)
    {
        final Set<Operation> there = EnumSet.of(operation);
        there.addAll(own.equivalents(operation));
        there.removeIf((each) ->
            !own.supports(each) || !other.supports(each) || !own.isTakenAt(each, other));
        if (there.contains(operation))
        {
            there.addAll(other.equivalents(operation));
        }
        there.forEach((each) -> powers.add(new Power(other, each)));
    }

    /** The same object of the token, the same key in two objects, or one id at the venues. */
    private static boolean isOneKey(final KeyConfig key, final KeyConfig other)
    {
        return key != other && (Arrays.equals(key.spec().id(), other.spec().id()) ||
            Arrays.equals(key.spec().pinned(), other.spec().pinned()) ||
            key.venueKey().apiKey().equals(other.venueKey().apiKey()));
    }
}
