package io.countersign.ops.score;

import io.countersign.ops.score.Grants.Missing;
import io.countersign.venues.Scope;

import java.util.ArrayList;
import java.util.List;

/**
 * How well policy and operators hold who uses a key: the other factors of access.
 */
final class PolicyFactors
{
    private static final String UNREAD = "no policy was read";
    private static final int TRADE_THOUSANDTHS = 900;
    private static final int ONE_OFFICER_THOUSANDTHS = 900;
    private static final int NO_REGISTER_THOUSANDTHS = 850;
    private static final int OFFICERS = 2;

    private PolicyFactors()
    {
    }

    static List<Factor> of(final KeyFacts facts)
    {
        final List<Factor> factors = new ArrayList<>();
        if (facts.role().hasPolicy())
        {
            addGrants(facts.grants(), factors);
        }
        factors.add(fourEyes(facts.oversight()));
        return factors;
    }

    private static void addGrants(final Grants grants, final List<Factor> factors)
    {
        if (null == grants)
        {
            factors.add(unknown("principals", 900));
            factors.add(unknown("sources", 850));
            factors.add(unknown("scopes", TRADE_THOUSANDTHS));
            factors.add(unknown("quantity", 950));
            factors.add(unknown("notional", 950));
            factors.add(unknown("rate", 950));
            factors.add(unknown("access-token", 900));
            return;
        }
        factors.add(principals(grants.principals()));
        factors.add(access("sources", grants.sources().worst().thousandths(), grants.sources().who().isEmpty() ?
            "everybody comes from this machine" : grants.sources().who() + ": " + grants.sources().worst())
            .raisedTo(sourcesBest(grants), "restrict the sources of " + grants.sources().who() + " to its address"));
        factors.add(scopes(grants));
        final Missing missing = grants.missing();
        factors.add(limit("quantity", 950, missing.quantity(), "give max-quantity to rule "));
        factors.add(limit("notional", 950, missing.notional(), "give max-notional to rule "));
        factors.add(limit("rate", 950, missing.rate(), "give limits over time, a throttle or max-messages to "));
        factors.add(limit("access-token", 900, missing.accessToken(), "ask for an access token (required-for) of "));
    }

    /** An address is the narrowest that whoever comes over a network can have. */
    private static int sourcesBest(final Grants grants)
    {
        return Math.max(SourceWidth.ADDRESS.thousandths(), grants.sources().worst().thousandths());
    }

    private static Factor principals(final List<String> names)
    {
        final int count = names.size();
        final int thousandths = count <= 1 ? Factor.ONE : count <= 3 ? 950 : count <= 10 ? 900 : 800;
        return access("principals", thousandths, "may use it: " + count)
            .raisedTo(Factor.ONE, "give each principal a key of its own");
    }

    private static Factor scopes(final Grants grants)
    {
        final Scope worst = grants.power().worst();
        final int thousandths = switch (worst)
        {
            case QUERY -> Factor.ONE;
            case CANCEL -> 950;
            case TRADE -> TRADE_THOUSANDTHS;
            case LOGIN -> 700;
            case TRANSFER -> 600;
            case WITHDRAW -> 500;
        };
        return access("scopes", thousandths, grants.power().who().isEmpty() ? "queries at most" :
            grants.power().who() + " reaches " + worst.configName())
            .raisedTo(Math.max(TRADE_THOUSANDTHS, thousandths),
            "take the scope " + worst.configName() + " from " + grants.power().who());
    }

    private static Factor limit(final String name, final int thousandths, final String missing, final String advice)
    {
        return missing.isEmpty() ? access(name, Factor.ONE, "nothing is without it") :
            access(name, thousandths, "not there: " + missing).raisedTo(Factor.ONE, advice + missing);
    }

    private static Factor fourEyes(final Oversight oversight)
    {
        if (null == oversight)
        {
            return Factor.unknown("four-eyes", Quantity.ACCESS, NO_REGISTER_THOUSANDTHS, "which operators there are");
        }
        if (!oversight.isRegistered())
        {
            return access("four-eyes", NO_REGISTER_THOUSANDTHS, "no key register: an operator acts alone")
                .raisedTo(Factor.ONE, "set up a key register with two security officers");
        }
        return OFFICERS <= oversight.officers() ?
            access("four-eyes", Factor.ONE, oversight.officers() + " security officers are enrolled") :
            access("four-eyes", ONE_OFFICER_THOUSANDTHS, "security officers enrolled: " + oversight.officers())
                .raisedTo(Factor.ONE, "enrol a second security officer");
    }

    private static Factor access(final String name, final int thousandths, final String reason)
    {
        return Factor.known(name, Quantity.ACCESS, thousandths, reason);
    }

    private static Factor unknown(final String name, final int thousandths)
    {
        return Factor.unknown(name, Quantity.ACCESS, thousandths, UNREAD);
    }
}
