package io.countersign.ops.score;

import io.countersign.venues.Binding;
import io.countersign.venues.Scope;

import java.util.List;

/**
 * What a policy grants with one key, as far as the score goes. Who is to blame stands beside each, for the advice.
 *
 * @param principals that may use the key.
 * @param sources    the widest from which one of them may come.
 * @param power      the strongest scope that one of them reaches with it.
 * @param missing    what is not there that would hold them.
 * @param binding    the loosest class of what is granted.
 * @param venues     that take what is signed.
 */
public record Grants(
    List<String> principals,
    Blamed<SourceWidth> sources,
    Blamed<Scope> power,
    Missing missing,
    Blamed<Binding> binding,
    List<String> venues)
{
    /** Nobody may use the key. */
    public static final Grants NONE = new Grants(
        List.of(),
        new Blamed<>(SourceWidth.LOCAL, ""),
        new Blamed<>(Scope.QUERY, ""),
        new Missing("", "", "", "", ""),
        new Blamed<>(Binding.A, ""),
        List.of());

    /**
     * The worst of several, and whose it is.
     *
     * @param worst the value.
     * @param who   has it, for people.
     * @param <T>   of the value.
     */
    public record Blamed<T>(T worst, String who)
    {
    }

    /**
     * Who lacks what: the first rule or principal of the policy, or an empty text when nobody does.
     *
     * @param quantity    a rule that grants orders without {@code max-quantity}.
     * @param notional    a rule that grants orders without {@code max-notional}.
     * @param rate        a rule that grants orders without any limit over a time.
     * @param accessToken a principal that needs no access token for what is more than a query.
     * @param oneScope    a principal that may trade and log on, transfer or withdraw with the key.
     */
    public record Missing(String quantity, String notional, String rate, String accessToken, String oneScope)
    {
    }
}
