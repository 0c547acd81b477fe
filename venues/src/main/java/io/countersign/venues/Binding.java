package io.countersign.venues;

/**
 * What a venue's signature binds: how much of a request its holder cannot change.
 */
public enum Binding
{
    /** The whole request: method, path, query and body, or a typed action. */
    A("the whole request"),

    /** Path and body; not the method. */
    B("path and body"),

    /** The parameters; not the endpoint they are sent to. */
    C("the parameters, not the endpoint"),

    /** Method and path; not the query or not the body. */
    D("method and path, not what is asked for there"),

    /** A session: what is sent in it afterwards is not signed. */
    E("a session; orders after it are not seen");

    private final String meaning;

    Binding(final String meaning)
    {
        this.meaning = meaning;
    }

    /**
     * What is bound, for people.
     *
     * @return a phrase.
     */
    public String meaning()
    {
        return meaning;
    }

    /**
     * The class of a letter in configuration.
     *
     * @param configName {@code A} to {@code E}.
     * @return the class, or null when none has this letter.
     */
    public static Binding ofConfigName(final String configName)
    {
        for (final Binding binding : values())
        {
            if (binding.name().equals(configName))
            {
                return binding;
            }
        }
        return null;
    }
}
