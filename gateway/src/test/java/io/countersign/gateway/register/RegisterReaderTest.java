package io.countersign.gateway.register;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.*;

/** Files whose seal and tags are genuine, but whose lines are not what this version writes. */
class RegisterReaderTest
{
    private static final Path FILE = Path.of("register.jsonl");
    private static final String KEY = new EntryWriter().body(Entries.key("a", 1)) + "}";
    private static final String OPERATOR = new EntryWriter().body(Entries.operator("anna", 0)) + "}";
    private static final String RECOVERY = new EntryWriter().body(Entries.recovery("main")) + "}";

    private final MacSeal seal = new MacSeal(1);

    @Test
    void shouldReadWhatTheOtherCasesAreMadeFrom() throws Exception
    {
        final byte[] content = SealedText.file(seal, SealedText.head(1, 1, 1), KEY, OPERATOR, RECOVERY);
        final Register register = new RegisterReader(FILE, content).read(seal);
        assertEquals(Entries.key("a", 1), register.key("a", 1));
        assertEquals(Entries.operator("anna", 0), register.operator("anna"));
        assertEquals(Entries.recovery("main"), register.recovery("main"));
    }

    @Test
    void shouldRefuseWhatIsNotOfItsType() throws Exception
    {
        assertKeyRefused("\"version\":1", "\"version\":0", "'version' is not a whole number from 1 to 2147483647");
        assertKeyRefused("\"version\":1", "\"version\":1.0", "'version' is not a whole number from 1 to 2147483647");
        assertKeyRefused("\"version\":1", "\"version\":1e0", "'version' is not a whole number from 1 to 2147483647");
        assertKeyRefused("\"version\":1", "\"version\":-1", "'version' is not a whole number from 1 to 2147483647");
        assertKeyRefused("\"version\":1", "\"version\":2147483648",
            "'version' is not a whole number from 1 to 2147483647");
        assertKeyRefused("\"version\":1", "\"version\":\"1\"", "'version' is not a number");
        assertKeyRefused("\"version\":1", "\"version\":null", "'version' is not a number");
        assertKeyRefused("\"token\":\"main\"", "\"token\":null", "'token' is not a text");
        assertKeyRefused("\"token\":\"main\"", "\"token\":[\"main\"]", "'token' is not a text");
        assertKeyRefused("\"token\":\"main\",", "", "has no 'token'");
        assertKeyRefused("\"token\":\"main\"", "\"token\":\"\"",
            "the token is not 1 to 64 bytes of UTF-8 without control characters");
        assertKeyRefused("\"recoverable\":false", "\"recoverable\":\"no\"", "'recoverable' is not true or false");
        assertKeyRefused("\"state\":\"pre-active\"", "\"state\":\"Pre-active\"",
            "'state' is none that this version knows");
        assertKeyRefused("\"purpose\":\"sign\"", "\"purpose\":\"wrap\"", "'purpose' is not sign");
        assertKeyRefused("HMAC-SHA256", "HMAC-SHA1", "'algorithm' is none that this version knows");
        assertKeyRefused("\"api-key\"", "\"parameters\":[],\"api-key\"", "'parameters' is not an object");
        assertKeyRefused("\"api-key\"", "\"parameters\":{\"x\":1},\"api-key\"",
            "'parameters' has a member that is no text");
    }

    @Test
    void shouldRefuseTimesThatAreNone() throws Exception
    {
        final String created = "\"created\":\"2026-11-30T19:00:00.000Z\"";
        final String refused = "'created' is no time in UTC such as 2026-11-30T19:00:00.000Z";
        for (final String time : new String[]{ "2026-11-31T19:00:00.000Z", "2026-11-30T19:00:00.000+01:00",
            "2026-11-30T25:00:00.000Z", "", "yesterday" })
        {
            assertKeyRefused(created, "\"created\":\"" + time + "\"", refused);
        }
        assertKeyRefused(created, "\"created\":1796065200000", "'created' is not a text");
        assertKeyRefused(created + ",", "", "has no 'created'");
    }

    @Test
    void shouldRefuseMembersThatItDoesNotKnowOrThatStandTwice() throws Exception
    {
        assertKeyRefused("\"version\":1", "\"version\":1,\"colour\":\"red\"",
            "has the member 'colour', which this version does not know");
        assertKeyRefused("\"version\":1", "\"version\":1,\"public-key\":\"AAAA\"",
            "has the member 'public-key', which this version does not know");
        assertKeyRefused("\"venue\":\"binance-spot\",", "",
            "has the member 'api-key', which this version does not know");
        assertKeyRefused("\"version\":1", "\"version\":1,\"version\":1",
            "column 24: a member stands twice in one object");
        assertKeyRefused("\"version\":1", "\"version\":01", "column 23: expected }");
    }

    @Test
    void shouldRefuseEntriesThatDoNotGoTogether() throws Exception
    {
        final String active = new EntryWriter().body(Entries.active("a", 1)) + "}";
        final String second = new EntryWriter().body(Entries.active("a", 2)) + "}";
        assertRefused(":3: key a version 2: is active, and so is version 1", 2, 0, 0, active, second);
        assertRefused(":3: key a version 1: key a version 1 has the alias and version of key a version 1, which is " +
            "in the register (pre-active): none of them is ever used again", 2, 0, 0, KEY, KEY);
        assertRefused(":3: operator anna: stands twice", 0, 2, 0, OPERATOR, OPERATOR);
        assertRefused(":3: recovery key of token main: stands twice", 0, 0, 2, RECOVERY, RECOVERY);
        assertRefused(":2: operator anna: has no 'key'", 1, 1, 0, OPERATOR, KEY);
        assertRefused(":1: the head counts 3 entries, there are 1: lines at the end were removed or added, or the " +
            "head was edited: restore the file from its latest backup", 1, 1, 1, KEY);
    }

    @Test
    void shouldRefuseALineThatIsTooLong() throws Exception
    {
        final String spaces = " ".repeat(RegisterLine.MAX_LENGTH);
        assertRefused(":2: key a version 1: is longer than 16384 bytes: restore the file from its latest backup",
            1, 0, 0, KEY.substring(0, KEY.length() - 1) + spaces + "}");
    }

    private void assertKeyRefused(final String member, final String edit, final String refusal) throws Exception
    {
        assertTrue(KEY.contains(member), member);
        final String message = refusal(1, 0, 0, KEY.replace(member, edit));
        // The version may be what was edited.
        assertTrue(message.startsWith(FILE + ":2: key a"), message);
        assertEquals(refusal, message.substring(message.indexOf(": ", message.indexOf("key a")) + 2));
    }

    private void assertRefused(
        final String refusal, final int keys, final int operators, final int recoveries, final String... lines)
        throws Exception
    {
        assertEquals(FILE + refusal, refusal(keys, operators, recoveries, lines));
    }

    private String refusal(final int keys, final int operators, final int recoveries, final String... lines)
        throws Exception
    {
        final byte[] content = SealedText.file(seal, SealedText.head(keys, operators, recoveries), lines);
        return assertThrows(RegisterException.class, () -> new RegisterReader(FILE, content).read(seal)).getMessage();
    }
}
