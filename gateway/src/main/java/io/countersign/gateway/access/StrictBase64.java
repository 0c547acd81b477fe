package io.countersign.gateway.access;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url without padding (RFC 7515, section 2) in its one canonical form: two texts never stand for the same bytes.
 */
final class StrictBase64
{
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private StrictBase64()
    {
    }

    /** What the text stands for, or null when it is not canonical. */
    static byte[] decode(final byte[] text)
    {
        try
        {
            final byte[] bytes = Base64.getUrlDecoder().decode(text);
            return Arrays.equals(ENCODER.encode(bytes), text) ? bytes : null;
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }
}
