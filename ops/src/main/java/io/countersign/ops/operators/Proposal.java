package io.countersign.ops.operators;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that waits for a second security officer, as the gateway's answer to {@code operators proposals} has it.
 *
 * @param id     number of the proposal.
 * @param digest SHA-256 of what is proposed, 64 hexadecimal digits.
 * @param line   all of it, for people.
 */
record Proposal(String id, String digest, String line)
{
    private static final Pattern LINE =
        Pattern.compile("proposal (\\S+) digest ([0-9a-f]{64}) by .+ until \\S+: .+");

    /** Of a line of the answer; null where it is none. */
    static Proposal of(final String line)
    {
        final Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? new Proposal(matcher.group(1), matcher.group(2), line) : null;
    }
}
