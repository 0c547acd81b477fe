package io.countersign.gateway.control;

import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenException;

import java.util.List;
import java.util.Set;

/**
 * Work of the key agent that a token's own thread does, since it may take as long as the token likes. Given to one
 * token agent, done once, and then looked at by the thread that gave it.
 *
 * @param <T> what comes of it.
 */
public final class TokenTask<T>
{
    /** PKCS#11 version 3.1, section 3.8: values of CK_RV. */
    private static final Set<Long> SESSION_LOST = Set.of(
        0x32L, // CKR_DEVICE_REMOVED
        0xB0L, // CKR_SESSION_CLOSED
        0xB3L, // CKR_SESSION_HANDLE_INVALID
        0xE0L, // CKR_TOKEN_NOT_PRESENT
        0x101L, // CKR_USER_NOT_LOGGED_IN
        0x190L); // CKR_CRYPTOKI_NOT_INITIALIZED

    private final Body<T> body;
    private volatile boolean isDone;
    private T result;
    private String failure;

    /**
     * What is to be done.
     *
     * @param <T> what comes of it.
     */
    @FunctionalInterface
    public interface Body<T>
    {
        /**
         * Do it. On the thread of the token agent.
         *
         * @param place where it is done.
         * @return what comes of it.
         * @throws TokenException    when the token refuses.
         * @throws RegisterException when the register's file cannot be written.
         */
        T run(Place place) throws TokenException, RegisterException;
    }

    /**
     * A token that is connected.
     */
    public interface Place
    {
        /**
         * The connection.
         *
         * @return proven.
         */
        TokenConnection connection();

        /**
         * Have the gateway thread sign with other keys. The lane that it has stays in use until it takes the new one.
         *
         * @param keys      by place; those that are there already stay where they are.
         * @param beforeUse is given the new lane before the gateway thread is.
         * @throws TokenException when a key is missing or does not prove itself; the lane before stays in use.
         */
        void useKeys(List<KeySpec> keys, LaneUse beforeUse) throws TokenException;
    }

    /**
     * Something done with a lane.
     */
    @FunctionalInterface
    public interface LaneUse
    {
        /**
         * Do it.
         *
         * @param lane of which the caller is the only user.
         * @throws TokenException when the token does not sign.
         */
        void use(SigningLane lane) throws TokenException;
    }

    /**
     * A task that is still to be done.
     *
     * @param body of it.
     */
    public TokenTask(final Body<T> body)
    {
        this.body = body;
    }

    /**
     * Do it, or say why it cannot be done. For the token agent.
     *
     * @param place     null when the token is not connected.
     * @param tokenName for people.
     * @return false when the connection is lost, by what the token answered.
     */
    boolean run(final Place place, final String tokenName)
    {
        boolean isConnected = true;
        if (null == place)
        {
            failure = "the token " + tokenName + " is not connected: try again when it is";
        }
        else
        {
            try
            {
                result = body.run(place);
            }
            catch (final TokenException | RegisterException ex)
            {
                failure = ex.getMessage();
                isConnected = !isSessionLost(ex);
            }
            catch (final RuntimeException ex)
            {
                failure = "the token " + tokenName + " could not do it: " + ex;
            }
        }
        isDone = true;
        return isConnected;
    }

    /** Whether nothing more can come of the session; a token that is full, or cannot do this, goes on signing. */
    private static boolean isSessionLost(final Exception failed)
    {
        for (Throwable each = failed; null != each; each = each.getCause())
        {
            if (each instanceof final TokenException ex && SESSION_LOST.contains(ex.returnValue()))
            {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it has ended, one way or the other.
     *
     * @return true from then on.
     */
    public boolean isDone()
    {
        return isDone;
    }

    /**
     * Why it could not be done.
     *
     * @return one line for people; null when it was.
     */
    public String failure()
    {
        return failure;
    }

    /**
     * What came of it.
     *
     * @return null unless it was done.
     */
    public T result()
    {
        return result;
    }
}
