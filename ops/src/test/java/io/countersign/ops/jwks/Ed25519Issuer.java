package io.countersign.ops.jwks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * An identity provider with one key, made anew.
 */
final class Ed25519Issuer
{
    private final String kid;
    private final KeyPair key;

    Ed25519Issuer(final String kid) throws GeneralSecurityException
    {
        this.kid = kid;
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    byte[] jwks()
    {
        final byte[] x509 = key.getPublic().getEncoded();
        return bytes("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + kid + "\",\"x\":\"" +
            base64(Arrays.copyOfRange(x509, x509.length - 32, x509.length)) + "\"}]}");
    }

    byte[] token(final long nowS) throws GeneralSecurityException
    {
        final String signingInput =
            base64(bytes("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}")) + "." +
            base64(bytes("{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"s\",\"client_id\":\"c\",\"jti\":\"j\",\"iat\":" +
            nowS + ",\"exp\":" + (nowS + 60) + ",\"scope\":\"trade\"}"));
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(bytes(signingInput));
        return bytes(signingInput + "." + base64(signature.sign()));
    }

    private static String base64(final byte[] bytes)
    {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
