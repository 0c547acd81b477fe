package io.countersign.ops.audit;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which records to show: those that fit everything that is asked for. A record that tells what became of a request
 * (Outcome, Interrupted, Undelivered, Redelivered) fits wherever the record of its request does, also where it does not
 * name the same things itself; times and types are its own. For one thread, in the order of the journal.
 */
final class RecordFilter
{
    /**
     * What was decided on a request.
     */
    enum Decision
    {
        /** Intents and what became of them. */
        allowed,
        /** Requests, sessions, access tokens and commands that were refused. */
        denied
    }

    private static final Set<String> ALLOWED = Set.of("Intent", "Outcome", "Interrupted");
    private static final Set<String> DENIED =
        Set.of("Denial", "SessionRefused", "CommandRefused", "AccessTokenRefused");

    /**
     * What is asked for; null, empty or {@link RecordFacts#NONE} for any.
     *
     * @param fromNs    first time, inclusive, in ns since 1970 UTC.
     * @param toNs      last time, exclusive.
     * @param types     names of templates.
     * @param principal that a record must name, also as the operator who acted.
     * @param key       that a record must name.
     * @param venue     that its key belongs to, or that it names.
     * @param symbol    of the request.
     * @param orderId   one of the ids of the order, or the request's.
     * @param rule      that decided.
     * @param decision  that a record must carry or belong to.
     * @param session   that it came by.
     */
    record Criteria(
        long fromNs,
        long toNs,
        Set<String> types,
        byte[] principal,
        byte[] key,
        byte[] venue,
        byte[] symbol,
        byte[] orderId,
        byte[] rule,
        Decision decision,
        long session)
    {
        boolean isAny()
        {
            return Long.MIN_VALUE == fromNs && Long.MAX_VALUE == toNs && types.isEmpty() && !isOfRequests();
        }

        private boolean isOfRequests()
        {
            return null != principal || null != key || null != venue || null != symbol || null != orderId ||
                null != rule || null != decision || RecordFacts.NONE != session;
        }
    }

    private final Criteria criteria;
    private final KeyVenues venues;
    private final RecentSequences fitting = new RecentSequences();
    private final long orderNumber;

    RecordFilter(final Criteria criteria, final KeyVenues venues)
    {
        this.criteria = criteria;
        this.venues = venues;
        orderNumber = null == criteria.orderId ? RecordFacts.NONE : number(criteria.orderId);
    }

    boolean isOpen()
    {
        return criteria.isAny();
    }

    boolean shows(final RecordFacts facts)
    {
        return isOfFittingRequest(facts) &&
            facts.utcNs() >= criteria.fromNs && facts.utcNs() < criteria.toNs &&
            (criteria.types.isEmpty() || criteria.types.contains(facts.type()));
    }

    /** Asked for every record, since those that are not shown may have others that belong to them. */
    private boolean isOfFittingRequest(final RecordFacts facts)
    {
        if (!criteria.isOfRequests())
        {
            return true;
        }
        final boolean fits = fits(facts) ||
            RecordFacts.NONE != facts.belongsTo() && fitting.contains(facts.belongsTo());
        if (fits)
        {
            fitting.add(facts.sequence());
        }
        return fits;
    }

    private boolean fits(final RecordFacts facts)
    {
        return (null == criteria.principal || facts.isOfPrincipal(criteria.principal)) &&
            (null == criteria.key || facts.isOfKey(criteria.key)) &&
            (null == criteria.venue || isOfVenue(facts)) &&
            (null == criteria.symbol || facts.isOfSymbol(criteria.symbol)) &&
            (null == criteria.orderId || facts.isOfOrder(criteria.orderId, orderNumber)) &&
            (null == criteria.rule || facts.isOfRule(criteria.rule)) &&
            (RecordFacts.NONE == criteria.session || criteria.session == facts.sessionId()) &&
            (null == criteria.decision || criteria.decision == decision(facts.type()));
    }

    private boolean isOfVenue(final RecordFacts facts)
    {
        return null != facts.venue() ? facts.venue().is(criteria.venue) : venues.isOf(facts.key(), criteria.venue);
    }

    static Decision decision(final String type)
    {
        return ALLOWED.contains(type) ? Decision.allowed : DENIED.contains(type) ? Decision.denied : null;
    }

    private static long number(final byte[] text)
    {
        try
        {
            return Long.parseLong(new String(text, StandardCharsets.UTF_8));
        }
        catch (final NumberFormatException ex)
        {
            return RecordFacts.NONE;
        }
    }
}
