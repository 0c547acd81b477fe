package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The reply to the one request that is waited for.
 */
final class BlockingAnswer implements ReplyListener
{
    private Question question = Question.REQUEST;
    private long requestId;
    private SignedRequest signed;
    private GrantedScopes granted;
    private RequestOutcome outcome;
    private CountersignException failure;
    private final long requestTimeoutNs;
    private final Supplier<String> lossText;

    /** What was sent, which says what to do when nothing comes back. */
    enum Question
    {
        /** Something to be signed: it must not be sent under another id without knowing. */
        REQUEST("askOutcome tells whether it was signed", "ask whether it was signed"),
        /** A question about a request. */
        OUTCOME("ask again", "ask again"),
        /** An access token, which no history holds. */
        ACCESS_TOKEN("present the access token again", "present the access token again");

        private final String afterTimeout;
        private final String afterLoss;

        Question(final String afterTimeout, final String afterLoss)
        {
            this.afterTimeout = afterTimeout;
            this.afterLoss = afterLoss;
        }
    }

    BlockingAnswer(final long requestTimeoutNs, final Supplier<String> lossText)
    {
        this.requestTimeoutNs = requestTimeoutNs;
        this.lossText = lossText;
    }

    void await(final long newRequestId, final Question newQuestion)
    {
        requestId = newRequestId;
        question = newQuestion;
        signed = null;
        granted = null;
        outcome = null;
        failure = null;
    }

    boolean isComplete()
    {
        return null != signed || null != granted || null != outcome || null != failure;
    }

    GrantedScopes takeGranted()
    {
        final GrantedScopes taken = granted;
        take();
        return taken;
    }

    SignedRequest take()
    {
        if (null != outcome)
        {
            throw new RequestKnownException(outcome);
        }

        end();
        return signed;
    }

    RequestOutcome takeOutcome()
    {
        end();
        return outcome;
    }

    private void end()
    {
        requestId = InFlightRequests.NONE;
        if (null != failure)
        {
            throw failure;
        }
    }

    @Override
    public void onOutcome(
        final long askedRequestId, final Fate fate, final Reason reason, final long recordSequence)
    {
        // There is no other that could be waited for.
        outcome = new RequestOutcome(askedRequestId, fate, reason, recordSequence);
    }

    @Override
    public void onExpired(final long requestId)
    {
        if (this.requestId == requestId)
        {
            failure = new RequestExpiredException(requestId);
        }
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView view)
    {
        if (this.requestId == requestId)
        {
            signed = SignedRequest.copyOf(view);
        }
    }

    @Override
    public void onAccessTokenAccepted(final long requestId, final int scopes, final long expiresNs)
    {
        if (this.requestId == requestId)
        {
            granted = new GrantedScopes(scopes, expiresNs);
        }
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        onRejected(requestId, reason, Field.NULL_VAL, recordSequence, rule);
    }

    @Override
    public void onRejected(
        final long requestId,
        final Reason reason,
        final Field field,
        final long recordSequence,
        final DirectBuffer rule)
    {
        // One that names no request can only be about the one that waits: there is no other. A frame that could not
        // be authenticated is somebody else's, though: were it this one, its time would run out.
        if (this.requestId == requestId || CountersignClient.NULL_VALUE == requestId && isOfThisBot(reason))
        {
            failure = new RejectedException(
                this.requestId, reason, field, recordSequence, rule.getStringWithoutLengthUtf8(0, rule.capacity()));
        }
    }

    private static boolean isOfThisBot(final Reason reason)
    {
        return Reason.FRAME_NOT_AUTHENTIC != reason &&
            Reason.FRAME_REPLAYED != reason &&
            Reason.FRAME_FRAGMENTED != reason &&
            Reason.FRAME_TOO_LONG != reason;
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        if (this.requestId == requestId)
        {
            failure = new RequestTimeoutException(
                "no reply to request " + requestId + " within " +
                    TimeUnit.NANOSECONDS.toMillis(requestTimeoutNs) +
                    " ms; " + question.afterTimeout,
                requestId);
        }
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        failure = new GatewayLostException(
            "no reply to request " + requestId + ": " + lossText.get() +
                "; connect again and " + question.afterLoss,
            cause,
            requestId);
    }
}
