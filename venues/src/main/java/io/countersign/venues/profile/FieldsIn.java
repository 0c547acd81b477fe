package io.countersign.venues.profile;

/**
 * Which part of a request carries its fields, and how.
 */
public enum FieldsIn
{
    /** There are no fields. */
    NONE("none", null),

    /** {@code name=value} joined by {@code &}, behind the path. */
    QUERY("query", null),

    /** The same in the body. */
    FORM("form", "application/x-www-form-urlencoded"),

    /** One JSON object in the body. */
    JSON("json", "application/json"),

    /** {@code tag=value}, each ended by SOH, in a FIX message. */
    FIX("fix", null);

    private final String configName;
    private final String contentType;

    FieldsIn(final String configName, final String contentType)
    {
        this.configName = configName;
        this.contentType = contentType;
    }

    /**
     * The name in profiles.
     *
     * @return for example {@code json}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * The media type of such a body.
     *
     * @return the type, null where the fields are in no body of HTTP.
     */
    public String contentType()
    {
        return contentType;
    }

    /**
     * Whether the fields are {@code name=value} joined by {@code &}.
     *
     * @return true for query and form.
     */
    public boolean isForm()
    {
        return QUERY == this || FORM == this;
    }

    /**
     * The place of a name in a profile.
     *
     * @param configName for example {@code json}.
     * @return the place, or null when none has this name.
     */
    public static FieldsIn ofConfigName(final String configName)
    {
        for (final FieldsIn fieldsIn : values())
        {
            if (fieldsIn.configName.equals(configName))
            {
                return fieldsIn;
            }
        }
        return null;
    }
}
