package io.countersign.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * EdDSA with Ed25519 (RFC 8037) by the JDK's own implementation; the JOSE library would want another library for it.
 */
final class Ed25519Verifier implements JWSVerifier
{
    static final int KEY_LENGTH = 32;

    private static final int SIGNATURE_LENGTH = 64;
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final JCAContext jcaContext = new JCAContext();
    private final PublicKey publicKey;

    /** The key as RFC 8032 encodes it: 32 bytes. */
    Ed25519Verifier(final byte[] encoded) throws GeneralSecurityException
    {
        final byte[] x509 = new byte[X509_PREFIX.length + KEY_LENGTH];
        System.arraycopy(X509_PREFIX, 0, x509, 0, X509_PREFIX.length);
        System.arraycopy(encoded, 0, x509, X509_PREFIX.length, KEY_LENGTH);
        publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    }

    @Override
    public boolean verify(final JWSHeader header, final byte[] signingInput, final Base64URL signature)
        throws JOSEException
    {
        final byte[] bytes = signature.decode();
        if (SIGNATURE_LENGTH != bytes.length || !JWSAlgorithm.EdDSA.equals(header.getAlgorithm()))
        {
            return false;
        }
        try
        {
            final Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(publicKey);
            verification.update(signingInput);
            return verification.verify(bytes);
        }
        catch (final SignatureException ex)
        {
            return false;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new JOSEException("Ed25519 is not to be had", ex);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms()
    {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext()
    {
        return jcaContext;
    }
}
