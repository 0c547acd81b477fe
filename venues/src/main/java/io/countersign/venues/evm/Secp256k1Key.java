package io.countersign.venues.evm;

import static io.countersign.venues.evm.FieldArithmetic.LIMBS;

import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A public key on secp256k1 with what makes checking its signatures fast, which takes some milliseconds to make.
 * Immutable.
 */
public final class Secp256k1Key
{
    /** Length of an account's address in bytes. */
    public static final int ADDRESS_LENGTH = 20;

    /** Length of a compressed point in bytes. */
    public static final int COMPRESSED_LENGTH = 33;

    private static final int COORDINATE_LENGTH = 32;
    private static final int POINT_LENGTH = 65;
    private static final byte UNCOMPRESSED = 4;

    /** SubjectPublicKeyInfo of id-ecPublicKey on secp256k1 (RFC 5480) up to the point, which is uncompressed. */
    private static final byte[] DER_HEADER =
        HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a034200");

    private static final String GENERATOR =
        "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    private final byte[] point;
    private final FixedBaseTable table;

    private Secp256k1Key(final byte[] point)
    {
        this.point = point;
        table = new FixedBaseTable(affine(point), new ModularInverse(fieldModulus()));
    }

    /**
     * The key of a pinned public key.
     *
     * @param der X.509 SubjectPublicKeyInfo with an uncompressed point.
     * @return the key.
     * @throws IllegalArgumentException when the bytes are no public key on secp256k1.
     */
    public static Secp256k1Key ofSubjectPublicKeyInfo(final byte[] der)
    {
        if (der.length != DER_HEADER.length + POINT_LENGTH ||
            !Arrays.equals(DER_HEADER, Arrays.copyOf(der, DER_HEADER.length)))
        {
            throw new IllegalArgumentException("not a SubjectPublicKeyInfo of an uncompressed point on secp256k1");
        }
        return ofPoint(Arrays.copyOfRange(der, DER_HEADER.length, der.length));
    }

    /**
     * The key of a point.
     *
     * @param encoded uncompressed: 4, x and y.
     * @return the key.
     * @throws IllegalArgumentException when the bytes are no point of secp256k1.
     */
    public static Secp256k1Key ofPoint(final byte[] encoded)
    {
        if (encoded.length != POINT_LENGTH || encoded[0] != UNCOMPRESSED || !isOnCurve(encoded))
        {
            throw new IllegalArgumentException("not an uncompressed point on secp256k1");
        }
        return new Secp256k1Key(encoded.clone());
    }

    /**
     * The address of the account that the key belongs to: the last 20 bytes of the Keccak-256 of the point.
     *
     * @return a new array.
     */
    public byte[] address()
    {
        final byte[] digest = Keccak256.of(Arrays.copyOfRange(point, 1, POINT_LENGTH));
        return Arrays.copyOfRange(digest, digest.length - ADDRESS_LENGTH, digest.length);
    }

    /**
     * The point in compressed form.
     *
     * @return a new array of {@link #COMPRESSED_LENGTH} bytes.
     */
    public byte[] compressed()
    {
        final byte[] encoded = new byte[COMPRESSED_LENGTH];
        putCompressed(new UnsafeBuffer(encoded), 0);
        return encoded;
    }

    /**
     * Write the point in compressed form.
     *
     * @param out   that takes {@link #COMPRESSED_LENGTH} bytes.
     * @param index of the first.
     */
    public void putCompressed(final MutableDirectBuffer out, final int index)
    {
        out.putByte(index, (byte) (2 + (point[POINT_LENGTH - 1] & 1)));
        out.putBytes(index + 1, point, 1, COORDINATE_LENGTH);
    }

    FixedBaseTable table()
    {
        return table;
    }

    /** The multiples of the curve's generator: those of every key's, made when the first is. */
    static FixedBaseTable generatorTable()
    {
        return Generator.KEY.table;
    }

    /** Words of p. */
    static long[] fieldModulus()
    {
        return new long[]{ 0xFFFFFFFEFFFFFC2FL, -1L, -1L, -1L };
    }

    private static long[] affine(final byte[] point)
    {
        final long[] words = new long[ScalarArithmetic.WORDS];
        final long[] affine = new long[JacobianPoint.AFFINE_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(point);
        ScalarArithmetic.ofBytes(buffer, 1, words);
        FieldArithmetic.ofWords(words, affine, 0);
        ScalarArithmetic.ofBytes(buffer, 1 + COORDINATE_LENGTH, words);
        FieldArithmetic.ofWords(words, affine, LIMBS);
        return affine;
    }

    private static boolean isOnCurve(final byte[] point)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(point);
        final long[] words = new long[ScalarArithmetic.WORDS];
        ScalarArithmetic.ofBytes(buffer, 1, words);
        final boolean isXBelow = FieldArithmetic.isBelowModulus(words);
        ScalarArithmetic.ofBytes(buffer, 1 + COORDINATE_LENGTH, words);
        if (!isXBelow || !FieldArithmetic.isBelowModulus(words))
        {
            return false;
        }

        final long[] affine = affine(point);
        final long[] right = new long[LIMBS];
        final long[] left = new long[LIMBS];
        FieldArithmetic.square(affine, 0, right, 0);
        FieldArithmetic.multiply(right, 0, affine, 0, right, 0);
        FieldArithmetic.add(right, 0, new long[]{ 7, 0, 0, 0, 0 }, 0, right, 0);
        FieldArithmetic.square(affine, LIMBS, left, 0);
        FieldArithmetic.normalise(left, 0);
        FieldArithmetic.normalise(right, 0);
        return FieldArithmetic.isEqual(left, 0, right, 0);
    }

    private static final class Generator
    {
        private static final Secp256k1Key KEY = ofPoint(HexFormat.of().parseHex(GENERATOR));

        private Generator()
        {
        }
    }
}
