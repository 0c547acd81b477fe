package io.countersign.venues.profile;

import io.countersign.codecs.wire.Method;

/**
 * How a request travels.
 */
public enum RequestMethod
{
    /** HTTP GET. */
    GET(Method.GET),

    /** HTTP POST. */
    POST(Method.POST),

    /** HTTP PUT. */
    PUT(Method.PUT),

    /** HTTP DELETE. */
    DELETE(Method.DELETE),

    /** A message of a session, over WebSocket or FIX: the body alone. */
    MESSAGE(Method.MESSAGE);

    private final short wireCode;

    RequestMethod(final Method method)
    {
        wireCode = method.value();
    }

    /**
     * The code on the wire.
     *
     * @return a code of {@link Method}.
     */
    public short wireCode()
    {
        return wireCode;
    }

    /**
     * The method of a name in a profile.
     *
     * @param configName for example {@code POST}.
     * @return the method, or null when none has this name.
     */
    public static RequestMethod ofConfigName(final String configName)
    {
        for (final RequestMethod method : values())
        {
            if (method.name().equals(configName))
            {
                return method;
            }
        }
        return null;
    }
}
