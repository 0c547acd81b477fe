package io.countersign.ops.venues;

import io.countersign.venues.Operation;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileOperation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The operations of a profile that a vector may be of.
 *
 * @param operations the likeliest first.
 * @param isCertain  whether it is one of these: what does not fit then contradicts the profile.
 * @param isNamed    whether the vector's own words name the first.
 * @param why        there are none.
 */
record OperationChoice(List<ProfileOperation> operations, boolean isCertain, boolean isNamed, String why)
{
    /**
     * Of a vector.
     *
     * @param isOfVenue whether the vector says in so many words that it is of the profile's venue.
     */
    static OperationChoice of(final Profile profile, final Vector vector, final boolean isOfVenue)
    {
        final List<ProfileOperation> operations = profile.operations();
        final Operation exact = Operation.ofConfigName(vector.operation());
        if (null != exact)
        {
            return certain(operations.stream().filter((operation) -> exact == operation.operation()).toList(), true,
                "the profile has no " + vector.operation());
        }
        final Operation named = named(vector.operation());
        if (null != vector.path())
        {
            return certain(sorted(operations.stream().filter((operation) -> isAt(profile, operation, vector)).toList(),
                named), false, "the profile has no operation with " +
                (null == vector.method() ? "" : vector.method() + " ") + vector.path());
        }
        final List<ProfileOperation> messages = operations.stream()
            .filter((operation) -> names(operation, vector.operation()))
            .filter((operation) -> isOfVenue || isSigned(profile, operation, vector)).toList();
        if (!messages.isEmpty())
        {
            return certain(messages, true, null);
        }
        final Operation word =
            Operation.ofConfigName(vector.operation().strip().toLowerCase(Locale.ROOT).replace(' ', '-'));
        if (isOfVenue && null != word)
        {
            final List<ProfileOperation> ofWord =
                operations.stream().filter((operation) -> word == operation.operation()).toList();
            if (ofWord.stream().anyMatch((operation) -> isSigned(profile, operation, vector)))
            {
                return certain(ofWord, true, null);
            }
        }
        return guessed(profile, vector, named);
    }

    private static OperationChoice certain(
        final List<ProfileOperation> operations, final boolean isNamed, final String why)
    {
        return new OperationChoice(operations, true, isNamed, operations.isEmpty() ? why : null);
    }

    /** Those that know all parameters, and sign such a text. */
    private static OperationChoice guessed(final Profile profile, final Vector vector, final Operation named)
    {
        final List<ProfileOperation> guessed = new ArrayList<>();
        for (final ProfileOperation operation : profile.operations())
        {
            final VectorReading reading = new VectorReading(profile, operation, vector);
            final boolean carriesFields = PartsPattern.carriesFields(operation.sign());
            final boolean isTold = !carriesFields && !PartsPattern.isHashed(operation.sign());
            final boolean knowsAll = isTold || reading.unknownParameters().isEmpty();
            if (knowsAll && (!carriesFields || reading.hasFixedFields()) && isSigned(profile, operation, vector))
            {
                guessed.add(operation);
            }
        }
        final List<ProfileOperation> sorted = sorted(guessed, named);
        return new OperationChoice(
            sorted,
            1 == guessed.size() && PartsPattern.carriesPath(guessed.getFirst().sign()),
            !sorted.isEmpty() && sorted.getFirst().operation() == named,
            guessed.isEmpty() ? "no operation of the profile has these parameters and signs such a text" : null);
    }

    private static List<ProfileOperation> sorted(final List<ProfileOperation> operations, final Operation first)
    {
        final List<ProfileOperation> sorted = new ArrayList<>(operations);
        sorted.sort((left, right) -> Boolean.compare(right.operation() == first, left.operation() == first));
        return sorted;
    }

    private static boolean isSigned(final Profile profile, final ProfileOperation operation, final Vector vector)
    {
        return null == vector.payload() || null != VectorReading.signed(profile, operation, vector);
    }

    private static boolean isAt(final Profile profile, final ProfileOperation operation, final Vector vector)
    {
        return (null == vector.method() || operation.method().name().equals(vector.method())) &&
            (null != PartsPattern.ofPath(profile, operation).find(vector.path()) && !operation.path().isEmpty() ||
            hasText(operation.sign(), vector.path()));
    }

    /** Where the path that is signed is not the one that is sent. */
    private static boolean hasText(final List<Part> parts, final String text)
    {
        return parts.stream().anyMatch((part) ->
            part instanceof final Part.Text literal && literal.text().equals(text) ||
            part instanceof final Part.Hash hash && hasText(hash.of(), text));
    }

    private static boolean names(final ProfileOperation operation, final String name)
    {
        return FieldsIn.FIX == operation.fieldsIn() && "Logon".equals(name) ||
            !name.isEmpty() && null != operation.message() && operation.message().stream().anyMatch((part) ->
            part instanceof final Part.Text text && text.text().contains('"' + name + '"'));
    }

    /** The operation that people mean by such words; null when that is not clear. */
    private static Operation named(final String text)
    {
        final Set<String> words = Vector.words(text.replaceAll("([a-z])([A-Z])", "$1 $2"));
        final boolean asks = has(words, "query", "status", "list", "get", "state");
        if (has(words, "login", "logon", "auth"))
        {
            return Operation.LOGIN;
        }
        if (has(words, "replace", "modify", "batch"))
        {
            return null;
        }
        if (has(words, "cancel", "delete"))
        {
            return has(words, "all") ? Operation.CANCEL_ALL : Operation.CANCEL_ORDER;
        }
        if (has(words, "account", "accounts", "balance", "balances", "wallet", "wallets"))
        {
            return Operation.QUERY_ACCOUNT;
        }
        if (has(words, "orders"))
        {
            return asks ? Operation.QUERY_ORDERS : null;
        }
        return !has(words, "order", "buy", "sell", "sendorder", "place", "submit") ? null :
            asks ? Operation.QUERY_ORDER : Operation.NEW_ORDER;
    }

    private static boolean has(final Set<String> words, final String... any)
    {
        return Set.of(any).stream().anyMatch(words::contains);
    }
}
