package io.countersign.gateway.register;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries to test with. */
final class Entries
{
    static final long NOW_MS = 1_796_065_200_000L;

    /** The public keys of RFC 8032, section 7.1, tests 1 to 3. */
    private static final String[] PUBLIC_KEYS =
    {
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    };
    private static final String ED25519_HEAD = "302a300506032b6570032100";

    private Entries()
    {
    }

    static byte[] publicKey(final int number)
    {
        return HexFormat.of().parseHex(ED25519_HEAD + PUBLIC_KEYS[number]);
    }

    /** A check value of its own for each alias and version. */
    static KeySpec spec(final String alias, final int version)
    {
        final byte[] pinned = LineTags.sha256().digest((alias + ' ' + version).getBytes());
        return new KeySpec(alias, version, Arrays.copyOf(pinned, 8), SigningAlgorithm.HMAC_SHA256,
            Arrays.copyOf(pinned, KeySpec.CHECK_VALUE_LENGTH));
    }

    static KeyEntry key(final String alias, final int version)
    {
        return KeyEntry.preActive(spec(alias, version), "main", KeyTraits.NONE, NOW_MS)
            .withVenue(VenueBinding.of("binance-spot", "ID-" + version));
    }

    static KeyEntry active(final String alias, final int version) throws RegisterException
    {
        return key(alias, version).become(KeyState.ACTIVE, NOW_MS + 1);
    }

    /** A key in a state, however it came there. */
    static KeyEntry inState(final KeyEntry key, final KeyState state, final KeyState before)
    {
        final boolean wasActive = KeyState.PRE_ACTIVE != state && KeyState.PRE_ACTIVE != before;
        return new KeyEntry(key.spec(), key.token(), key.traits(), state, before, key.venue(),
            wasActive ? key.times().withActivated(NOW_MS + 1) : key.times(), key.use());
    }

    /** A key with a value in each of its members. */
    static KeyEntry full()
    {
        final Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("zeta", "1");
        parameters.put("account", "a \"quoted\" \\ text");
        final KeySpec spec =
            new KeySpec("wallet \"ä\" \\ \u20ac", 7, new byte[]{ 0, -1 }, SigningAlgorithm.ED25519, publicKey(2));
        return new KeyEntry(spec, "second", new KeyTraits(true, true), KeyState.SUSPENDED, KeyState.RETIRING,
            new VenueBinding("okx-v5", "API-KEY", "pass phrase", parameters),
            new KeyTimes(0, 1, 2, KeyTimes.MAX_MS, 4, 5), new KeyUse(999_999_999_999_999_999L, 1_796_065_200_123L));
    }

    static OperatorEntry operator(final String name, final int publicKey)
    {
        return new OperatorEntry(
            name, OperatorRole.SECURITY_OFFICER, publicKey(publicKey), 1, OperatorState.ENROLLED, NOW_MS);
    }

    static RecoveryEntry recovery(final String token)
    {
        return new RecoveryEntry(token, new byte[]{ 7 }, new byte[]{ 1, 2, 3 }, 2, 3, NOW_MS);
    }

    /** Three keys, two operators, one recovery key: lines 2 to 7. */
    static Register some() throws RegisterException
    {
        return Register.EMPTY
            .withKey(active("binance-main", 1))
            .withKey(key("binance-main", 2))
            .withKey(key("okx", 1))
            .withOperator(operator("anna", 0))
            .withOperator(operator("bob", 1))
            .withRecovery(recovery("main"));
    }

    /** Many keys, four versions of each alias. */
    static Register many(final int count) throws RegisterException
    {
        final RegisterDraft draft = new RegisterDraft(Register.EMPTY);
        for (int i = 0; i < count; i++)
        {
            final KeyEntry key = key("alias-" + i / 4, 1 + i % 4);
            draft.put(0 == i % 4 ? key.become(KeyState.ACTIVE, NOW_MS) : key);
        }
        return draft.finish();
    }
}
