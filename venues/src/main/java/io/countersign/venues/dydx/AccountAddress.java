package io.countersign.venues.dydx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/**
 * Addresses of accounts as dYdX writes them: the RIPEMD-160 of the SHA-256 of the compressed public key, in Bech32 (BIP
 * 173) under {@code dydx}.
 */
final class AccountAddress
{
    private static final byte[] PREFIX = "dydx".getBytes(StandardCharsets.US_ASCII);
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
    private static final int CHECKSUM_LENGTH = 6;
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = 31;

    private AccountAddress()
    {
    }

    /** The address of a key; allocates. */
    static String of(final byte[] compressedPublicKey)
    {
        final byte[] sha256;
        try
        {
            sha256 = MessageDigest.getInstance("SHA-256").digest(compressedPublicKey);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
        final RIPEMD160Digest ripemd160 = new RIPEMD160Digest();
        final byte[] hash = new byte[ripemd160.getDigestSize()];
        ripemd160.update(sha256, 0, sha256.length);
        ripemd160.doFinal(hash, 0);
        return bech32(hash);
    }

    private static String bech32(final byte[] bytes)
    {
        final StringBuilder address = new StringBuilder(new String(PREFIX, StandardCharsets.US_ASCII)).append('1');
        int checksum = 1;
        for (final byte c : PREFIX)
        {
            checksum = next(checksum, c >> DIGIT_BITS);
        }
        checksum = next(checksum, 0);
        for (final byte c : PREFIX)
        {
            checksum = next(checksum, c & DIGIT_MASK);
        }

        // 160 bits are 32 digits without a rest.
        int bits = 0;
        int count = 0;
        for (final byte value : bytes)
        {
            bits = bits << Byte.SIZE | value & 0xFF;
            count += Byte.SIZE;
            while (count >= DIGIT_BITS)
            {
                count -= DIGIT_BITS;
                final int digit = bits >> count & DIGIT_MASK;
                checksum = next(checksum, digit);
                address.append(ALPHABET.charAt(digit));
            }
        }

        for (int i = 0; i < CHECKSUM_LENGTH; i++)
        {
            checksum = next(checksum, 0);
        }
        checksum ^= 1;
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--)
        {
            address.append(ALPHABET.charAt(checksum >> DIGIT_BITS * i & DIGIT_MASK));
        }
        return address.toString();
    }

    private static int next(final int checksum, final int digit)
    {
        final int top = checksum >>> 25;
        int result = (checksum & 0x1FFFFFF) << DIGIT_BITS ^ digit;
        for (int i = 0; i < GENERATOR.length; i++)
        {
            result ^= (top >> i & 1) == 0 ? 0 : GENERATOR[i];
        }
        return result;
    }
}
