package io.countersign.ops.venues;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.VenueKey;
import io.countersign.venues.ethereum.EthereumTransactions;
import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.Secp256k1Key;
import io.countersign.venues.hyperliquid.HyperliquidL1;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileVenue;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Holds venues whose requests are written by code to vectors, which state no fields of a profile but what the scheme
 * signs.
 */
final class SchemeVector
{
    private static final int DIGEST_LENGTH = 32;

    private SchemeVector()
    {
    }

    static boolean isOf(final ProfileDescribed venue)
    {
        return !(venue instanceof ProfileVenue);
    }

    static Verdict check(final Vector vector, final VectorBench bench) throws GeneralSecurityException
    {
        return switch (bench.venue())
        {
            case final HyperliquidL1 ignored -> HyperliquidAction.check(vector, bench);
            case final EthereumTransactions ignored -> EthereumTransaction.check(vector, bench);
            default -> Verdict.notDescribed(vector.id(), "no vectors of this scheme can be read");
        };
    }

    /** What the token is given: the hash of what the vector says is signed, unless that is one or none is taken. */
    static byte[] signed(final Vector vector)
    {
        final byte[] payload = vector.payload();
        return null == payload || DIGEST_LENGTH == payload.length ||
            KeyAlgorithm.ECDSA_SECP256K1_KECCAK256 != vector.algorithm() ? payload : Keccak256.of(payload);
    }

    /** Builds what a bot that says these values would get, and compares it; {@code reading} gives them. */
    static Verdict check(
        final Vector vector, final VectorBench bench, final Operation operation, final Reading reading)
        throws GeneralSecurityException
    {
        final String name = operation.configName();
        try
        {
            final VectorKey vectorKey = VectorKey.of(vector);
            if (null == vectorKey)
            {
                return Verdict.notDescribed(vector.id(), "it states no key");
            }
            final Secp256k1Key publicKey = vectorKey.secp256k1();
            final Values values = new Values();
            values.put(FieldSource.API_KEY, address(vector, publicKey));
            reading.read(values);
            final VenueKey key = bench.key(vector, values, publicKey);
            final String complaint = bench.venue().check(key);
            final int reason = null != complaint ? 0 : bench.venue().build(
                bench.frame().of(operation, values.ofOrder()), key, bench.stamp(), bench.request());
            if (null != complaint || Reason.NONE.value() != reason)
            {
                return Verdict.different(vector.id(), name + ": " + (null != complaint ? complaint :
                    "the scheme refuses " + FieldSource.of(Math.max(0, bench.request().faultField())).configName() +
                    " (" + Reason.get(reason) + ")"), List.of());
            }
            return new RequestComparison(bench, vector, name).compare(key, vectorKey);
        }
        catch (final Contradiction ex)
        {
            return Verdict.different(vector.id(), name + ": " + ex.getMessage(), List.of());
        }
    }

    private static String address(final Vector vector, final Secp256k1Key publicKey) throws Contradiction
    {
        final String address = "0x" + HexFormat.of().formatHex(publicKey.address());
        final String stated = vector.text("signer_address");
        if (null != stated && !stated.toLowerCase(Locale.ROOT).equals(address))
        {
            throw new Contradiction("'signer_address' is " + stated + ", the key's is " + address);
        }
        return address;
    }

    /** Reads a vector. */
    @FunctionalInterface
    interface Reading
    {
        void read(Values values) throws Contradiction;
    }
}
