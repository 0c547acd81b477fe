package io.countersign.ops.score;

import io.countersign.gateway.register.KeyState;
import io.countersign.venues.Binding;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much is lost when somebody gets at a key: the factors of exposure.
 */
final class ExposureFactors
{
    private static final String UNREGISTERED = "no key register was read";
    private static final String UNREAD = "no policy was read";
    private static final String DESTROY = "revoke and destroy it when nobody needs it";
    private static final int OLD_THOUSANDTHS = 1500;
    private static final int VERY_OLD_THOUSANDTHS = 2000;
    private static final int UNUSED_THOUSANDTHS = 1200;

    private ExposureFactors()
    {
    }

    static List<Factor> of(final KeyFacts facts, final long nowMs)
    {
        final List<Factor> factors = new ArrayList<>();
        factors.add(null == facts.life() ? unknown("age", 1250, UNREGISTERED) : age(facts.life(), nowMs));
        factors.add(use(facts, nowMs));
        if (facts.role().hasPolicy())
        {
            final Grants grants = facts.grants();
            factors.add(null == grants ? unknown("venues", 1000, UNREAD) : venues(grants));
            factors.add(null == grants ? unknown("binding", 1100, UNREAD) : binding(grants));
        }
        factors.add(facts.isRecoverable() ?
            exposure("recoverable", 1050, "shares of the wrapping key and a backup bring it back") :
            exposure("recoverable", Factor.ONE, "no copy of it can be made"));
        factors.add(state(facts));
        factors.add(null == facts.publishedIn() ? exposure("published", Factor.ONE, "not known to be published") :
            exposure("published", 1_000_000, "it stands in " + facts.publishedIn())
                .raisedTo(Factor.ONE, "make a new key: anybody can sign with this one"));
        return factors;
    }

    private static Factor age(final KeyLife life, final long nowMs)
    {
        final long periodMs = Math.max(0, life.rotateByMs() - life.sinceMs());
        final long ageMs = Math.max(0, nowMs - life.sinceMs());
        final int thousandths = ageMs <= periodMs / 2 ? Factor.ONE : ageMs <= periodMs ? 1100 :
            ageMs <= 2 * periodMs ? OLD_THOUSANDTHS : VERY_OLD_THOUSANDTHS;
        return exposure("age", thousandths, days(ageMs) + " days, to be rotated after " + days(periodMs))
            .raisedTo(Factor.ONE, KeyState.ACTIVE == life.state() ? "rotate it" : DESTROY);
    }

    private static Factor use(final KeyFacts facts, final long nowMs)
    {
        if (KeyRole.STRAY == facts.role())
        {
            return exposure("use", UNUSED_THOUSANDTHS, "the configuration does not name it")
                .raisedTo(Factor.ONE, "destroy it when nothing else uses it");
        }
        if (KeyRole.VENUE != facts.role() && KeyRole.UNKNOWN != facts.role())
        {
            return exposure("use", Factor.ONE, "it is the " + facts.role());
        }
        if (null == facts.life())
        {
            return unknown("use", 1100, UNREGISTERED);
        }
        final long quietMs = Math.max(0, nowMs - facts.life().quietSinceMs());
        return quietMs < KeyLife.UNUSED_MS ?
            exposure("use", Factor.ONE, "signed, was activated or made " + days(quietMs) + " days ago") :
            exposure("use", UNUSED_THOUSANDTHS, "no signature for " + days(quietMs) + " days")
                .raisedTo(Factor.ONE, DESTROY);
    }

    private static Factor venues(final Grants grants)
    {
        final int count = grants.venues().size();
        final int thousandths = count <= 1 ? Factor.ONE : 2 == count ? 1200 : 1400;
        return exposure("venues", thousandths, 0 == count ? "nothing is granted" :
            "taken at " + String.join(", ", grants.venues()))
            .raisedTo(Factor.ONE, "give each venue a key of its own");
    }

    private static Factor binding(final Grants grants)
    {
        final Binding worst = grants.binding().worst();
        final int thousandths = switch (worst)
        {
            case A, B -> Factor.ONE;
            case C -> 1100;
            case D -> 1300;
            case E -> 1500;
        };
        final Factor factor = exposure("binding", thousandths,
            "class " + worst + (grants.binding().who().isEmpty() ? "" : " (" + grants.binding().who() + ")") +
            ": binds " + worst.meaning());
        // What all requests of a venue are signed like cannot be chosen; what a rule grants beside them can.
        return worst.compareTo(Binding.D) < 0 ? factor :
            factor.raisedTo(Factor.ONE, "take " + grants.binding().who() + " away");
    }

    private static Factor state(final KeyFacts facts)
    {
        if (null == facts.life())
        {
            return exposure("state", Factor.ONE, facts.role().toString());
        }
        final KeyState state = facts.life().state();
        final int thousandths = switch (state)
        {
            case PRE_ACTIVE, ACTIVE, SUSPENDED -> Factor.ONE;
            case RETIRING -> 1100;
            case REVOKED, DESTROYED -> 1200;
        };
        return exposure("state", thousandths, state.configName()).raisedTo(Factor.ONE,
            KeyState.RETIRING == state ? "revoke it when the venue no longer has it" : "destroy it in the token");
    }

    private static long days(final long timeMs)
    {
        return TimeUnit.MILLISECONDS.toDays(timeMs);
    }

    private static Factor exposure(final String name, final int thousandths, final String reason)
    {
        return Factor.known(name, Quantity.EXPOSURE, thousandths, reason);
    }

    private static Factor unknown(final String name, final int thousandths, final String reason)
    {
        return Factor.unknown(name, Quantity.EXPOSURE, thousandths, reason);
    }
}
