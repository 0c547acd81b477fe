package io.countersign.venues.evm;

import java.math.BigInteger;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A private key in software that signs as a token does, with any s, or as the chains' own software does. */
public final class SoftwareKey
{
    public static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    public static final BigInteger N = CURVE.getN();

    private final BigInteger scalar;
    private final Secp256k1Key publicKey;

    public SoftwareKey(final BigInteger scalar)
    {
        this.scalar = scalar;
        publicKey = Secp256k1Key.ofPoint(point().getEncoded(false));
    }

    public static SoftwareKey ofHex(final String scalar)
    {
        return new SoftwareKey(new BigInteger(scalar, 16));
    }

    public Secp256k1Key publicKey()
    {
        return publicKey;
    }

    public ECPoint point()
    {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
    }

    /** Returns r and s for a nonce, s as it comes. */
    public UnsafeBuffer sign(final byte[] digest, final BigInteger nonce)
    {
        final BigInteger r = new FixedPointCombMultiplier().multiply(CURVE.getG(), nonce).normalize()
            .getAffineXCoord().toBigInteger().mod(N);
        final BigInteger s = new BigInteger(1, digest).add(r.multiply(scalar)).multiply(nonce.modInverse(N)).mod(N);
        return buffer(new BigInteger[]{ r, s });
    }

    /** Returns r and s for the nonce of RFC 6979 with SHA-256, which published signatures were made with. */
    public UnsafeBuffer sign(final byte[] digest)
    {
        final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar, new ECDomainParameters(CURVE)));
        return buffer(signer.generateSignature(digest));
    }

    public static UnsafeBuffer buffer(final BigInteger[] numbers)
    {
        return new UnsafeBuffer(HexFormat.of().parseHex(String.format("%064x%064x", numbers[0], numbers[1])));
    }
}
