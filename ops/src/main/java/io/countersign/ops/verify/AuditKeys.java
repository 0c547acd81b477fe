package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;

/**
 * Which key a note of the journal must be signed with: one that was given by {@code --keys}; without any, the one that
 * the journal's own configuration names.
 */
final class AuditKeys
{
    private final KnownKeys given;
    private final PolicyCheck policies;

    AuditKeys(final KnownKeys given, final PolicyCheck policies)
    {
        this.given = given;
        this.policies = policies;
    }

    boolean areGiven()
    {
        return !given.auditKeys().isEmpty();
    }

    /** Whether there is anything to verify with. */
    boolean areKnown()
    {
        return areGiven() || !policies.journalKeys().auditKeys().isEmpty();
    }

    /** The key in force that has signed a line; null when none claims it. */
    NoteKey inForce(final SignedNote.Line line)
    {
        final NoteKey configured = policies.auditKey();
        if (null != configured && !configured.claims(line))
        {
            return null;
        }
        return areGiven() ? claiming(given, line) : configured;
    }

    /** Any audit key that has signed a line, now or before; null when none claims it. */
    NoteKey any(final SignedNote.Line line)
    {
        return claiming(areGiven() ? given : policies.journalKeys(), line);
    }

    private static NoteKey claiming(final KnownKeys keys, final SignedNote.Line line)
    {
        return keys.auditKeys().stream().filter((key) -> key.claims(line)).findFirst().orElse(null);
    }

    /** What seals were verified with, a line of the report. */
    String description()
    {
        final KnownKeys keys = areGiven() ? given : policies.journalKeys();
        final String names = String.join(", ", keys.auditKeys().stream().map(NoteKey::format).toList());
        return "audit key: " + (areGiven() ? names + ", as given by --keys" : names.isEmpty() ? "none is known" :
            names + ", as the journal's own configuration says: the journal vouches for itself; " +
            "to be sure, give the key by --keys from where nobody could change it");
    }
}
