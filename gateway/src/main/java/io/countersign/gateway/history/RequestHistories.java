package io.countersign.gateway.history;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The history of each principal that the journal or a session has named, so as many as policies have had principals.
 * For the thread that starts the gateway and then for the control agent; a history itself goes with the session to the
 * gateway thread.
 */
public final class RequestHistories
{
    private final Map<String, RequestHistory> historyByPrincipal = new HashMap<>();

    /**
     * With no history yet.
     */
    public RequestHistories()
    {
    }

    /**
     * The history for a session of a principal, with room for replies.
     *
     * @param principalName UTF-8.
     * @return always the same for the same name.
     */
    public RequestHistory forSession(final byte[] principalName)
    {
        return of(new String(principalName, StandardCharsets.UTF_8)).keepingReplies();
    }

    /**
     * How many principals are known.
     *
     * @return number of histories.
     */
    public int size()
    {
        return historyByPrincipal.size();
    }

    RequestHistory of(final String principal)
    {
        return historyByPrincipal.computeIfAbsent(principal, (name) -> new RequestHistory());
    }

    void interruptAll()
    {
        historyByPrincipal.values().forEach(RequestHistory::interruptAll);
    }
}
