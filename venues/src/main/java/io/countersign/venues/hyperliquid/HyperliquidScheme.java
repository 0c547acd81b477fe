package io.countersign.venues.hyperliquid;

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
 * The scheme of {@link HyperliquidL1}.
 */
public final class HyperliquidScheme implements CodeScheme
{
    /** The name that profiles use. */
    public static final String NAME = "hyperliquid-l1";

    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Venue venue(final Profile profile) throws ProfileException
    {
        new SchemeChecks(profile, NAME)
            .operations(Operation.NEW_ORDER, Operation.CANCEL_ORDER)
            .keys(KeyAlgorithm.ECDSA_SECP256K1_KECCAK256)
            .nonce(new NonceRule(NonceRule.Kind.COUNTER, NANOS_PER_MILLI), "'nonce: {kind: counter, unit: ms}'")
            .parameter(HyperliquidL1.NETWORK, List.of(HyperliquidL1.MAINNET, HyperliquidL1.TESTNET))
            .parameter(HyperliquidL1.VAULT, HyperliquidL1.NO_VAULT)
            .throwAny();
        return new HyperliquidL1(profile);
    }
}
