package io.countersign.hsm;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that a gateway has for itself, none of which may sign a request; null where a token has none.
 */
record OwnKeys(KeySpec master, KeySpec register, KeySpec audit)
{
    private static final Set<SigningAlgorithm> MAC_ONLY = Set.of(SigningAlgorithm.HMAC_SHA256);

    /** Refuses one that is unfit, or that is another of them or a key of requests. */
    void check(final List<KeySpec> keys)
    {
        check(master, "master key", MAC_ONLY, keys);
        check(register, "register key", MAC_ONLY, with(keys, master));
        check(audit, "audit key", AuditKey.ALGORITHMS, with(keys, master, register));
    }

    private static List<KeySpec> with(final List<KeySpec> keys, final KeySpec... own)
    {
        return Stream.concat(keys.stream(), Stream.of(own).filter(Objects::nonNull)).toList();
    }

    private static void check(
        final KeySpec own, final String use, final Set<SigningAlgorithm> allowed, final List<KeySpec> others)
    {
        if (null != own)
        {
            own.checkOwn(use, allowed, others);
        }
    }
}
