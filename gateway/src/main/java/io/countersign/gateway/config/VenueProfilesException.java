package io.countersign.gateway.config;

import java.util.List;

/**
 * Profiles in the directory {@code venue-profiles} cannot be used: everything that is wrong with any of them.
 */
public final class VenueProfilesException extends ConfigException
{
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    /**
     * Construct with everything that is wrong.
     *
     * @param errors lines for people, at least one, each with file and position.
     */
    VenueProfilesException(final List<String> errors)
    {
        super(1 == errors.size() ?
            errors.getFirst() : errors.getFirst() + " (and " + (errors.size() - 1) + " more)");
        this.errors = List.copyOf(errors);
    }

    @Override
    public List<String> errors()
    {
        return errors;
    }
}
