package io.countersign.venues.profile;

import io.countersign.venues.profile.TextRule.Place;
import io.countersign.venues.text.JsonText;
import io.countersign.venues.text.PercentEncoding;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes what a profile itself says for the place where it goes: once, when it is compiled.
 */
final class PlaceText
{
    /** Most bytes that one becomes: three where it is percent-encoded. */
    private static final int GROWTH = 3;

    private PlaceText()
    {
    }

    /** Whether a text can stand in a place. */
    static boolean canStand(final String text, final Place place)
    {
        if (!text.chars().allMatch((c) -> c >= ' ' && c < 0x7F || c > 0x9F && place.isUnicode()))
        {
            return false;
        }
        return Place.RAW != place || text.chars().noneMatch(place::excludes);
    }

    /** The text as it stands there. */
    static String encoded(final String text, final Place place)
    {
        if (Place.PERCENT != place && Place.JSON != place)
        {
            return text;
        }
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final TextWriter out = new TextWriter(bytes.length * GROWTH);
        if (Place.JSON == place)
        {
            JsonText.append(out, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        else
        {
            PercentEncoding.append(out, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return out.toString();
    }
}
