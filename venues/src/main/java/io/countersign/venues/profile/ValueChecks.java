package io.countersign.venues.profile;

import io.countersign.venues.NonceRule;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.profile.FieldSource.Kind;
import io.countersign.venues.profile.TextRule.Place;

/**
 * Finds what is wrong with a value in its place.
 */
final class ValueChecks
{
    private final Profile profile;
    private final ProfileOperation operation;
    private final ProfileProblems problems;

    ValueChecks(final Profile profile, final ProfileOperation operation, final ProfileProblems problems)
    {
        this.profile = profile;
        this.operation = operation;
        this.problems = problems;
    }

    void check(final Position at, final FieldValue value, final Place place)
    {
        final FieldSource source = value.source();
        final String name = source.configName();
        if (source.isOfOrder())
        {
            problems.addIf((OrderFields.possible(operation.operation()) & source.bit()) == 0, at, "'" + name +
                "' is no field of " + operation.operation().configName());
        }
        given(at, source);
        if (Kind.CODE == source.kind())
        {
            problems.addIf(value.words().isEmpty(), at, "'" + name + "' has no 'values'; expected the venue's words");
            value.words().values().forEach((word) -> problems.addIf(!PlaceText.canStand(word, place), at,
                "'" + name + "' has the word '" + word + "', which cannot stand here"));
        }
        problems.addIf(Kind.TEXT == source.kind() && value.characters().hasAny() && !place.isUnicode(), at,
            "'" + name + "' may have any character, and here is no escape for them; expected 'characters'");
        problems.addIf(Kind.TEXT == source.kind() && Place.SIGNED == place && value.characters().hasAny(), at,
            "'" + name + "' may have any character in what is signed; expected 'characters'");
        problems.addIf(FieldSource.TIMESTAMP == source && Place.PERCENT == place &&
            (TimeFormat.ISO_8601 == value.time() || TimeFormat.FIX == value.time()), at,
            "a timestamp with colons cannot stand in a percent-encoded place");
        problems.addIf(value.negativeSell() && (OrderFields.possible(operation.operation()) &
            FieldSource.SIDE.bit()) == 0, at, "'negative-for' wants a side; expected it in new-order only");
    }

    private void given(final Position at, final FieldSource source)
    {
        switch (source)
        {
            case NONCE -> problems.addIf(NonceRule.Kind.NONE == profile.nonce().kind(), at,
                "the profile has no nonce; expected 'nonce' with its kind");
            case PASSPHRASE -> problems.addIf(PassphraseUse.NONE == profile.passphrase(), at,
                "keys of the profile have no passphrase; expected 'passphrase: required' or hmac");
            case RECEIVE_WINDOW -> problems.addIf(null == profile.receiveWindow(), at,
                "the profile has no receive window; expected 'receive-window' with max-ms");
            default ->
            {
                // Always to be had.
            }
        }
    }

    /** Whether what the gateway gives is one JSON number. */
    static boolean isNumber(final Profile profile, final FieldValue value)
    {
        return switch (value.source())
        {
            case TIMESTAMP -> TimeFormat.ISO_8601 != value.time() && TimeFormat.FIX != value.time();
            case NONCE -> NonceRule.Kind.COUNTER == profile.nonce().kind();
            case REQUEST_ID -> true;
            default -> false;
        };
    }
}
