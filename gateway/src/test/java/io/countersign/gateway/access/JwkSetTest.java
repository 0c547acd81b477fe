package io.countersign.gateway.access;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JwkSetTest
{
    private static TestIssuer issuer;

    @BeforeAll
    static void issue()
    {
        issuer = TestIssuer.withOneKeyOfEach();
    }

    @Test
    void shouldFixTheAlgorithmByTheKey() throws Exception
    {
        final JwkSet set = JwkSet.parse("f", issuer.jwks());
        assertEquals(List.of("r", "e", "d"), List.copyOf(set.kids()));
        assertEquals("RS256", set.get("r").algorithm().getName());
        assertEquals("ES256", set.get("e").algorithm().getName());
        assertEquals("EdDSA", set.get("d").algorithm().getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"use\":\"enc\"", "\"alg\":\"RS384\"", "\"alg\":\"PS256\"", "\"key_ops\":[\"encrypt\"]", "\"key_ops\":[]"})
    void shouldPassOverKeysThatServeOtherPurposes(final String member) throws Exception
    {
        final JwkSet set = parse(with(issuer.jwk("r"), member), issuer.jwk("d"));
        assertEquals(List.of("d"), List.copyOf(set.kids()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"use\":\"sig\"", "\"alg\":\"RS256\"", "\"key_ops\":[\"verify\"]", "\"x5c\":[\"AAAA\"],\"exp\":1e9"})
    void shouldTakeKeysThatSayThatTheyCheckSignatures(final String member) throws Exception
    {
        assertEquals(List.of("r"), List.copyOf(parse(with(issuer.jwk("r"), member)).kids()));
    }

    @Test
    void shouldPassOverTypesAndCurvesThatItDoesNotKnow() throws Exception
    {
        assertEquals(List.of("d"), List.copyOf(parse(
            "{\"kty\":\"AKP\",\"kid\":\"a\",\"alg\":\"ML-DSA-44\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"b\"}",
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"c\"}",
            issuer.jwk("d")).kids()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
    void shouldRefusePrivateKeysWhateverTheyAreFor(final String member)
    {
        final String message = refused(issuer.jwk("e"), with(issuer.jwk("r"), "\"use\":\"enc\",\"" + member +
            "\":\"c2VjcmV0\""));
        assertTrue(message.startsWith("jwks.json: key 2 (kid 'r') has '" + member + "', which belongs to a private"),
            message);
        assertTrue(!message.contains("c2VjcmV0"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "r|\"kid\":\"r\"|\"kit\":\"r\"|key 1 has no 'kid'; expected one, which access tokens name it by",
        "r|\"kid\":\"r\"|\"kid\":\"\"|key 1 (kid '') has a 'kid' that is not 1 to 256 bytes without control characters",
        "r|\"kid\":\"r\"|\"kid\":1|key 1 has no text 'kid'",
        "r|\"kty\":\"RSA\"|\"kty\":\"oct\"|key 1 (kid 'r') is of the type 'oct', which is a secret; " +
            "expected public keys only",
        "r|\"kty\":\"RSA\"|\"kyt\":\"RSA\"|key 1 (kid 'r') has no text 'kty'",
        "r|\"e\":\"AQAB\"|\"e\":\"AQ\"|key 1 (kid 'r') is an RSA key with an even modulus or an exponent that is not " +
            "odd and from 3 to 2^64",
        "r|\"e\":\"AQAB\"|\"e\":\"AQAA\"|key 1 (kid 'r') is an RSA key with an even modulus or an exponent that is " +
            "not odd and from 3 to 2^64",
        "r|\"e\":\"AQAB\"|\"e\":\"AQAB=\"|key 1 (kid 'r') has a 'e' that is not base64url without padding",
        "e|\"y\":\"|\"y\":\"AA|key 1 (kid 'e') has a 'y' that is not base64url without padding",
        "e|\"y\":\"|\"y\":\"AAAA|key 1 (kid 'e') has a 'y' of 35 bytes; expected 32",
        "d|\"x\":\"|\"x\":\"AAAA|key 1 (kid 'd') has a 'x' of 35 bytes; expected 32",
        "d|\"x\":|\"z\":|key 1 (kid 'd') has no text 'x'"})
    void shouldSayWhatIsWrongWithWhichKey(
        final String kid, final String part, final String replacement, final String what)
    {
        final String jwk = issuer.jwk(kid);
        assertTrue(jwk.contains(part), jwk);
        assertEquals("jwks.json: " + what, refused(jwk.replace(part, replacement)));
    }

    @Test
    void shouldRefuseAPointBesideTheCurve()
    {
        final String jwk = issuer.jwk("e");
        final int at = jwk.indexOf("\"y\":\"") + 10;
        final char other = 'A' == jwk.charAt(at) ? 'B' : 'A';
        assertEquals("jwks.json: key 1 (kid 'e') is no sound ES256 key",
            refused(jwk.substring(0, at) + other + jwk.substring(at + 1)));
    }

    @Test
    void shouldRefuseShortRsaKeys()
    {
        final TestIssuer weak = new TestIssuer().with("w", "RS256", 1024);
        assertEquals("jwks.json: key 1 (kid 'w') is an RSA key of 1024 bits; expected 2048 to 8192",
            refused(weak.jwk("w")));
    }

    @Test
    void shouldRefuseOneNameForTwoKeys()
    {
        assertEquals("jwks.json: key 2 has the kid 'd', which another key has; expected each kid once",
            refused(issuer.jwk("d"), issuer.jwk("d")));
    }

    @Test
    void shouldTakeASetWithoutAKeyThatCanBeUsed() throws Exception
    {
        assertTrue(parse().isEmpty());
        assertTrue(parse(with(issuer.jwk("r"), "\"use\":\"enc\"")).isEmpty());
        assertTrue(!parse(issuer.jwk("d")).isEmpty());
    }

    @Test
    void shouldRefuseSetsThatAreNone()
    {
        assertEquals("jwks.json: key 1 is not a JSON object", refused("7"));
        assertEquals("jwks.json: has no array 'keys'; expected a JWKS as RFC 7517 has it", refusedText("{}"));
        assertEquals("jwks.json:2:6: expected a JSON value", refusedText("{\n\"x\": y}"));
        assertEquals("jwks.json:1:1: expected a JSON object", refusedText("<html>"));
        assertEquals("jwks.json:1:16: a member stands twice in one object", refusedText("{\"a\":1, \"b\":2, \"a\":1}"));
        assertEquals("jwks.json: is longer than 262144 bytes", refusedText(" ".repeat(JwkSet.MAX_LENGTH + 1)));
        assertEquals("jwks.json: has 101 keys; expected at most 100",
            refusedText("{\"keys\":[" + "{},".repeat(100) + "{}]}"));
        assertTrue(refusedText("[".repeat(100_000)).endsWith("expected a JSON object"));
        assertTrue(refusedText("{\"a\":" + "[".repeat(100_000)).endsWith("nested more than 16 deep"));
    }

    @Test
    void shouldThrowNothingElseWhateverTheTextIs()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] jwks = issuer.jwks();
        for (int i = 0; i < 5_000; i++)
        {
            final byte[] mutated = jwks.clone();
            for (int j = 1 + random.nextInt(3); 0 < j; j--)
            {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try
            {
                JwkSet.parse("jwks.json", mutated);
            }
            catch (final JwksException ex)
            {
                assertTrue(!ex.getMessage().contains("\n"), "seed " + seed);
            }
            catch (final RuntimeException ex)
            {
                throw new AssertionError("seed " + seed + " round " + i, ex);
            }
        }
    }

    private static JwkSet parse(final String... keys) throws JwksException
    {
        return JwkSet.parse(
            "jwks.json", ("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static String with(final String jwk, final String member)
    {
        return jwk.substring(0, jwk.length() - 1) + "," + member + "}";
    }

    private static String refused(final String... keys)
    {
        return assertThrows(JwksException.class, () -> parse(keys)).getMessage();
    }

    private static String refusedText(final String text)
    {
        return assertThrows(JwksException.class,
            () -> JwkSet.parse("jwks.json", text.getBytes(StandardCharsets.UTF_8))).getMessage();
    }
}
