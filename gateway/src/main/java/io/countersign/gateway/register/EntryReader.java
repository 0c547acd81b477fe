package io.countersign.gateway.register;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;

/**
 * Entries from the members of their lines. Messages name no place: the caller knows it.
 */
final class EntryReader
{
    private EntryReader()
    {
    }

    static RegisterHead head(final byte[] utf8) throws RegisterException
    {
        final EntryMembers members = EntryMembers.of(utf8);
        if (!RegisterHead.FORMAT.equals(members.text("register")))
        {
            throw new RegisterException("is no \"" + RegisterHead.FORMAT + "\"");
        }
        final long generation = members.number("generation", 1, Long.MAX_VALUE);
        final long savedMs = members.time("saved");
        final String previous = members.text("previous");
        final RegisterHead head;
        try
        {
            head = new RegisterHead(
                generation,
                savedMs,
                new RegisterMark(generation, previous).digest(),
                count(members, "keys"),
                count(members, "operators"),
                count(members, "recoveries"));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException("'previous': " + ex.getMessage(), ex);
        }
        members.refuseOthers();
        return head;
    }

    static KeyEntry key(final byte[] utf8) throws RegisterException
    {
        final EntryMembers members = EntryMembers.of(utf8);
        try
        {
            final KeySpec spec = spec(members);
            final String token = members.text("token");
            final KeyState state = members.choice("state", KeyState::ofConfigName);
            final KeyState stateBefore =
                members.has("state-before") ? members.choice("state-before", KeyState::ofConfigName) : null;
            if (!KeyEntry.PURPOSE.equals(members.text("purpose")))
            {
                throw new RegisterException("'purpose' is not " + KeyEntry.PURPOSE);
            }
            final KeyTraits traits = new KeyTraits(members.flag("recoverable"), members.flag("high-value"));
            final KeyEntry key = new KeyEntry(
                spec, token, traits, state, stateBefore, venue(members), times(members), use(members));
            members.refuseOthers();
            return key;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    static OperatorEntry operator(final byte[] utf8) throws RegisterException
    {
        final EntryMembers members = EntryMembers.of(utf8);
        try
        {
            final OperatorEntry operator = new OperatorEntry(
                members.text("operator"),
                members.choice("role", OperatorRole::ofConfigName),
                members.base64("public-key"),
                (int) members.number("totp-version", 1, Integer.MAX_VALUE),
                members.choice("state", OperatorState::ofConfigName),
                members.time("enrolled"));
            members.refuseOthers();
            return operator;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    static RecoveryEntry recovery(final byte[] utf8) throws RegisterException
    {
        final EntryMembers members = EntryMembers.of(utf8);
        try
        {
            final RecoveryEntry recovery = new RecoveryEntry(
                members.text("recovery"),
                members.hex("id"),
                members.hex("check-value"),
                (int) members.number("threshold", 1, Byte.MAX_VALUE * 2 + 1),
                (int) members.number("shares", 1, Byte.MAX_VALUE * 2 + 1),
                members.time("created"));
            members.refuseOthers();
            return recovery;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    private static int count(final EntryMembers members, final String name) throws RegisterException
    {
        return (int) members.number(name, 0, Register.MAX_ENTRIES);
    }

    private static KeySpec spec(final EntryMembers members) throws RegisterException
    {
        final String alias = members.text("key");
        final int version = (int) members.number("version", 1, Integer.MAX_VALUE);
        final byte[] id = members.hex("id");
        final SigningAlgorithm algorithm = members.choice("algorithm", SigningAlgorithm::ofConfigName);
        final byte[] pinned = algorithm.isMac() ? members.hex("check-value") : members.base64("public-key");
        return new KeySpec(alias, version, id, algorithm, pinned);
    }

    private static VenueBinding venue(final EntryMembers members) throws RegisterException
    {
        if (!members.has("venue"))
        {
            // Without a venue these three are members that nobody asks for.
            return null;
        }
        return new VenueBinding(members.text("venue"), members.optionalText("api-key"),
            members.optionalText("passphrase"), members.texts("parameters"));
    }

    private static KeyTimes times(final EntryMembers members) throws RegisterException
    {
        return new KeyTimes(
            members.time("created"),
            members.optionalTime("activate-at"),
            members.optionalTime("activated"),
            members.optionalTime("rotate-by"),
            members.optionalTime("retire-by"),
            members.optionalTime("destroy-by"));
    }

    private static KeyUse use(final EntryMembers members) throws RegisterException
    {
        return new KeyUse(members.number("signatures", 0, Long.MAX_VALUE), members.optionalTime("last-signed"));
    }
}
