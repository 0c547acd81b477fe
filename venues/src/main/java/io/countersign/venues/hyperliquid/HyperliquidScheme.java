package io.countersign.venues.hyperliquid;

import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.profile.CodeScheme;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileException;
import io.countersign.venues.profile.ProfileOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The scheme of {@link HyperliquidL1}.
 */
public final class HyperliquidScheme implements CodeScheme
{
    /** The name that profiles use. */
    public static final String NAME = "hyperliquid-l1";

    private static final Set<Operation> OPERATIONS = Set.of(Operation.NEW_ORDER, Operation.CANCEL_ORDER);
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Venue venue(final Profile profile) throws ProfileException
    {
        final List<String> problems = new ArrayList<>();
        final String where = profile.at() + ": scheme '" + NAME + "' ";
        for (final ProfileOperation operation : profile.operations())
        {
            if (!OPERATIONS.contains(operation.operation()))
            {
                problems.add(operation.at() + ": scheme '" + NAME + "' has no " +
                    operation.operation().configName() + "; expected new-order or cancel-order");
            }
        }
        if (profile.keys().stream().anyMatch((rule) -> rule.algorithm() != KeyAlgorithm.ECDSA_SECP256K1_KECCAK256))
        {
            problems.add(where + "takes keys of " + KeyAlgorithm.ECDSA_SECP256K1_KECCAK256.configName() + " alone");
        }
        if (!new NonceRule(NonceRule.Kind.COUNTER, NANOS_PER_MILLI).equals(profile.nonce()))
        {
            problems.add(where + "wants 'nonce: {kind: counter, unit: ms}'");
        }
        final VenueParameter network = parameter(profile, HyperliquidL1.NETWORK);
        if (network == null ||
            !Set.of(HyperliquidL1.MAINNET, HyperliquidL1.TESTNET).equals(Set.copyOf(network.values())))
        {
            problems.add(where + "wants the parameter '" + HyperliquidL1.NETWORK + "' with the values " +
                HyperliquidL1.MAINNET + ", " + HyperliquidL1.TESTNET);
        }
        final VenueParameter vault = parameter(profile, HyperliquidL1.VAULT);
        if (vault == null || !vault.values().isEmpty() ||
            !Objects.equals(HyperliquidL1.NO_VAULT, vault.defaultValue()))
        {
            problems.add(where + "wants the parameter '" + HyperliquidL1.VAULT + "' with the default " +
                HyperliquidL1.NO_VAULT);
        }
        if (!problems.isEmpty())
        {
            throw new ProfileException(problems);
        }
        return new HyperliquidL1(profile);
    }

    private static VenueParameter parameter(final Profile profile, final String name)
    {
        return profile.parameters().stream()
            .filter((parameter) -> parameter.name().equals(name)).findFirst().orElse(null);
    }
}
