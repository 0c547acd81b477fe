package io.countersign.gateway.session;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.transport.Egress;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.concurrent.TimeUnit;

/**
 * A session: a principal that has proven itself, on one ingress publication. Written by the gateway thread only.
 */
public final class Session
{
    /** Rejected for frames that are not authentic are at least this far apart, in nanoseconds. */
    public static final long ANSWER_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final Applicant applicant;
    private final Egress egress;
    private final FrameAuthenticator fromBot;
    private final FrameAuthenticator toBot;
    private long sessionId;
    private long lastRequestId = Long.MIN_VALUE;
    private long egressSequence;
    private boolean hasAnsweredForgery;
    private long forgeryAnsweredNs;

    /**
     * Construct a session that has no id yet.
     *
     * @param applicant that has proven itself.
     * @param egress    the way back.
     * @param fromBot   checks frames of the bot.
     * @param toBot     puts tags behind frames to the bot.
     */
    public Session(
        final Applicant applicant,
        final Egress egress,
        final FrameAuthenticator fromBot,
        final FrameAuthenticator toBot)
    {
        this.applicant = applicant;
        this.egress = egress;
        this.fromBot = fromBot;
        this.toBot = toBot;
    }

    /**
     * Who has proven itself.
     *
     * @return as its Connect said.
     */
    public Applicant applicant()
    {
        return applicant;
    }

    /**
     * The ingress publication that this session is bound to.
     *
     * @return Aeron's session id.
     */
    public int aeronSessionId()
    {
        return applicant.aeronSessionId();
    }

    /**
     * What Connect brought.
     *
     * @return the correlation id.
     */
    public long correlationId()
    {
        return applicant.correlationId();
    }

    /**
     * Who speaks.
     *
     * @return index in the policy.
     */
    public int principalIndex()
    {
        return applicant.principalIndex();
    }

    /**
     * Who speaks.
     *
     * @return UTF-8 bytes, not to be written to.
     */
    public byte[] principalName()
    {
        return applicant.principalName();
    }

    /**
     * Which API key was proven.
     *
     * @return its version.
     */
    public int apiKeyVersion()
    {
        return applicant.apiKeyVersion();
    }

    /**
     * Whether a frame comes from the bot of this session, unchanged.
     *
     * @param frame  private copy, from index 0.
     * @param length of the frame with its tag, in bytes.
     * @return false when its tag does not fit.
     */
    public boolean isAuthentic(final DirectBuffer frame, final int length)
    {
        return fromBot.isAuthentic(frame, 0, length);
    }

    /**
     * Put the tag of this session behind a frame to the bot.
     *
     * @param frame  from index 0, with room for the tag.
     * @param length of the frame in bytes.
     * @return length with the tag.
     */
    public int appendTag(final MutableDirectBuffer frame, final int length)
    {
        return toBot.append(frame, 0, length);
    }

    /**
     * The number of the next reply.
     *
     * @return rises by 1 with each call, from 1.
     */
    public long nextEgressSequence()
    {
        return ++egressSequence;
    }

    /**
     * Whether a frame that is not authentic may be answered now: whoever sends it must not make the gateway speak as
     * often as he likes.
     *
     * @param nowNs monotonic time.
     * @return true at most once in {@link #ANSWER_INTERVAL_NS}.
     */
    public boolean mayAnswerForgery(final long nowNs)
    {
        if (hasAnsweredForgery && nowNs - forgeryAnsweredNs < ANSWER_INTERVAL_NS)
        {
            return false;
        }
        hasAnsweredForgery = true;
        forgeryAnsweredNs = nowNs;
        return true;
    }

    /**
     * Forget the keys: the session is over and nothing of it is in hand.
     */
    public void zero()
    {
        fromBot.zero();
        toBot.zero();
    }

    /**
     * The way back.
     *
     * @return the egress.
     */
    public Egress egress()
    {
        return egress;
    }

    /**
     * The id of this session: the sequence of its record in the journal.
     *
     * @return the id, 0 before it is open.
     */
    public long sessionId()
    {
        return sessionId;
    }

    /**
     * Open the session.
     *
     * @param sessionId sequence of its record in the journal.
     */
    public void open(final long sessionId)
    {
        this.sessionId = sessionId;
    }

    /**
     * Take a request id if it rises.
     *
     * @param requestId of a new request.
     * @return false when it is not above the last one.
     */
    public boolean advanceTo(final long requestId)
    {
        if (requestId <= lastRequestId)
        {
            return false;
        }
        lastRequestId = requestId;
        return true;
    }
}
