package io.countersign.gateway.session;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.Source;
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

    private static final int NOBODY = -1;

    private final Applicant applicant;
    private final Egress egress;
    private final FrameAuthenticator fromBot;
    private final FrameAuthenticator toBot;
    private final SessionAccess access = new SessionAccess();
    private final RequestHistory history;
    private int principalIndex = NOBODY;
    private boolean hasRecordedRefusal;
    private long refusalRecordedNs;
    private long sessionId;
    private long ingressSequence;
    private long heardNs;
    private int inHand;
    private boolean isClosed;
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
     * @param history   of the principal.
     */
    public Session(
        final Applicant applicant,
        final Egress egress,
        final FrameAuthenticator fromBot,
        final FrameAuthenticator toBot,
        final RequestHistory history)
    {
        this.applicant = applicant;
        this.egress = egress;
        this.fromBot = fromBot;
        this.toBot = toBot;
        this.history = history;
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
     * The ingress publication that this session is bound to, among those of all ingresses.
     *
     * @return its {@link io.countersign.gateway.transport.PublicationId}.
     */
    public long publicationId()
    {
        return applicant.publicationId();
    }

    /**
     * Where the bot came from when the session began.
     *
     * @return ingress and address.
     */
    public Source source()
    {
        return applicant.source();
    }

    /**
     * The ingress publication that this session is bound to, among those of its ingress.
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
     * @return index in the policy in force, -1 where it does not know the principal and before the session is opened.
     */
    public int principalIndex()
    {
        return principalIndex;
    }

    /**
     * Another policy is in force, or this session is opened under it.
     *
     * @param newPrincipalIndex index in that policy.
     */
    public void principalIndex(final int newPrincipalIndex)
    {
        principalIndex = newPrincipalIndex;
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
     * Get ready for the next frame and the next reply, when the last reply is out and nobody waits.
     */
    public void prime()
    {
        fromBot.prime();
        toBot.prime();
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
     * What access tokens have brought into this session.
     *
     * @return for the gateway thread.
     */
    public SessionAccess access()
    {
        return access;
    }

    /**
     * Whether a refused command may be recorded now: who may give none must not fill the disk.
     *
     * @param nowNs monotonic time.
     * @return true at most once in {@link #ANSWER_INTERVAL_NS}.
     */
    public boolean mayRecordRefusal(final long nowNs)
    {
        if (hasRecordedRefusal && nowNs - refusalRecordedNs < ANSWER_INTERVAL_NS)
        {
            return false;
        }
        hasRecordedRefusal = true;
        refusalRecordedNs = nowNs;
        return true;
    }

    /**
     * The session is over: nothing goes to its bot any more. Its keys are zeroed when nothing of it is in hand.
     */
    public void close()
    {
        isClosed = true;
        if (0 == inHand)
        {
            zero();
        }
    }

    /**
     * Whether the session is over.
     *
     * @return true from {@link #close} on, also while requests of it are in hand.
     */
    public boolean isClosed()
    {
        return isClosed;
    }

    /**
     * Forget the keys: nothing of the session is in hand, or nothing of it comes back.
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
     * What became of the principal's requests, in this session and others.
     *
     * @return the same for all sessions of the principal.
     */
    public RequestHistory history()
    {
        return history;
    }

    /**
     * Open the session.
     *
     * @param sessionId sequence of its record in the journal.
     * @param nowNs     monotonic time.
     */
    public void open(final long sessionId, final long nowNs)
    {
        this.sessionId = sessionId;
        heardNs = nowNs;
    }

    /**
     * Take the sequence of a frame of the bot if it rises.
     *
     * @param newIngressSequence of an authentic frame.
     * @return false when it is not above the last one, or not above 0: the frame was replayed or reordered.
     */
    public boolean advanceIngress(final long newIngressSequence)
    {
        if (newIngressSequence <= ingressSequence)
        {
            return false;
        }
        ingressSequence = newIngressSequence;
        return true;
    }

    /**
     * A frame of the bot came in order and in time.
     *
     * @param nowNs monotonic time.
     */
    public void heard(final long nowNs)
    {
        heardNs = nowNs;
    }

    /**
     * Whether the bot has nothing in hand and has said nothing for so long.
     *
     * @param nowNs     monotonic time.
     * @param timeoutNs nanoseconds.
     * @return true when the session is to be closed.
     */
    public boolean isIdle(final long nowNs, final long timeoutNs)
    {
        return 0 == inHand && nowNs - heardNs >= timeoutNs;
    }

    /**
     * How many requests of this session are in the token's hands, and how many replies are parked.
     *
     * @return 0 or more.
     */
    public int inHand()
    {
        return inHand;
    }

    /**
     * A request of this session goes to the token, or a reply is parked.
     */
    public void takenUp()
    {
        inHand++;
    }

    /**
     * A request of this session has come back from the token, well or badly, or a parked reply has left.
     */
    public void finished()
    {
        inHand--;
        if (isClosed && 0 == inHand)
        {
            zero();
        }
    }
}
