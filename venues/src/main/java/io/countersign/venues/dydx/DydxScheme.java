package io.countersign.venues.dydx;

import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.CodeScheme;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileException;
import io.countersign.venues.profile.SchemeChecks;

/**
 * The scheme of {@link DydxOrders}.
 */
public final class DydxScheme implements CodeScheme
{
    /** The name that profiles use. */
    public static final String NAME = "dydx-v4";

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
            .keys(KeyAlgorithm.ECDSA_SECP256K1)
            .nonce(NonceRule.NONE, "no 'nonce'")
            .parameter(DydxOrders.CHAIN_ID, DydxOrders.MAINNET)
            .parameter(DydxOrders.ACCOUNT_NUMBER, (String) null)
            .parameter(DydxOrders.SUBACCOUNT, DydxOrders.FIRST_SUBACCOUNT)
            .throwAny();
        return new DydxOrders(profile);
    }
}
