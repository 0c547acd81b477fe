package io.countersign.venues.hyperliquid;

import io.countersign.venues.Binding;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.Position;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.ReceiveWindow;
import io.countersign.venues.profile.RequestMethod;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The profile as it is shipped, and keys for it. */
public final class Fixture
{
    static final SoftwareKey SIGNER =
        SoftwareKey.ofHex("0123456789012345678901234567890123456789012345678901234567890123");
    static final Position AT = new Position("hyperliquid.yaml", 1, 1);
    static final NonceRule MILLIS = new NonceRule(NonceRule.Kind.COUNTER, 1_000_000);
    static final VenueParameter NETWORK = new VenueParameter("network", List.of("mainnet", "testnet"), "mainnet");
    static final VenueParameter VAULT = new VenueParameter("vault", List.of(), "none");

    private Fixture()
    {
    }

    public static Profile profile()
    {
        return profile(KeyAlgorithm.ECDSA_SECP256K1_KECCAK256, List.of(NETWORK, VAULT), MILLIS, Operation.NEW_ORDER,
            Operation.CANCEL_ORDER);
    }

    static Profile profile(
        final KeyAlgorithm algorithm,
        final List<VenueParameter> parameters,
        final NonceRule nonce,
        final Operation... operations)
    {
        return new Profile(AT, "hyperliquid", "Hyperliquid", List.of(), List.of("api.hyperliquid.xyz"), Binding.A,
            HyperliquidScheme.NAME, List.of(new KeyRule(algorithm, null, SignatureEncoding.HEX)), PassphraseUse.NONE,
            parameters, nonce, new ReceiveWindow(0, 3_600_000),
            List.of(operations).stream().map(Fixture::operation).toList());
    }

    static VenueKey key(final SoftwareKey signer, final String network, final String vault)
    {
        return VenueKey.builder(
            "0x" + HexFormat.of().formatHex(signer.publicKey().address()),
            KeyAlgorithm.ECDSA_SECP256K1_KECCAK256,
            SignatureEncoding.HEX)
            .parameters(List.of(network, vault)).secp256k1(signer.publicKey()).build();
    }

    private static ProfileOperation operation(final Operation operation)
    {
        return new ProfileOperation(AT, operation, RequestMethod.POST, List.of(), FieldsIn.NONE, false, false, null,
            null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Set.of(), Binding.A, false);
    }
}
