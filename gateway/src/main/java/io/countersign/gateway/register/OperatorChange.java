package io.countersign.gateway.register;

/**
 * Whether one entry of an operator may follow another.
 */
final class OperatorChange
{
    private OperatorChange()
    {
    }

    static void check(final OperatorEntry before, final OperatorEntry next) throws RegisterException
    {
        if (before.state() != next.state() && !before.state().mayBecome(next.state()))
        {
            throw new RegisterException("operator " + next.name() + " is " + before.state().configName() +
                " and cannot become " + next.state().configName());
        }
        final boolean isAnew = OperatorState.REMOVED == before.state() && OperatorState.ENROLLED == next.state();
        if (isAnew && next.totpVersion() <= before.totpVersion())
        {
            throw new RegisterException("operator " + next.name() + " was removed: who is enrolled anew gets a TOTP " +
                "version above " + before.totpVersion());
        }
        if (!isAnew && !before.withState(next.state()).equals(next))
        {
            throw new RegisterException("operator " + next.name() + " is in the register already: remove the " +
                "operator first, then enroll anew");
        }
    }
}
