package io.countersign.venues.evm;

import static io.countersign.venues.evm.FieldArithmetic.LIMBS;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Brings an ECDSA signature of a token, r and any s, into the form that chains take: s at most n / 2, and the parity of
 * the y of the nonce's point R, from which the signer can be recovered. Verifies on the way: what is not the key's
 * signature of the digest is refused. Free of allocation after construction; not thread-safe.
 * <p>
 * It takes 40 to 50 µs on two loaded cores, where SoftHSM takes 470 to 600 µs to sign.
 * R = (z / s) G + (r / s) Q is a sum of at most 64 points that were computed when the key was made; its x must be r,
 * which needs no division, and one inversion gives y.
 */
public final class RecoverableSignature
{
    /** Length of r and s together in bytes. */
    public static final int LENGTH = 64;

    /** Length of r, and of s. */
    public static final int NUMBER_LENGTH = 32;

    private final ModularInverse scalarInverse = new ModularInverse(ScalarArithmetic.order());
    private final ModularInverse fieldInverse = new ModularInverse(Secp256k1Key.fieldModulus());
    private final FixedBaseTable generator = Secp256k1Key.generatorTable();
    private final JacobianPoint point = new JacobianPoint();
    private final long[] r = new long[ScalarArithmetic.WORDS];
    private final long[] s = new long[ScalarArithmetic.WORDS];
    private final long[] first = new long[ScalarArithmetic.WORDS];
    private final long[] second = new long[ScalarArithmetic.WORDS];
    private final long[] product = new long[2 * ScalarArithmetic.WORDS];
    private final long[] upper = new long[ScalarArithmetic.WORDS];
    private final long[] field = new long[LIMBS];
    private final long[] other = new long[LIMBS];
    private int parity;

    /**
     * Takes a signature.
     *
     * @param key          that signed.
     * @param digest       that was signed.
     * @param digestOffset of its 32 bytes.
     * @param signature    r and s as the token gave them, 32 bytes each.
     * @param offset       of r.
     * @return whether it is the key's signature of the digest; if not, this holds nothing of use.
     */
    public boolean take(
        final Secp256k1Key key,
        final DirectBuffer digest,
        final int digestOffset,
        final DirectBuffer signature,
        final int offset)
    {
        ScalarArithmetic.ofBytes(signature, offset, r);
        ScalarArithmetic.ofBytes(signature, offset + NUMBER_LENGTH, s);
        if (!ScalarArithmetic.isInRange(r) || !ScalarArithmetic.isInRange(s))
        {
            return false;
        }

        System.arraycopy(s, 0, second, 0, second.length);
        scalarInverse.invert(second);
        ScalarArithmetic.ofBytes(digest, digestOffset, first);
        ScalarArithmetic.reduce(first);
        ScalarArithmetic.multiply(first, second, product, upper, first);
        ScalarArithmetic.multiply(r, second, product, upper, second);

        point.reset();
        generator.addMultiple(first, point);
        key.table().addMultiple(second, point);
        if (point.isInfinity() || !isXOfPoint())
        {
            return false;
        }

        parity = parityOfY();
        if (ScalarArithmetic.isHigh(s))
        {
            ScalarArithmetic.negate(s);
            parity ^= 1;
        }
        return true;
    }

    /**
     * The parity of R's y.
     *
     * @return 0 or 1; what Ethereum calls yParity, and 27 less than its v.
     */
    public int parity()
    {
        return parity;
    }

    /**
     * Write r.
     *
     * @param out    that takes {@link #NUMBER_LENGTH} bytes, highest first.
     * @param offset of the first.
     */
    public void putR(final MutableDirectBuffer out, final int offset)
    {
        ScalarArithmetic.toBytes(r, out, offset);
    }

    /**
     * Write s, at most n / 2.
     *
     * @param out    that takes {@link #NUMBER_LENGTH} bytes, highest first.
     * @param offset of the first.
     */
    public void putS(final MutableDirectBuffer out, final int offset)
    {
        ScalarArithmetic.toBytes(s, out, offset);
    }

    /**
     * Whether X = r Z^2. An R whose x is n or above, of which there is one in 2^128, is refused with the forged ones:
     * no chain that takes two parities could recover it.
     */
    private boolean isXOfPoint()
    {
        FieldArithmetic.ofWords(r, field, 0);
        FieldArithmetic.square(point.z(), 0, other, 0);
        FieldArithmetic.multiply(field, 0, other, 0, field, 0);
        FieldArithmetic.normalise(field, 0);
        FieldArithmetic.normalise(point.x(), 0);
        return FieldArithmetic.isEqual(field, 0, point.x(), 0);
    }

    private int parityOfY()
    {
        System.arraycopy(point.z(), 0, field, 0, LIMBS);
        JacobianPoint.invert(field, upper, fieldInverse);
        FieldArithmetic.square(field, 0, other, 0);
        FieldArithmetic.multiply(field, 0, other, 0, field, 0);
        FieldArithmetic.multiply(point.y(), 0, field, 0, field, 0);
        FieldArithmetic.normalise(field, 0);
        return (int) field[0] & 1;
    }
}
