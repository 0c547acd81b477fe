package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionEnd;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the answer to the one command that an operator waits for.
 */
final class AnswerCollector implements EgressListener
{
    /** An operator sends no requests, so that nothing comes here. */
    static final ReplyListener NO_REPLIES = new ReplyListener()
    {
        @Override
        public void onSigned(final long requestId, final SignedRequestView signed)
        {
            // Nothing was asked for.
        }

        @Override
        public void onRejected(
            final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
        {
            // As above.
        }

        @Override
        public void onTimedOut(final long requestId)
        {
            // As above.
        }

        @Override
        public void onSessionLost(final LossCause cause)
        {
            // As above.
        }
    };

    private final long sessionId;
    private final List<String> lines = new ArrayList<>();
    private long requestId;
    private CommandAnswer done;
    private CommandRefusedException refusal;

    AnswerCollector(final long sessionId)
    {
        this.sessionId = sessionId;
    }

    void await(final long newRequestId)
    {
        requestId = newRequestId;
        lines.clear();
        done = null;
        refusal = null;
    }

    boolean isComplete()
    {
        return null != done || null != refusal;
    }

    CommandAnswer take()
    {
        if (null != refusal)
        {
            throw refusal;
        }
        return done;
    }

    @Override
    public void onCommandLine(final long sessionId, final long requestId, final String line)
    {
        if (isAwaited(sessionId, requestId))
        {
            lines.add(line);
        }
    }

    @Override
    public void onCommandDone(final long sessionId, final long requestId, final long recordSequence)
    {
        if (isAwaited(sessionId, requestId))
        {
            done = new CommandAnswer(List.copyOf(lines), recordSequence);
        }
    }

    @Override
    public void onRejected(
        final long sessionId,
        final long requestId,
        final long recordSequence,
        final Reason reason,
        final Field field,
        final DirectBuffer rule)
    {
        if (isAwaited(sessionId, requestId))
        {
            refusal = new CommandRefusedException(reason, recordSequence, lines);
        }
    }

    @Override
    public void onChallenge(final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        // The handshake is over.
    }

    @Override
    public void onSessionOpened(final long correlationId, final SessionTerms terms)
    {
        // As above.
    }

    @Override
    public void onSessionRejected(final long correlationId, final Reason reason)
    {
        // As above.
    }

    @Override
    public void onSigned(final long sessionId, final long requestId, final SignedRequestView signed)
    {
        // An operator asks for no signatures.
    }

    @Override
    public void onAccessTokenAccepted(
        final long sessionId, final long requestId, final int scopes, final long expiresNs)
    {
        // As above.
    }

    @Override
    public void onOutcome(
        final long sessionId,
        final long requestId,
        final long askedRequestId,
        final Fate fate,
        final Reason reason,
        final long recordSequence)
    {
        // As above.
    }

    @Override
    public void onSessionClosed(final long sessionId, final SessionEnd end)
    {
        // The command that is awaited then finds no answer in time.
    }

    @Override
    public void onStrangeReply(final Reason reason)
    {
        // Not the gateway's word: the answer is still to come.
    }

    private boolean isAwaited(final long ofSession, final long ofRequest)
    {
        return sessionId == ofSession && requestId == ofRequest && !isComplete();
    }
}
