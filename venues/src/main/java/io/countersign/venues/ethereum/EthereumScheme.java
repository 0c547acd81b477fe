package io.countersign.venues.ethereum;

import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.CodeScheme;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileException;
import io.countersign.venues.profile.SchemeChecks;
import java.util.List;

/**
 * The scheme of {@link EthereumTransactions}.
 */
public final class EthereumScheme implements CodeScheme
{
    /** The name that profiles use. */
    public static final String NAME = "ethereum-eip1559";

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Venue venue(final Profile profile) throws ProfileException
    {
        new SchemeChecks(profile, NAME)
            .operations(Operation.TRANSACT)
            .keys(KeyAlgorithm.ECDSA_SECP256K1_KECCAK256)
            .nonce(NonceRule.NONE, "no 'nonce'")
            .parameter(EthereumTransactions.CHAIN_ID, EthereumTransactions.MAINNET)
            .parameter(EthereumTransactions.DATA, List.of(EthereumTransactions.NO_DATA, EthereumTransactions.ANY_DATA))
            .parameter(EthereumTransactions.MAX_FEE, EthereumTransactions.DEFAULT_MAX_FEE)
            .throwAny();
        return new EthereumTransactions(profile);
    }
}
