package io.countersign.ops.keys;

import io.countersign.hsm.WrappingKey;
import io.countersign.ops.CommandException;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Splits the 32 bytes of a recovery key into shares after Shamir (over GF(2^8), byte by byte), and puts them together
 * again. Fewer shares than the threshold tell nothing of the key.
 */
final class RecoverySecret
{
    private static final int SET_LENGTH = 8;

    private RecoverySecret()
    {
    }

    /**
     * Splits a key.
     *
     * @param secret    stays the caller's to zero.
     * @param threshold 2 or more.
     * @param shares    at least the threshold.
     * @return the shares by number, for the caller to zero.
     */
    static List<RecoveryShare> split(final byte[] secret, final int threshold, final int shares)
    {
        final SecureRandom random = new SecureRandom();
        final byte[] set = new byte[SET_LENGTH];
        random.nextBytes(set);
        final String check = HexFormat.of().formatHex(WrappingKey.checkValue(secret));
        final ShamirSplitSecretShare[] split = ShamirSecretSplitter.getInstance(
            ShamirSecretSplitter.Algorithm.AES, secret.length, random)
            .resplit(secret, threshold, shares).getSecretShares();
        return IntStream.range(0, shares).mapToObj((i) -> new RecoveryShare(
            HexFormat.of().formatHex(set), i + 1, shares, threshold, check, value(split[i]))).toList();
    }

    /**
     * Puts a key together.
     *
     * @param shares in any order; the same one twice counts once.
     * @return the key, for the caller to zero.
     * @throws CommandException where they are of different keys, too few, or do not give the key.
     */
    static byte[] combine(final Collection<RecoveryShare> shares)
    {
        final TreeMap<Integer, RecoveryShare> byNumber = new TreeMap<>();
        final RecoveryShare first = shares.iterator().next();
        for (final RecoveryShare share : shares)
        {
            if (!first.set().equals(share.set()) || !first.check().equals(share.check()) ||
                first.threshold() != share.threshold())
            {
                throw new CommandException("the recovery shares are of different keys: share " + first.number() +
                    " of set " + first.set() + ", share " + share.number() + " of set " + share.set());
            }
            byNumber.put(share.number(), share);
        }
        if (byNumber.size() < first.threshold())
        {
            throw new CommandException("there are " + byNumber.size() + " different recovery shares of set " +
                first.set() + ", and it takes " + first.threshold() + ": give one --share more for each");
        }
        final ShamirSplitSecretShare[] split = byNumber.values().stream()
            .map((share) -> new ShamirSplitSecretShare(share.value(), share.number()))
            .toArray(ShamirSplitSecretShare[]::new);
        try
        {
            final byte[] secret =
                ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, split).getSecret();
            if (!first.check().equals(HexFormat.of().formatHex(WrappingKey.checkValue(secret))))
            {
                Arrays.fill(secret, (byte) 0);
                throw new CommandException("the recovery shares of set " + first.set() +
                    " do not give its key: one of them is wrong; try it with others");
            }
            return secret;
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static byte[] value(final ShamirSplitSecretShare share)
    {
        try
        {
            return share.getEncoded();
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
