package io.countersign.gateway.access;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.countersign.gateway.access.TestIssuer.NOW_NS;
import static io.countersign.gateway.access.TestIssuer.NOW_S;
import static io.countersign.gateway.access.TestIssuer.SUBJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AccessTokenVerifierTest
{
    private static TestIssuer issuer;
    private static AccessTokenVerifier verifier;

    @BeforeAll
    static void issue() throws Exception
    {
        issuer = TestIssuer.withOneKeyOfEach();
        verifier = issuer.verifier();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "e", "d"})
    void shouldGrantWhatAGoodTokenCarries(final String kid)
    {
        final AccessDecision decision = verifier.verify(issuer.token(kid), SUBJECT, NOW_NS);
        assertEquals(
            new AccessGrant(0b110, (NOW_S + 300) * 1_000_000_000L, TestIssuer.ISSUER, SUBJECT, "id-1"), decision);
    }

    @ParameterizedTest
    @CsvSource({
        "query,1", "trade,2", "cancel,4", "login,8", "transfer,16", "withdraw,32",
        "countersign:trade openid,2", "query trade cancel login transfer countersign:withdraw,63",
        "trade trade,2", "TRADE query,1", "trade  query,3"})
    void shouldMapScopes(final String scope, final int mask)
    {
        assertEquals(mask, granted(TestIssuer.claims(scope)).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "openid", "trader", "countersign:countersign:trade", "countersign:", "Trade", "trade,query"})
    void shouldRefuseATokenThatGrantsNothingHere(final String scope)
    {
        assertEquals("scope names nothing that is known here", refusedClaims(TestIssuer.claims(scope)));
    }

    @Test
    void shouldTakeAnAudienceAmongOthersAndTheLongFormOfTheType()
    {
        granted(claims("\"aud\":\"countersign\"", "\"aud\":[\"other\",\"countersign\"]"));
        final String header = issuer.header("e").replace("at+jwt", "application/AT+JWT");
        assertInstanceOf(AccessGrant.class,
            verifier.verify(issuer.token("e", header, TestIssuer.claims("trade")), SUBJECT, NOW_NS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"typ\":\"at+jwt\"|\"typ\":\"JWT\"|typ is not at+jwt",
        "\"typ\":\"at+jwt\"|\"typ\":1|typ is not at+jwt",
        "\"typ\":\"at+jwt\"|\"typo\":\"at+jwt\"|typ is not at+jwt",
        "\"alg\":\"ES256\"|\"alg\":\"none\"|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":\"HS256\"|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":\"PS256\"|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":\"ES256K\"|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":\"es256\"|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":[\"ES256\"]|alg is not RS256, ES256 or EdDSA",
        "\"alg\":\"ES256\"|\"alg\":\"RS256\"|alg is not that of the key of kid",
        "\"kid\":\"e\"|\"kid\":\"r\"|alg is not that of the key of kid",
        "\"kid\":\"e\"|\"kid\":\"x\"|kid is not that of a key in force",
        "\"kid\":\"e\"|\"kid\":7|kid is missing",
        "\"kid\":\"e\"|\"kid\":\"e\",\"crit\":[\"exp\"]|header has crit, which is not taken",
        "\"kid\":\"e\"|\"kid\":\"e\",\"b64\":false|header has b64, which is not taken",
        "\"kid\":\"e\"|\"kid\":\"e\",\"jku\":\"https://x.example\"|header has jku, which is not taken",
        "\"kid\":\"e\"|\"kid\":\"e\",\"x5u\":\"https://x.example\"|header has x5u, which is not taken",
        "\"kid\":\"e\"|\"kid\":\"e\",\"jwk\":{}|header has jwk, which is not taken",
        "\"kid\":\"e\"|\"kid\":\"e\",\"kid\":\"e\"|header has a member twice",
        "\"kid\":\"e\"|\"kid\":\"e\",\"\\u006bid\":\"r\"|header has a member twice",
        "\"kid\":\"e\"|\"kid\":\"e\",|header is not a JSON object"})
    void shouldRefuseAHeader(final String part, final String replacement, final String why)
    {
        final String header = issuer.header("e").replace(part, replacement);
        assertEquals(why, refused(issuer.token("e", header, TestIssuer.claims("trade"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"iss\":\"https://idp.example/\"|\"iss\":\"https://idp.example\"|iss is not the one of the configuration",
        "\"iss\":|\"isss\":|iss is missing",
        "\"aud\":\"countersign\"|\"aud\":\"Countersign\"|aud does not hold the one of the configuration",
        "\"aud\":\"countersign\"|\"aud\":[]|aud does not hold the one of the configuration",
        "\"aud\":\"countersign\"|\"aud\":[\"countersign\",1]|aud is not a text or an array of texts",
        "\"aud\":\"countersign\"|\"aud\":{\"countersign\":1}|aud is not a text",
        "\"aud\":|\"audience\":|aud is missing",
        "\"sub\":\"bot-7\"|\"sub\":\"bot-8\"|sub is not that of the principal",
        "\"sub\":\"bot-7\"|\"sub\":7|sub is not a text",
        "\"sub\":|\"subject\":|sub is missing",
        "\"client_id\":|\"client\":|client_id is missing",
        "\"client_id\":\"c\"|\"client_id\":\"\"|client_id is not a text",
        "\"jti\":|\"id\":|jti is missing",
        "\"jti\":\"id-1\"|\"jti\":\"id-1\",\"jti\":\"id-1\"|claims has a member twice",
        "\"jti\":\"id-1\"|\"jti\":\"id-1\",\"x\":{\"y\":1,\"y\":1}|claims has a member twice",
        "\"jti\":\"id-1\"|\"jti\":\"id-1\",\"cnf\":{}|" +
            "cnf binds it to a key, of which no proof can be given here",
        "\"jti\":\"id-1\"|\"jti\":\"id-1\",\"nbf\":\"0\"|nbf is not a time",
        "\"jti\":\"id-1\"|\"jti\":\"\\ud800\"|claims is not a JSON object",
        "\"exp\":|\"expires\":|exp is missing",
        "\"iat\":|\"issued\":|iat is missing",
        "\"exp\":1800000300|\"exp\":\"1800000300\"|exp is not a time",
        "\"exp\":1800000300|\"exp\":1e999999999|exp is not a time",
        "\"exp\":1800000300|\"exp\":-1|exp is not a time",
        "\"exp\":1800000300|\"exp\":99999999999|exp is not a time",
        "\"exp\":1800000300|\"exp\":9223372036|exp is not a time",
        "\"exp\":1800000300|\"exp\":null|exp is not a time",
        "\"scope\":|\"scp\":|scope is missing",
        "\"scope\":\"trade\"|\"scope\":[\"trade\"]|scope is not a text"})
    void shouldRefuseClaims(final String part, final String replacement, final String why)
    {
        assertEquals(why, refusedClaims(claims(part, replacement)));
    }

    @Test
    void shouldExpireAtTheVeryNanosecond()
    {
        final byte[] token = issuer.token("d");
        final long expiresNs = NOW_NS + 300_000_000_000L;
        assertInstanceOf(AccessGrant.class, verifier.verify(token, SUBJECT, expiresNs - 1));
        assertEquals(new AccessRefusal("exp has passed"), verifier.verify(token, SUBJECT, expiresNs));
        final String fraction = claims("\"exp\":1800000300", "\"exp\":1800000300.25");
        assertEquals(expiresNs + 250_000_000L, granted(fraction).expiresNs());
    }

    @Test
    void shouldAllowForSkewOfNotBeforeAndIssuedAtOnly()
    {
        granted(claims("\"jti\":\"id-1\"", "\"jti\":\"id-1\",\"nbf\":" + (NOW_S + 5)));
        granted(TestIssuer.claims("trade", NOW_S + 5, NOW_S + 300));
        assertEquals("nbf is yet to come",
            refusedClaims(claims("\"jti\":\"id-1\"", "\"jti\":\"id-1\",\"nbf\":" + (NOW_S + 5) + ".000000001")));
        assertEquals("iat is yet to come", refusedClaims(TestIssuer.claims("trade", NOW_S + 6, NOW_S + 300)));
    }

    @Test
    void shouldHoldTheLifetimeToItsLimit()
    {
        granted(TestIssuer.claims("trade", NOW_S - 100, NOW_S + 3_500));
        assertEquals("exp is further from iat than the configuration allows",
            refusedClaims(TestIssuer.claims("trade", NOW_S - 100, NOW_S + 3_501)));
    }

    @Test
    void shouldRefuseAnHmacUnderThePublicKey() throws Exception
    {
        for (final byte[] secret : new byte[][]{
            issuer.key("r").getPublic().getEncoded(), issuer.jwk("r").getBytes(StandardCharsets.UTF_8)})
        {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            final byte[] symmetric = TestIssuer.token(
                issuer.header("r").replace("RS256", "HS256"), TestIssuer.claims("trade"), mac::doFinal);
            assertEquals("alg is not RS256, ES256 or EdDSA", refused(symmetric));
            final byte[] disguised = TestIssuer.token(issuer.header("r"), TestIssuer.claims("trade"), mac::doFinal);
            assertEquals("signature does not fit the key of kid", refused(disguised));
        }
    }

    @Test
    void shouldRefuseSignaturesOfOtherKeysAndNone()
    {
        final TestIssuer other = TestIssuer.withOneKeyOfEach();
        for (final String kid : new String[]{"r", "e", "d"})
        {
            assertEquals("signature does not fit the key of kid", refused(other.token(kid)));
            for (final int length : new int[]{0, 1, 63, 64, 65, 256})
            {
                assertEquals("signature does not fit the key of kid", refused(TestIssuer.token(
                    issuer.header(kid), TestIssuer.claims("trade"), (input) -> new byte[length])));
            }
        }
    }

    @Test
    void shouldRefuseOtherForms()
    {
        final String token = text(issuer.token("e"));
        assertEquals("not a signed JWT in compact form: expected three parts", refused(bytes("")));
        assertEquals("not a signed JWT in compact form: expected three parts", refused(bytes(token + ".a.b")));
        assertEquals("header is not base64url without padding", refused(bytes(" " + token)));
        assertEquals("header is not base64url without padding", refused(bytes("Bearer " + token)));
        assertEquals("signature is not base64url without padding", refused(bytes(token + "\n")));
        assertEquals("signature is not base64url without padding", refused(bytes(token + "==")));
        assertEquals("header is not a JSON object", refused(bytes(".." + token.substring(token.lastIndexOf('.') + 1))));
        assertEquals("header is not a JSON object", refused(bytes("..")));
    }

    @Test
    void shouldHoldTheLengthToItsLimit()
    {
        byte[] token = issuer.token("d");
        for (int padding = 1; token.length < AccessTokenVerifier.MAX_LENGTH - 2; padding++)
        {
            token = issuer.token("d", issuer.header("d"),
                claims("\"jti\":\"id-1\"", "\"jti\":\"id-1\",\"p\":\"" + "p".repeat(padding) + "\""));
        }
        assertTrue(token.length <= AccessTokenVerifier.MAX_LENGTH);
        assertInstanceOf(AccessGrant.class, verifier.verify(token, SUBJECT, NOW_NS));
        assertEquals("longer than 3500 bytes", refused(Arrays.copyOf(token, 3_501)));
    }

    @Test
    void shouldHoldTheTokenIdToWhatARecordTakes()
    {
        granted(claims("id-1", "i".repeat(254)));
        assertEquals("jti is longer than 254 bytes", refusedClaims(claims("id-1", "i".repeat(255))));
    }

    private static String claims(final String part, final String replacement)
    {
        final String claims = TestIssuer.claims("trade");
        assertTrue(claims.contains(part), part);
        return claims.replace(part, replacement);
    }

    private static AccessGrant granted(final String claims)
    {
        return assertInstanceOf(AccessGrant.class,
            verifier.verify(issuer.token("d", issuer.header("d"), claims), SUBJECT, NOW_NS));
    }

    private static String refusedClaims(final String claims)
    {
        return refused(issuer.token("d", issuer.header("d"), claims));
    }

    private static String refused(final byte[] token)
    {
        return assertInstanceOf(AccessRefusal.class, verifier.verify(token, SUBJECT, NOW_NS)).why();
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(final byte[] bytes)
    {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
