package io.countersign.venues.profile;

import java.util.List;
import java.util.stream.Collectors;

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
        // What a profile says for every operation at once would be told for each of them.
        super(messages.stream().distinct().collect(Collectors.joining(System.lineSeparator())));
        this.messages = messages.stream().distinct().toList();
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
