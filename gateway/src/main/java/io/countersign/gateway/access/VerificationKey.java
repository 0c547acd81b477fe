package io.countersign.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;

/**
 * A public key with the one algorithm that signatures of it are checked by: the access token has no say in that.
 *
 * @param algorithm RS256, ES256 or EdDSA.
 * @param verifier  of that algorithm.
 */
record VerificationKey(JWSAlgorithm algorithm, JWSVerifier verifier)
{
    boolean isSignature(final byte[] signingInput, final Base64URL signature)
    {
        try
        {
            return verifier.verify(new JWSHeader(algorithm), signingInput, signature);
        }
        catch (final JOSEException | RuntimeException ex)
        {
            // Whatever a signature makes of the libraries, it is not a good one.
            return false;
        }
    }
}
