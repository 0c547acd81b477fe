package io.countersign.ops.venues;

import java.util.List;

/**
 * What came of a vector.
 *
 * @param kind    whether it was reproduced.
 * @param id      of the vector.
 * @param what    was compared, or why nothing was.
 * @param details lines about a difference.
 * @param isClose whether much the same bytes are signed, so that it can be no other operation.
 */
record Verdict(Kind kind, String id, String what, List<String> details, boolean isClose)
{
    /** The sorts of verdicts. */
    enum Kind
    {
        /** Everything that was compared is equal. */
        OK("ok"),

        /** Something is not. */
        DIFFERENT("DIFFERENT"),

        /** The profile says nothing about such a request. */
        NOT_DESCRIBED("not described");

        private final String text;

        Kind(final String text)
        {
            this.text = text;
        }

        @Override
        public String toString()
        {
            return text;
        }
    }

    static Verdict ok(final String id, final String what)
    {
        return new Verdict(Kind.OK, id, what, List.of(), true);
    }

    static Verdict different(final String id, final String what, final List<String> details)
    {
        return new Verdict(Kind.DIFFERENT, id, what, details, false);
    }

    /** Different, though what is signed is nearly the same, or is. */
    static Verdict close(final String id, final String what, final List<String> details)
    {
        return new Verdict(Kind.DIFFERENT, id, what, details, true);
    }

    static Verdict notDescribed(final String id, final String why)
    {
        return new Verdict(Kind.NOT_DESCRIBED, id, why, List.of(), false);
    }
}
