package io.countersign.gateway.journal;

/**
 * The highest nonce of a venue's API key as its record has it.
 *
 * @param alias      of the key that has the API key in this life; empty when none has.
 * @param keyVersion of that key, 0 when there is none.
 * @param venue      its name.
 * @param apiKey     the venue's public id of the key.
 * @param nonce      the highest that anything signed with it can have carried, {@link NonceMarks#NO_NONCE} when there
 *                   was none.
 */
public record NonceEntry(String alias, int keyVersion, String venue, String apiKey, long nonce)
{
}
