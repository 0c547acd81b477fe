package io.countersign.venues.profile;

import java.util.List;

/**
 * A profile cannot be used. Each message is one line for people, which begins with file, line and column.
 */
public class ProfileException extends Exception
{
    private static final long serialVersionUID = 1L;

    private final transient List<String> messages;

    /**
     * Construct with everything that is wrong.
     *
     * @param messages one line each, at least one.
     */
    public ProfileException(final List<String> messages)
    {
        super(String.join(System.lineSeparator(), messages));
        this.messages = List.copyOf(messages);
    }

    /**
     * Everything that is wrong.
     *
     * @return one line each.
     */
    public List<String> messages()
    {
        return messages;
    }
}
