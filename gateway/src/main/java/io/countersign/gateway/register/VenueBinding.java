package io.countersign.gateway.register;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the venue of a key must be told with it. Whether the venue is known and takes such a key is not checked here.
 *
 * @param venue      name of the venue.
 * @param apiKey     the venue's public id of the key, or null as long as the venue has given none.
 * @param passphrase of the key at the venue, or null where there is none. A secret: not in {@link #toString()}.
 * @param parameters name to value, in the order of the file.
 */
public record VenueBinding(String venue, String apiKey, String passphrase, Map<String, String> parameters)
{
    /** Longest api-key, passphrase and value of a parameter in characters. */
    public static final int MAX_TEXT_LENGTH = 256;

    /** Most parameters of a key. */
    public static final int MAX_PARAMETERS = 16;

    /**
     * Checks and copies.
     *
     * @param venue      name of the venue.
     * @param apiKey     the venue's public id of the key, or null.
     * @param passphrase of the key at the venue, or null.
     * @param parameters name to value.
     * @throws IllegalArgumentException for a name or text that cannot stand in the register.
     */
    public VenueBinding
    {
        EntryText.checkName(venue, "venue");
        checkText(apiKey, "api-key");
        checkText(passphrase, "passphrase");
        if (MAX_PARAMETERS < parameters.size())
        {
            throw new IllegalArgumentException("more than " + MAX_PARAMETERS + " parameters");
        }
        for (final Map.Entry<String, String> parameter : parameters.entrySet())
        {
            EntryText.checkName(parameter.getKey(), "name of a parameter");
            checkText(Objects.requireNonNull(parameter.getValue()), parameter.getKey());
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A binding with nothing but a venue and an api-key.
     *
     * @param venue  name of the venue.
     * @param apiKey the venue's public id of the key, or null.
     * @return the binding.
     */
    public static VenueBinding of(final String venue, final String apiKey)
    {
        return new VenueBinding(venue, apiKey, null, Map.of());
    }

    /**
     * With the api-key that the venue gave.
     *
     * @param next the venue's public id of the key.
     * @return everything else as it is.
     */
    public VenueBinding withApiKey(final String next)
    {
        return new VenueBinding(venue, next, passphrase, parameters);
    }

    @Override
    public String toString()
    {
        return venue + ", api-key " + apiKey;
    }

    private static void checkText(final String text, final String what)
    {
        if (null != text && (text.isEmpty() || MAX_TEXT_LENGTH < text.length() || !EntryText.isPrintable(text)))
        {
            throw new IllegalArgumentException(
                "the " + what + " is not 1 to " + MAX_TEXT_LENGTH + " characters of printable ASCII");
        }
    }
}
