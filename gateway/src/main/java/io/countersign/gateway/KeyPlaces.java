package io.countersign.gateway;

import io.countersign.gateway.config.KeyConfig;

import java.util.List;

/**
 * Where each configured key is: in which token, and at which place among the keys of that token's lane. Two arrays, for
 * the gateway thread looks here for every request.
 */
final class KeyPlaces
{
    private final int[] tokens;
    private final int[] places;

    /** Lanes have the keys of their token in configuration order. */
    KeyPlaces(final List<String> tokenNames, final List<KeyConfig> keys)
    {
        tokens = new int[keys.size()];
        places = new int[keys.size()];
        final int[] counts = new int[tokenNames.size()];
        for (int i = 0; i < tokens.length; i++)
        {
            tokens[i] = tokenNames.indexOf(keys.get(i).token());
            if (tokens[i] < 0)
            {
                throw new IllegalArgumentException("key '" + keys.get(i).spec().alias() + "' is in the token '" +
                    keys.get(i).token() + "', which is none of " + tokenNames);
            }
            places[i] = counts[tokens[i]]++;
        }
    }

    /** The index of a key's token. */
    int token(final int keyIndex)
    {
        return tokens[keyIndex];
    }

    /** The index of a key in its token's lane. */
    int place(final int keyIndex)
    {
        return places[keyIndex];
    }
}
