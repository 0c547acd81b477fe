package io.countersign.gateway.register;

/**
 * Whether one entry of a key may follow another.
 */
final class KeyChange
{
    private KeyChange()
    {
    }

    static void check(final KeyEntry before, final KeyEntry next) throws RegisterException
    {
        if (!before.spec().equals(next.spec()) || !before.token().equals(next.token()) ||
            !before.traits().equals(next.traits()) || before.times().createdMs() != next.times().createdMs())
        {
            throw new RegisterException(next + " is in the register already and is another key there: " +
                "give the new one the next version");
        }
        if (before.state() != next.state())
        {
            before.checkNext(next.state());
        }
        final KeyState stateBefore = KeyState.SUSPENDED == before.state() ? before.stateBefore() : before.state();
        if (KeyState.SUSPENDED == next.state() && stateBefore != next.stateBefore())
        {
            throw new RegisterException(next + " was " + stateBefore.configName() + " before it was suspended, not " +
                next.stateBefore().configName());
        }
        if (KeyTimes.NEVER != before.times().activatedMs() &&
            before.times().activatedMs() != next.times().activatedMs())
        {
            throw new RegisterException(next + ": the time at which it was activated cannot change");
        }
        if (next.use().signatures() < before.use().signatures())
        {
            throw new RegisterException(next + ": made " + before.use().signatures() +
                " signatures already, it cannot have made " + next.use().signatures());
        }
    }
}
