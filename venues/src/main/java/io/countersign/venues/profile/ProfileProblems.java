package io.countersign.venues.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a profile.
 */
final class ProfileProblems
{
    private final List<String> messages = new ArrayList<>();

    void add(final Position at, final String what)
    {
        messages.add(at + ": " + what);
    }

    void addIf(final boolean isWrong, final Position at, final String what)
    {
        if (isWrong)
        {
            add(at, what);
        }
    }

    void throwAny() throws ProfileException
    {
        if (!messages.isEmpty())
        {
            throw new ProfileException(messages);
        }
    }
}
