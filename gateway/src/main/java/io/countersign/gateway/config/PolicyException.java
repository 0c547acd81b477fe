package io.countersign.gateway.config;

import java.util.List;

/**
 * A policy file cannot be used: everything that is wrong with it, not only the first thing.
 */
public final class PolicyException extends ConfigException
{
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    /**
     * Construct with everything that is wrong.
     *
     * @param errors lines for people, at least one, each with file and position, in the order of the file.
     */
    public PolicyException(final List<String> errors)
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
