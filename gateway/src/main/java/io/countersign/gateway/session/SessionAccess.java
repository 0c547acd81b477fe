package io.countersign.gateway.session;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The scopes that access tokens have put into force in one session, and how often it may present one. For the gateway
 * thread.
 */
public final class SessionAccess
{
    /** Most access tokens of a session that are checked in one second. */
    public static final int TOKENS_PER_SECOND = 4;

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private int scopes;
    private String subject;
    private long expiresNs = Long.MIN_VALUE;
    private boolean isInHand;
    private int presentedInWindow;
    private long windowStartNs;
    private boolean hasRecordedRefusal;
    private long refusalRecordedNs;

    SessionAccess()
    {
    }

    /**
     * Whether another access token of this session may be checked; if so it counts against the rate.
     *
     * @param nowNs monotonic time.
     * @return false while one is in hand, and above {@link #TOKENS_PER_SECOND}.
     */
    public boolean mayPresent(final long nowNs)
    {
        if (isInHand)
        {
            return false;
        }
        if (0 == presentedInWindow || nowNs - windowStartNs >= SECOND_NS)
        {
            presentedInWindow = 0;
            windowStartNs = nowNs;
        }
        if (TOKENS_PER_SECOND <= presentedInWindow)
        {
            return false;
        }
        presentedInWindow++;
        return true;
    }

    /**
     * An access token of this session is being checked.
     */
    public void onPassedOn()
    {
        isInHand = true;
    }

    /**
     * The access token in hand has been checked.
     */
    public void onDecided()
    {
        isInHand = false;
    }

    /**
     * Put the scopes of an access token into force, in place of those before.
     *
     * @param newScopes    bits of the wire's {@code Scopes}.
     * @param newExpiresNs UTC nanoseconds since 1970 from which on they are not in force.
     * @param newSubject   whom the access token was issued to.
     */
    public void grant(final int newScopes, final long newExpiresNs, final String newSubject)
    {
        scopes = newScopes;
        expiresNs = newExpiresNs;
        subject = newSubject;
    }

    /**
     * Another policy is in force: what an access token has granted to anybody else ends.
     *
     * @param newSubject of the session's principal there, or null when it presents no access tokens.
     */
    public void keepOnlyOf(final String newSubject)
    {
        if (!Objects.equals(subject, newSubject))
        {
            grant(0, Long.MIN_VALUE, null);
        }
    }

    /**
     * The scopes that an access token has in force.
     *
     * @param utcNs UTC nanoseconds since 1970.
     * @return bits of the wire's {@code Scopes}, 0 from the expiry of the access token on.
     */
    public int scopesAt(final long utcNs)
    {
        return utcNs < expiresNs ? scopes : 0;
    }

    /**
     * Whether the refusal of an access token may be recorded in full; if so it counts against the rate.
     *
     * @param nowNs monotonic time.
     * @return true at most once a second.
     */
    public boolean mayRecordRefusal(final long nowNs)
    {
        if (hasRecordedRefusal && nowNs - refusalRecordedNs < SECOND_NS)
        {
            return false;
        }
        hasRecordedRefusal = true;
        refusalRecordedNs = nowNs;
        return true;
    }
}
