package io.countersign.venues;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a venue needs to know of a key: its public id at the venue and how its signatures are written. Nothing secret.
 * Immutable.
 */
public final class VenueKey
{
    /** Longest API key id in bytes. */
    public static final int MAX_API_KEY_LENGTH = 256;

    private final UnsafeBuffer apiKey;
    private final SignatureEncoding encoding;
    private final Long fixedTimestampMs;

    /**
     * A key whose requests carry the time.
     *
     * @param apiKey   the venue's public id of the key: printable ASCII without spaces.
     * @param encoding of its signatures.
     */
    public VenueKey(final String apiKey, final SignatureEncoding encoding)
    {
        this(apiKey, encoding, null);
    }

    /**
     * A key whose requests may carry a fixed time, which makes them reproduce published examples.
     *
     * @param apiKey           the venue's public id of the key: printable ASCII without spaces.
     * @param encoding         of its signatures.
     * @param fixedTimestampMs that stands in every request in place of the time, or null.
     * @throws IllegalArgumentException when the API key is empty, too long or not printable ASCII.
     */
    public VenueKey(final String apiKey, final SignatureEncoding encoding, final Long fixedTimestampMs)
    {
        if (apiKey.isEmpty() || apiKey.length() > MAX_API_KEY_LENGTH)
        {
            throw new IllegalArgumentException("API key of " + apiKey.length() + " characters, 1 to " +
                MAX_API_KEY_LENGTH + " expected");
        }
        if (!apiKey.chars().allMatch((c) -> c > ' ' && c < 0x7F))
        {
            // The key goes into a header line, where a line feed would begin another header.
            throw new IllegalArgumentException("API key has characters other than printable ASCII without spaces");
        }
        this.apiKey = new UnsafeBuffer(apiKey.getBytes(StandardCharsets.US_ASCII));
        this.encoding = encoding;
        this.fixedTimestampMs = fixedTimestampMs;
    }

    /**
     * The venue's public id of the key.
     *
     * @return its bytes, ASCII.
     */
    public DirectBuffer apiKey()
    {
        return apiKey;
    }

    /**
     * How signatures of this key are written.
     *
     * @return the encoding.
     */
    public SignatureEncoding encoding()
    {
        return encoding;
    }

    /**
     * The timestamp that a request signed with this key is to carry.
     *
     * @param nowMs UTC milliseconds since 1970.
     * @return the fixed timestamp of this key if it has one, else the given time.
     */
    public long timestampMs(final long nowMs)
    {
        return fixedTimestampMs == null ? nowMs : fixedTimestampMs;
    }
}
