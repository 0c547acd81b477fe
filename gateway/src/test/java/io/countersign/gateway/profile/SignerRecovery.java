package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.evm.Secp256k1Key;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;

/** Who signed on secp256k1, by another implementation than the one that is tested: SEC 1, section 4.1.6. */
public final class SignerRecovery
{
    private static final ECNamedDomainParameters DOMAIN = new ECNamedDomainParameters(
        SECObjectIdentifiers.secp256k1, CustomNamedCurves.getByName("secp256k1"));

    private SignerRecovery()
    {
    }

    /** The public key; s must be the lower one. */
    public static Secp256k1Key recover(final byte[] digest, final byte[] r, final byte[] s, final int parity)
    {
        final BigInteger rNumber = new BigInteger(1, r);
        final BigInteger sNumber = new BigInteger(1, s);
        assertTrue(sNumber.compareTo(DOMAIN.getN().shiftRight(1)) <= 0);
        final ECPoint point = DOMAIN.getCurve().decodePoint(
            HexFormat.of().parseHex(String.format("%02x%064x", 2 + parity, rNumber)));
        final ECPoint signer = point.multiply(sNumber)
            .subtract(DOMAIN.getG().multiply(new BigInteger(1, digest))).multiply(rNumber.modInverse(DOMAIN.getN()));
        return Secp256k1Key.ofPoint(signer.getEncoded(false));
    }

    /** A private key as PKCS#8. */
    public static byte[] pkcs8(final String scalar) throws IOException
    {
        return PrivateKeyInfoFactory.createPrivateKeyInfo(
            new ECPrivateKeyParameters(new BigInteger(scalar, 16), DOMAIN)).getEncoded();
    }
}
