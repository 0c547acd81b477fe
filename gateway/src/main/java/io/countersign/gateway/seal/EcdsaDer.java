package io.countersign.gateway.seal;

import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

import java.io.IOException;
import java.math.BigInteger;

/**
 * Signatures on P-256 as tokens give them (r and s, 32 bytes each) and as notes have them (DER, RFC 3279, 2.2.3).
 */
final class EcdsaDer
{
    private static final BigInteger ORDER = ECNamedCurveTable.getByOID(X9ObjectIdentifiers.prime256v1).getN();

    private EcdsaDer()
    {
    }

    static byte[] toDer(final byte[] plain)
    {
        try
        {
            final BigInteger[] numbers = PlainDSAEncoding.INSTANCE.decode(ORDER, plain);
            return StandardDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("not r and s of a signature on P-256", ex);
        }
    }

    /** Null when it is no DER, or not as an encoder would write it. */
    static byte[] fromDer(final byte[] der)
    {
        try
        {
            final BigInteger[] numbers = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
            return PlainDSAEncoding.INSTANCE.encode(ORDER, numbers[0], numbers[1]);
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            return null;
        }
    }
}
