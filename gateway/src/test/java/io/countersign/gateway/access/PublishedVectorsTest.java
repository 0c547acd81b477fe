package io.countersign.gateway.access;

import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The signatures that RFC 7515 (appendices A.2 and A.3) and RFC 8037 (A.4) print, with the keys that they print.
 */
class PublishedVectorsTest
{
    private static final String RFC_7515_CLAIMS =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static Stream<Arguments> vectors()
    {
        return Stream.of(
            Arguments.of(
                "RS256",
                "{\"kty\":\"RSA\",\"kid\":\"k\",\"e\":\"AQAB\",\"n\":\"" +
                "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJ" +
                "PMEzP1Pt0Bm4d4QlL-yRT-" +
                "SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5" +
                "rexMdbBYUsLA9e-KXBdQOS-" +
                "UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNm" +
                "oudF8NAco9_h9iaGNj8q2et" +
                "hFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}",
                "eyJhbGciOiJSUzI1NiJ9." + RFC_7515_CLAIMS,
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF" +
                "5YKt_O8W2Fp5jujGbds9uJdb" +
                "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb" +
                "1L07Qe7K0GarZRmB_eSN9383" +
                "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6" +
                "LbgGY9Fs98rqVt5AXLIhWkWy" +
                "wlVmtVrBp0igcN_IoypGlUPQGe77Rw"),
            Arguments.of(
                "ES256",
                "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\"," +
                "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"," +
                "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
                "eyJhbGciOiJFUzI1NiJ9." + RFC_7515_CLAIMS,
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"),
            Arguments.of(
                "EdDSA",
                "{\"kty\":\"OKP\",\"kid\":\"k\",\"crv\":\"Ed25519\"," +
                "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldVerifyWhatTheStandardPrints(
        final String algorithm, final String jwk, final String signingInput, final String signature) throws Exception
    {
        final JwkSet set = JwkSet.parse("vector", ("{\"keys\":[" + jwk + "]}").getBytes(StandardCharsets.UTF_8));
        final VerificationKey key = set.get("k");
        final byte[] input = signingInput.getBytes(StandardCharsets.US_ASCII);
        assertEquals(algorithm, key.algorithm().getName());
        assertTrue(key.isSignature(input, new Base64URL(signature)));
        input[30] ^= 1;
        assertFalse(key.isSignature(input, new Base64URL(signature)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldStillRefuseItAsAnAccessToken(
        final String algorithm, final String jwk, final String signingInput, final String signature) throws Exception
    {
        final JwkSet set = JwkSet.parse("vector", ("{\"keys\":[" + jwk + "]}").getBytes(StandardCharsets.UTF_8));
        final byte[] token = (signingInput + "." + signature).getBytes(StandardCharsets.US_ASCII);
        final AccessDecision decision =
            new AccessTokenVerifier(TestIssuer.CONFIG, () -> set).verify(token, "joe", 1_300_000_000_000_000_000L);
        assertEquals("typ is not at+jwt", assertInstanceOf(AccessRefusal.class, decision).why(), algorithm);
    }
}
