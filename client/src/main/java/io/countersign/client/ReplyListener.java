package io.countersign.client;

import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

/**
 * Receives what the gateway says, on the thread that calls {@link CountersignClient#poll()}.
 * <p>
 * Every request ends in exactly one of {@code onSigned}, {@code onRejected} and {@code onTimedOut}, or was in flight at
 * {@code onSessionLost}. New requests may be offered from within every method; {@code poll()} may not be called.
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
     * No reply came within {@link CountersignClient.Context#requestTimeoutNs()}. Whether the request was signed is not
     * known. Should a reply come after all, it is counted by {@link CountersignClient#lateReplies()} and not delivered.
     *
     * @param requestId as returned by {@link Request#offer()}.
     */
    void onTimedOut(long requestId);

    /**
     * The session is lost; called once. Requests in flight, see {@link CountersignClient#isInFlight(long)}, may or may
     * not have been signed. Connect again by {@link CountersignClient#connect(CountersignClient.Context)}; a different
     * {@link CountersignClient#gatewayStartNs()} then tells that the gateway was restarted.
     *
     * @param cause why.
     */
    void onSessionLost(LossCause cause);
}
