package io.countersign.gateway.journal;

import io.countersign.codecs.journal.NonceMarkDecoder;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The highest nonce of each API key at a venue, over the lives whose records it was given. By venue and API key, which
 * is what the venue counts by: a key may have another alias in the next life, or be taken out and come back later. For
 * one thread at a time.
 */
public final class NonceMarks
{
    /** In place of a nonce where there was none. */
    public static final long NO_NONCE = NonceMarkDecoder.nonceNullValue();

    private final Map<ApiKeyId, Long> nonceByApiKey = new LinkedHashMap<>();
    private final Map<KeyName, ApiKeyId> apiKeyByName = new HashMap<>();
    private final Map<KeyName, Long> nonceByUnknownName = new HashMap<>();

    private record ApiKeyId(String venue, String apiKey)
    {
    }

    private record KeyName(String alias, int version)
    {
    }

    /**
     * With no nonce used up.
     */
    public NonceMarks()
    {
    }

    /**
     * A life has begun: its aliases are others.
     */
    public void onStarted()
    {
        apiKeyByName.clear();
        nonceByUnknownName.clear();
    }

    /**
     * A mark was recorded.
     *
     * @param entry as recorded.
     */
    public void onMark(final NonceEntry entry)
    {
        final ApiKeyId apiKey = new ApiKeyId(entry.venue(), entry.apiKey());
        raise(apiKey, entry.nonce());
        if (!entry.alias().isEmpty())
        {
            final KeyName name = new KeyName(entry.alias(), entry.keyVersion());
            apiKeyByName.put(name, apiKey);
            final Long nonce = nonceByUnknownName.remove(name);
            if (null != nonce)
            {
                raise(apiKey, nonce);
            }
        }
    }

    /**
     * Something was signed with a key, or was about to be. Keys that no mark of their life names are left out, be it
     * before or after.
     *
     * @param alias      of the key.
     * @param keyVersion of the key.
     * @param nonce      that it carries.
     */
    public void onNonce(final String alias, final int keyVersion, final long nonce)
    {
        final KeyName name = new KeyName(alias, keyVersion);
        final ApiKeyId apiKey = apiKeyByName.get(name);
        if (null == apiKey)
        {
            nonceByUnknownName.merge(name, nonce, Math::max);
        }
        else
        {
            raise(apiKey, nonce);
        }
    }

    /**
     * The marks.
     *
     * @return one of each API key, without aliases, in the order in which they came up; a copy.
     */
    public List<NonceEntry> entries()
    {
        return nonceByApiKey.entrySet().stream().map((each) -> new NonceEntry(
            "", 0, each.getKey().venue(), each.getKey().apiKey(), each.getValue())).toList();
    }

    private void raise(final ApiKeyId apiKey, final long nonce)
    {
        nonceByApiKey.merge(apiKey, nonce, Math::max);
    }
}
