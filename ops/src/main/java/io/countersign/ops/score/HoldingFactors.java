package io.countersign.ops.score;

import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenKey;

import java.util.List;

/**
 * How well a token holds a key: the first factors of access.
 */
final class HoldingFactors
{
    private static final String NEW_KEY = "make a new key with 'keys generate', and destroy this one";

    private HoldingFactors()
    {
    }

    static List<Factor> of(final KeyFacts facts)
    {
        final TokenKey key = facts.key();
        return List.of(
            flag("sensitive", key.sensitive(), true, new int[]{ 100, 500 },
                "CKA_SENSITIVE", "whoever has the PIN can read it in plain"),
            extractable(facts),
            flag("private", key.isPrivate(), true, new int[]{ 200, 600 },
                "CKA_PRIVATE", "it can be used without the PIN"),
            uses(facts),
            mechanisms(facts),
            origin(facts),
            hardware(facts.custody().inHardware()),
            pin(facts.custody().pin()));
    }

    private static Factor extractable(final KeyFacts facts)
    {
        if (facts.isRecoverable())
        {
            return access("extractable", Factor.ONE, "leaves the token wrapped by the wrapping key only");
        }
        return flag("extractable", facts.key().extractable(), false, new int[]{ 200, 500 },
            "CKA_EXTRACTABLE", "whoever has the PIN can take it out of the token");
    }

    private static Factor uses(final KeyFacts facts)
    {
        final List<String> others = facts.key().uses().stream()
            .filter((use) -> !"sign".equals(use) && !"verify".equals(use))
            .filter((use) -> KeyRole.WRAPPING != facts.role() || !"wrap".equals(use)).toList();
        return others.isEmpty() ? access("uses", Factor.ONE, "nothing but what it is for") :
            access("uses", 500, "may also " + String.join(", ", others)).raisedTo(Factor.ONE, NEW_KEY);
    }

    private static Factor mechanisms(final KeyFacts facts)
    {
        final List<String> mechanisms = facts.key().mechanisms();
        return !mechanisms.isEmpty() ? access("mechanisms", Factor.ONE, "only " + String.join(", ", mechanisms)) :
            access("mechanisms", 900, "every mechanism of its kind").raisedTo(Factor.ONE,
                "make a new key in a token that keeps CKA_ALLOWED_MECHANISMS");
    }

    private static Factor origin(final KeyFacts facts)
    {
        final TokenKey key = facts.key();
        final boolean isFromHere = Boolean.TRUE.equals(key.local());
        if (isFromHere && Boolean.TRUE.equals(key.alwaysSensitive()) &&
            (Boolean.TRUE.equals(key.neverExtractable()) || facts.isRecoverable()))
        {
            return access("origin", Factor.ONE, "generated in the token, was never outside in plain");
        }
        return access("origin", 800, isFromHere ? "could be read once" : "was outside: it was imported")
            .raisedTo(Factor.ONE, TokenKey.Kind.SECRET == key.kind() && KeyRole.MASTER != facts.role() ?
            "where the venue takes public keys, generate one in the token in its place" : NEW_KEY);
    }

    private static Factor hardware(final Boolean inHardware)
    {
        if (null == inHardware)
        {
            return Factor.unknown("hardware", Quantity.ACCESS, 700, "the token does not say how it works with the key");
        }
        return inHardware ? access("hardware", Factor.ONE, "the token signs in hardware (CKF_HW)") :
            access("hardware", 700, "the token is software: root and the gateway's user can read its keys")
                .raisedTo(Factor.ONE, "keep it in a token of hardware");
    }

    private static Factor pin(final PinSource.Kind pin)
    {
        if (null == pin)
        {
            return Factor.unknown("pin", Quantity.ACCESS, 900, "where a gateway has the PIN from");
        }
        final int thousandths = switch (pin)
        {
            case CREDENTIAL -> Factor.ONE;
            case MOUNT -> 950;
            case FILE -> 900;
            case ENVIRONMENT -> 700;
        };
        return access("pin", thousandths, "the PIN comes from a " + pin + (PinSource.Kind.ENVIRONMENT == pin ?
            ": every child of whoever starts the gateway could have it" : ""))
            .raisedTo(Factor.ONE, "give the PIN as a credential of the service manager (pin-credential)");
    }

    /** {@code values} are those of the bad answer and of none. */
    private static Factor flag(
        final String name,
        final Boolean value,
        final boolean good,
        final int[] values,
        final String attribute,
        final String harm)
    {
        if (null == value)
        {
            return Factor.unknown(name, Quantity.ACCESS, values[1], "the token does not tell " + attribute);
        }
        return good == value ? access(name, Factor.ONE, attribute + " is " + value) :
            access(name, values[0], harm + " (" + attribute + " is " + value + ")").raisedTo(Factor.ONE, NEW_KEY);
    }

    private static Factor access(final String name, final int thousandths, final String reason)
    {
        return Factor.known(name, Quantity.ACCESS, thousandths, reason);
    }
}
