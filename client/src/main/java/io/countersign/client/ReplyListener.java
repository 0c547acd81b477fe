package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

/**
 * Receives what the gateway says, on the thread that calls {@link CountersignClient#poll()}.
 * <p>
 * Every request ends in exactly one of {@code onSigned}, {@code onAccessTokenAccepted}, {@code onRejected},
 * {@code onExpired}, {@code onTimedOut} and {@code onOutcome}, or was in flight at {@code onSessionLost}. New requests
 * may be offered from within every method; {@code poll()} may not be called.
 * An exception thrown here leaves {@code poll()} after the reply has been consumed.
 */
public interface ReplyListener
{
    /**
     * A request is signed and ready for the venue.
     *
     * @param requestId as returned by {@link Request#offer()}.
     * @param signed    the finished request; valid until this method returns.
     */
    void onSigned(long requestId, SignedRequestView signed);

    /**
     * A request was refused or failed; nothing was signed.
     *
     * @param requestId      as returned by {@link Request#offer()}, or {@link CountersignClient#NULL_VALUE} where the
     *                       gateway could not read the frame so far.
     * @param reason         why.
     * @param recordSequence of the record in the audit journal, or {@link CountersignClient#NULL_VALUE} where no record
     *                       was written.
     * @param rule           UTF-8 name of the policy rule that came nearest to allowing it, of capacity 0 where no rule
     *                       was asked; valid until this method returns.
     */
    void onRejected(long requestId, Reason reason, long recordSequence, DirectBuffer rule);

    /**
     * As {@link #onRejected(long, Reason, long, DirectBuffer)}, which it calls unless overridden, with the field that
     * is the cause.
     *
     * @param requestId      as above.
     * @param reason         as above.
     * @param field          which the venue lacks or cannot take, for FIELD_MISSING and FIELD_INVALID, and
     *                       REQUEST_TOO_LONG where one is too long; {@link Field#NULL_VAL} otherwise.
     * @param recordSequence as above.
     * @param rule           as above.
     */
    default void onRejected(
        final long requestId,
        final Reason reason,
        final Field field,
        final long recordSequence,
        final DirectBuffer rule)
    {
        onRejected(requestId, reason, recordSequence, rule);
    }

    /**
     * The scopes of an access token are in force, in place of those before. An access token that is refused ends in
     * {@code onRejected} and leaves those before in force.
     *
     * @param requestId as returned by {@link CountersignClient#presentAccessToken(byte[])}.
     * @param scopes    bits of the wire's {@code Scopes}: query 1, trade 2, cancel 4, login 8, transfer 16,
     *                  withdraw 32.
     * @param expiresNs UTC nanoseconds since 1970 at which they lapse: present another one before.
     */
    default void onAccessTokenAccepted(final long requestId, final int scopes, final long expiresNs)
    {
        // Of no interest to a bot that presents none.
    }

    /**
     * A request was signed, but the reply came at or after its deadline: it must not go to the venue any more and is
     * not handed out. A listener that does not override this hears {@link #onTimedOut(long)}.
     *
     * @param requestId as returned by {@link Request#offer()}.
     */
    default void onExpired(final long requestId)
    {
        onTimedOut(requestId);
    }

    /**
     * What became of a request: the answer to {@link CountersignClient#askOutcome(long)}, or to a request that was sent
     * again ({@link Request#requestId(long)}) and was signed, but whose bytes the gateway no longer has.
     *
     * @param requestId      of the request that this is about.
     * @param fate           what became of it; UNKNOWN: not among the latest of this principal.
     * @param reason         why it was refused, NONE otherwise.
     * @param recordSequence of the record in the audit journal, or {@link CountersignClient#NULL_VALUE}.
     */
    default void onOutcome(final long requestId, final Fate fate, final Reason reason, final long recordSequence)
    {
        // For bots that ask.
    }

    /**
     * No reply came within {@link CountersignClient.Context#requestTimeoutNs()}. Whether the request was signed is not
     * known: {@link CountersignClient#askOutcome(long)} tells, and the same id sent again gets the reply. Should one
     * come after all, it is counted by {@link CountersignClient#lateReplies()} and not delivered.
     *
     * @param requestId as returned by {@link Request#offer()}.
     */
    void onTimedOut(long requestId);

    /**
     * The session is lost; called once. Requests in flight, see {@link CountersignClient#isInFlight(long)}, may or may
     * not have been signed; the next session can ask. Connect again by
     * {@link CountersignClient#connect(CountersignClient.Context)}; a different
     * {@link CountersignClient#gatewayStartNs()} then tells that the gateway was restarted.
     *
     * @param cause why.
     */
    void onSessionLost(LossCause cause);
}
