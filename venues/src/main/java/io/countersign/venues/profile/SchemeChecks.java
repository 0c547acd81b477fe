package io.countersign.venues.profile;

import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.VenueParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what in a profile does not fit the {@link CodeScheme} that it names.
 */
public final class SchemeChecks
{
    private final List<String> problems = new ArrayList<>();
    private final Profile profile;
    private final String scheme;
    private final String where;

    /**
     * Begin.
     *
     * @param profile to check.
     * @param scheme  that it names.
     */
    public SchemeChecks(final Profile profile, final String scheme)
    {
        this.profile = profile;
        this.scheme = scheme;
        where = profile.at() + ": scheme '" + scheme + "' ";
    }

    /**
     * Only these operations.
     *
     * @param known those of the scheme.
     * @return this.
     */
    public SchemeChecks operations(final Operation... known)
    {
        final String expected = List.of(known).stream().map(Operation::configName).collect(Collectors.joining(" or "));
        for (final ProfileOperation operation : profile.operations())
        {
            if (!Set.of(known).contains(operation.operation()))
            {
                problems.add(operation.at() + ": scheme '" + scheme + "' has no " +
                    operation.operation().configName() + "; expected " + expected);
            }
        }
        return this;
    }

    /**
     * Only keys of this algorithm.
     *
     * @param algorithm of the scheme.
     * @return this.
     */
    public SchemeChecks keys(final KeyAlgorithm algorithm)
    {
        if (profile.keys().stream().anyMatch((rule) -> rule.algorithm() != algorithm))
        {
            problems.add(where + "takes keys of " + algorithm.configName() + " alone");
        }
        return this;
    }

    /**
     * This rule for nonces.
     *
     * @param nonce   of the scheme.
     * @param grammar how a profile says so.
     * @return this.
     */
    public SchemeChecks nonce(final NonceRule nonce, final String grammar)
    {
        if (!nonce.equals(profile.nonce()))
        {
            problems.add(where + "wants " + grammar);
        }
        return this;
    }

    /**
     * A parameter that is one of some values.
     *
     * @param name   of it.
     * @param values of it, each once.
     * @return this.
     */
    public SchemeChecks parameter(final String name, final List<String> values)
    {
        final VenueParameter parameter = parameter(name);
        if (parameter == null || !Set.copyOf(values).equals(Set.copyOf(parameter.values())))
        {
            problems.add(where + "wants the parameter '" + name + "' with the values " + String.join(", ", values));
        }
        return this;
    }

    /**
     * A parameter that may be any text.
     *
     * @param name         of it.
     * @param defaultValue of it; null where the configuration of a key must say.
     * @return this.
     */
    public SchemeChecks parameter(final String name, final String defaultValue)
    {
        final VenueParameter parameter = parameter(name);
        if (parameter == null || !parameter.values().isEmpty() ||
            !Objects.equals(defaultValue, parameter.defaultValue()))
        {
            problems.add(where + "wants the parameter '" + name + "' with " +
                (defaultValue == null ? "no default" : "the default " + defaultValue));
        }
        return this;
    }

    /**
     * Where a parameter stands among those of the profile.
     *
     * @param profile that has it.
     * @param name    of the parameter.
     * @return its index for {@link io.countersign.venues.VenueKey#parameter}.
     */
    public static int parameterIndex(final Profile profile, final String name)
    {
        return profile.parameters().stream().map(VenueParameter::name).toList().indexOf(name);
    }

    /**
     * End.
     *
     * @throws ProfileException with everything that does not fit.
     */
    public void throwAny() throws ProfileException
    {
        if (!problems.isEmpty())
        {
            throw new ProfileException(problems);
        }
    }

    private VenueParameter parameter(final String name)
    {
        return profile.parameters().stream()
            .filter((parameter) -> parameter.name().equals(name)).findFirst().orElse(null);
    }
}
