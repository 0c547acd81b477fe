package io.countersign.venues.profile;

import io.countersign.venues.Binding;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueParameter;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a venue says of itself, out of its profile; how its requests are written is left to others.
 */
public abstract class ProfileDescribed implements Venue
{
    private final Profile profile;
    private final Map<Operation, ProfileOperation> operations = new EnumMap<>(Operation.class);
    private final Map<KeyAlgorithm, KeyRule> keys = new EnumMap<>(KeyAlgorithm.class);

    /**
     * A venue.
     *
     * @param profile that describes it.
     */
    protected ProfileDescribed(final Profile profile)
    {
        this.profile = profile;
        profile.operations().forEach((operation) -> operations.put(operation.operation(), operation));
        profile.keys().forEach((rule) -> keys.put(rule.algorithm(), rule));
    }

    /**
     * What describes the venue.
     *
     * @return the profile.
     */
    public Profile profile()
    {
        return profile;
    }

    @Override
    public String name()
    {
        return profile.name();
    }

    @Override
    public boolean supports(final Operation operation)
    {
        return operations.containsKey(operation);
    }

    @Override
    public Set<Operation> equivalents(final Operation operation)
    {
        return supports(operation) ? operations.get(operation).equivalents() : Set.of();
    }

    @Override
    public Binding binding(final Operation operation)
    {
        return supports(operation) ? operations.get(operation).binding() : profile.binding();
    }

    @Override
    public boolean isTakenAt(final Operation operation, final Venue other)
    {
        return Venue.super.isTakenAt(operation, other) && !(other instanceof final ProfileDescribed described &&
            isToldApart(operations.get(operation), described));
    }

    @Override
    public KeyRule keyRule(final KeyAlgorithm algorithm)
    {
        return keys.get(algorithm);
    }

    @Override
    public List<VenueParameter> parameters()
    {
        return profile.parameters();
    }

    @Override
    public PassphraseUse passphrase()
    {
        return profile.passphrase();
    }

    @Override
    public NonceRule nonce()
    {
        return profile.nonce();
    }

    /** Whether a signed field has a value here that the same field never has there. */
    private boolean isToldApart(final ProfileOperation operation, final ProfileDescribed other)
    {
        for (final ProfileField field : operation.fields())
        {
            final Set<String> values = fixedValues(field);
            for (final ProfileField theirs : other.operations.get(operation.operation()).fields())
            {
                final Set<String> theirValues = other.fixedValues(theirs);
                if (field.name().equals(theirs.name()) && !values.isEmpty() && !theirValues.isEmpty() &&
                    Collections.disjoint(values, theirValues))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /** What can stand in a field whatever the order is; empty where that is not known. */
    private Set<String> fixedValues(final ProfileField field)
    {
        if (null != field.constant())
        {
            return Set.of(field.constant());
        }
        return null != field.value() && FieldSource.PARAMETER == field.value().source() ?
            Set.copyOf(profile.parameters().get(field.value().parameter()).values()) : Set.of();
    }
}
