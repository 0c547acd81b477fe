package io.countersign.venues.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.profile.TextRule.Place;
import io.countersign.venues.text.TextWriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class TextRuleTest
{
    private final TextWriter out = new TextWriter(256);

    @Test
    void shouldWriteEveryCharacterInAFormThatThePlaceCanHold()
    {
        assertEquals("a%26b%3D%25%2B%20%C3%A9", written(Place.PERCENT, CharacterSet.ANY, "a&b=%+ \u00E9"));
        assertEquals("a\u00E9\"'", written(Place.RAW, CharacterSet.ANY, "a\u00E9\"'"));
        assertEquals("a\\\"b\\\\&\u00E9", written(Place.JSON, CharacterSet.ANY, "a\"b\\&\u00E9"));
        assertEquals("a=b c", written(Place.FIX, CharacterSet.of(" -~"), "a=b c"));
        assertEquals("a:b", written(Place.HEADER, CharacterSet.IDS, "a:b"));
        assertEquals("a%3Ab..c", written(Place.PATH, CharacterSet.IDS, "a:b..c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "=", "%", "+", "#", " ", "a&b"})
    void shouldRefuseDelimitersWhereNothingEscapesThem(final String text)
    {
        assertNull(written(Place.RAW, CharacterSet.ANY, text));
        assertNull(written(Place.RAW, CharacterSet.of(" -~"), text));
        assertNotNull(written(Place.PERCENT, CharacterSet.ANY, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/b", "\\", ".", "..", "..."})
    void shouldRefuseStepsInAPath(final String text)
    {
        assertNull(written(Place.PATH, CharacterSet.ANY, text));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void shouldRefuseControlCharactersAndWhatIsNoUnicodeEverywhere(final Place place)
    {
        for (final CharacterSet set : new CharacterSet[]{CharacterSet.ANY, TextRule.PRINTABLE})
        {
            for (int b = 0; b < 0xC0; b++)
            {
                if (b < ' ' || b >= 0x7F)
                {
                    assertNull(written(place, set, new byte[]{'a', (byte) b}), Integer.toHexString(b));
                }
            }
            assertNull(written(place, set, new byte[]{(byte) 0xC2, (byte) 0x85}), "U+0085");
            assertNull(written(place, set, new byte[]{(byte) 0xED, (byte) 0xA0, (byte) 0x80}), "U+D800");
            assertNull(written(place, set, new byte[]{(byte) 0xC0, (byte) 0xA6}), "& in two bytes");
            assertNull(written(place, set, new byte[]{'a', (byte) 0xC3}), "half a character");
        }
    }

    @Test
    void shouldTakeCharactersBeyondAsciiOnlyWhereTheyAreAllowedAndCanStand()
    {
        assertNull(written(Place.JSON, TextRule.PRINTABLE, "\u00E9"));
        assertNull(written(Place.FIX, CharacterSet.ANY, "\u00E9"));
        assertNull(written(Place.HEADER, CharacterSet.ANY, "\u00E9"));
        assertNotNull(written(Place.PERCENT, CharacterSet.ANY, "\u00E9"));
    }

    @Test
    void shouldTakeNoMoreThanTheMostBytes()
    {
        final TextRule rule = new TextRule(Place.JSON, CharacterSet.IDS, 3);
        final UnsafeBuffer text = new UnsafeBuffer("abcd".getBytes(StandardCharsets.US_ASCII));
        assertTrue(rule.append(out, text, 0, 3));
        assertTrue(rule.append(out, text, 0, 0));
        assertFalse(rule.append(out, text, 0, 4));
    }

    @Test
    void shouldReadRangesOfCharacters()
    {
        final CharacterSet set = CharacterSet.of("A-C0x_-");
        assertTrue(set.has('A') && set.has('B') && set.has('C') && set.has('0') && set.has('x') && set.has('-'));
        assertFalse(set.has('D') || set.has('1') || set.has('y') || set.has('.'));
        assertNull(CharacterSet.of(""));
        assertNull(CharacterSet.of("Z-A"));
        assertNull(CharacterSet.of("\u00E9"));
        assertNull(CharacterSet.of("a\n"));
    }

    private String written(final Place place, final CharacterSet characters, final String text)
    {
        return written(place, characters, text.getBytes(StandardCharsets.UTF_8));
    }

    private String written(final Place place, final CharacterSet characters, final byte[] text)
    {
        out.reset();
        return new TextRule(place, characters, FieldValue.ANY_LENGTH)
            .append(out, new UnsafeBuffer(text), 0, text.length) ? out.toString() : null;
    }
}
