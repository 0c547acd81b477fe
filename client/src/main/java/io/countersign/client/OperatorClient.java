package io.countersign.client;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AskSwitchesEncoder;
import io.countersign.codecs.wire.DisconnectEncoder;
import io.countersign.codecs.wire.EnableExecutionEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.KeepAliveEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.ReloadPolicyEncoder;
import io.countersign.codecs.wire.SetSwitchEncoder;
import io.countersign.codecs.wire.SignedCommandEncoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * An operator's session with the gateway: one command at a time, each waited for. For one thread, and for tools that
 * connect, command and close: nothing keeps the session alive between commands, so one that is not used for seconds is
 * lost.
 * <p>
 * Every command ends in a {@link CommandAnswer} or an exception: {@link CommandRefusedException},
 * {@link RequestTimeoutException}, {@link GatewayLostException}, {@link BackPressureException}, or
 * {@link IllegalArgumentException} where a name or comment is too long.
 */
public final class OperatorClient implements AutoCloseable
{
    /** Longest name of a venue, key, principal or rule, in bytes of UTF-8. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Longest comment, in bytes of UTF-8. */
    public static final int MAX_COMMENT_LENGTH = 254;

    private static final int MAX_TOTP = 999_999;
    private static final int BUFFER_LENGTH = 4096;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int KEEP_ALIVES_PER_IDLE_TIMEOUT = 3;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Session session;
    private final AnswerCollector answer;
    private final EgressAdapter egressAdapter;
    private final DriverProcess driverProcess;
    private final IdleStrategy idleStrategy;
    private final long timeoutNs;
    private long ingressSequence;
    private long requestId;
    private long deadlineNs;
    private long commandTimeoutNs;
    private long lastSentNs;
    private boolean isClosed;

    private OperatorClient(final CountersignClient.Context context, final Session session)
    {
        this.session = session;
        answer = new AnswerCollector(session.terms().sessionId());
        egressAdapter = new EgressAdapter(answer, CountersignClient.MAX_REPLY_LENGTH)
            .authenticator(session.fromGateway());
        driverProcess = new DriverProcess(session.aeron());
        idleStrategy = context.idleStrategy();
        timeoutNs = context.requestTimeoutNs();
    }

    /**
     * Opens a session. The API key in the context is zeroed when this returns or throws.
     *
     * @param context to conclude and use; its listener is replaced, its principal is the operator's name, and its
     *                request time-out is that of each command.
     * @return a connected client.
     * @throws GatewayUnavailableException  where no gateway runs in the Aeron directory.
     * @throws GatewayNotAuthenticException where what answers does not know the API key.
     * @throws SessionRejectedException     where the gateway refuses.
     * @throws ConnectTimeoutException      where the gateway does not answer in time.
     */
    public static OperatorClient connect(final CountersignClient.Context context)
    {
        context.listener(AnswerCollector.NO_REPLIES).conclude();
        try (BotAuthentication authentication = context.authentication())
        {
            return new OperatorClient(context, new SessionHandshake(context, authentication).open());
        }
    }

    /**
     * Turns a kill switch. Answered when it is effective: the very next frame of any bot meets it.
     *
     * @param subject what it stops.
     * @param reach   everything but cancels, or cancels.
     * @param isOn    true stops, false lets go again.
     * @param name    of the venue, key or principal; empty for ALL.
     * @param comment why, for the journal; may be empty.
     * @return the answer.
     */
    public CommandAnswer setSwitch(
        final SwitchSubject subject,
        final SwitchReach reach,
        final boolean isOn,
        final String name,
        final String comment)
    {
        checkLength("name", name, MAX_NAME_LENGTH);
        checkLength("comment", comment, MAX_COMMENT_LENGTH);
        begin();
        final SetSwitchEncoder encoder = new SetSwitchEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(session.terms().sessionId())
            .ingressSequence(++ingressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .subject(subject)
            .reach(reach)
            .isOn(flag(isOn))
            .name(name)
            .comment(comment);
        return command(encoder.limit());
    }

    /**
     * Has the gateway read its policy file again.
     *
     * @param isTrial true only says what would change.
     * @param comment why; may be empty.
     * @return one line per difference.
     */
    public CommandAnswer reloadPolicy(final boolean isTrial, final String comment)
    {
        checkLength("comment", comment, MAX_COMMENT_LENGTH);
        begin();
        final ReloadPolicyEncoder encoder = new ReloadPolicyEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(session.terms().sessionId())
            .ingressSequence(++ingressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .isTrial(flag(isTrial))
            .comment(comment);
        return command(encoder.limit());
    }

    /**
     * Re-enables a rule that the repeated-execution throttle has stopped.
     *
     * @param principal whose rule it is.
     * @param rule      its name.
     * @param comment   why, for the journal; may be empty.
     * @return the answer.
     */
    public CommandAnswer enableExecution(final String principal, final String rule, final String comment)
    {
        checkLength("principal", principal, MAX_NAME_LENGTH);
        checkLength("rule", rule, MAX_NAME_LENGTH);
        checkLength("comment", comment, MAX_COMMENT_LENGTH);
        begin();
        final EnableExecutionEncoder encoder = new EnableExecutionEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(session.terms().sessionId())
            .ingressSequence(++ingressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .principal(principal)
            .rule(rule)
            .comment(comment);
        return command(encoder.limit());
    }

    /**
     * Asks for every kill switch that is on and every rule that is stopped.
     *
     * @return one line each.
     */
    public CommandAnswer askSwitches()
    {
        begin();
        final AskSwitchesEncoder encoder = new AskSwitchesEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(session.terms().sessionId())
            .ingressSequence(++ingressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId);
        return command(encoder.limit());
    }

    /**
     * Gives a command that the operator signs, within the request time-out of the context.
     *
     * @param command what to do.
     * @param key     of the operator, as enrolled.
     * @param totp    one-time code, 0 to 999999; each is good for one command.
     * @return the answer.
     * @throws IllegalStateException where the key does not sign; nothing was sent.
     */
    public CommandAnswer give(final CommandText command, final OperatorKey key, final int totp)
    {
        return give(command, key, totp, timeoutNs);
    }

    /**
     * Gives a command that the operator signs: the frame {@code SignedCommand}, see the wire protocol, rule 16. Where
     * operators are enrolled, the gateway takes no other.
     *
     * @param command          what to do.
     * @param key              of the operator, as enrolled.
     * @param totp             one-time code, 0 to 999999; each is good for one command.
     * @param commandTimeoutNs how long the command is good for, and its answer awaited; making a key or reading a long
     *                         policy may take the gateway seconds.
     * @return the answer.
     * @throws IllegalStateException where the key does not sign; nothing was sent.
     */
    public CommandAnswer give(
        final CommandText command, final OperatorKey key, final int totp, final long commandTimeoutNs)
    {
        if (totp < 0 || MAX_TOTP < totp)
        {
            throw new IllegalArgumentException("a one-time code has 6 digits");
        }
        final byte[] text = command.toString().getBytes(StandardCharsets.UTF_8);
        checkFrameLength(text.length);
        begin(commandTimeoutNs);
        final long sessionId = session.terms().sessionId();
        final byte[] signature = key.sign(command.signedBytes(sessionId, requestId, deadlineNs));
        if (OperatorKey.SIGNATURE_LENGTH != signature.length)
        {
            throw new IllegalStateException(
                "the operator's key gave " + signature.length + " bytes: that is no signature of Ed25519");
        }
        final SignedCommandEncoder encoder = new SignedCommandEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(sessionId)
            .ingressSequence(++ingressSequence)
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .totp(totp)
            .putSignature(signature, 0, signature.length)
            .putCommand(text, 0, text.length);
        return command(encoder.limit());
    }

    /**
     * Says Disconnect where the session is open, and lets go of everything.
     */
    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;
            if (null == session.lossMonitor().cause() && session.ingress().isConnected())
            {
                final DisconnectEncoder encoder = new DisconnectEncoder().wrapAndApplyHeader(frame, 0, header)
                    .sessionId(session.terms().sessionId())
                    .ingressSequence(++ingressSequence)
                    .deadlineNs(Long.MAX_VALUE);
                session.ingress().offer(frame, 0, session.toGateway().append(frame, 0, encoder.limit()));
            }
            driverProcess.close();
            session.aeron().close();
        }
    }

    /** Names the next command: ids rise with the clock, so that none is used twice by the same operator. */
    private void begin()
    {
        begin(timeoutNs);
    }

    private void begin(final long newCommandTimeoutNs)
    {
        commandTimeoutNs = newCommandTimeoutNs;
        final long nowNs = System.currentTimeMillis() * NANOS_PER_MILLI;
        requestId = Math.max(requestId + 1, nowNs);
        deadlineNs = nowNs + commandTimeoutNs;
        answer.await(requestId);
    }

    private CommandAnswer command(final int length)
    {
        if (isClosed)
        {
            throw new IllegalStateException("the client is closed");
        }
        final long startNs = System.nanoTime();
        final int taggedLength = session.toGateway().append(frame, 0, length);
        idleStrategy.reset();
        while (session.ingress().offer(frame, 0, taggedLength) < 0)
        {
            checkLoss("the command was not sent");
            if (System.nanoTime() - startNs >= commandTimeoutNs)
            {
                throw new BackPressureException("the gateway does not keep up: the command was not sent");
            }
            idleStrategy.idle();
        }
        lastSentNs = System.nanoTime();
        while (!answer.isComplete())
        {
            final int fragments = session.egress().poll(egressAdapter, 1);
            if (0 == fragments)
            {
                checkLoss("no answer to the command");
                if (System.nanoTime() - startNs >= commandTimeoutNs)
                {
                    throw new RequestTimeoutException("no answer to the command within " +
                        TimeUnit.NANOSECONDS.toMillis(commandTimeoutNs) +
                        " ms; the audit journal tells whether it was carried out", requestId);
                }
                keepAlive(System.nanoTime());
            }
            idleStrategy.idle(fragments);
        }
        return answer.take();
    }

    /** A command may take longer than the gateway keeps a silent session. */
    private void keepAlive(final long nowNs)
    {
        final long idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(session.terms().idleTimeoutMs());
        if (nowNs - lastSentNs >= idleTimeoutNs / KEEP_ALIVES_PER_IDLE_TIMEOUT)
        {
            lastSentNs = nowNs;
            final KeepAliveEncoder encoder = new KeepAliveEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(session.terms().sessionId())
                .ingressSequence(++ingressSequence)
                .deadlineNs(System.currentTimeMillis() * NANOS_PER_MILLI + idleTimeoutNs);
            session.ingress().offer(frame, 0, session.toGateway().append(frame, 0, encoder.limit()));
        }
    }

    private void checkLoss(final String what)
    {
        session.aeron().conductorAgentInvoker().invoke();
        final LossMonitor lossMonitor = session.lossMonitor();
        if (session.egress().isClosed())
        {
            lossMonitor.onLoss(LossCause.EGRESS_CLOSED, null);
        }
        else if (driverProcess.hasDied(System.nanoTime()))
        {
            lossMonitor.onLoss(LossCause.DRIVER_GONE, "its process has ended");
        }
        if (null != lossMonitor.cause())
        {
            throw new GatewayLostException(what + ": " + lossMonitor.text() +
                "; the audit journal tells whether it was carried out", lossMonitor.cause(), requestId);
        }
    }

    private void checkFrameLength(final int textLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + SignedCommandEncoder.BLOCK_LENGTH +
            SignedCommandEncoder.commandHeaderLength() + textLength + FrameAuthenticator.TAG_LENGTH;
        final int maxLength = Math.min(session.terms().maxFrameLength(), session.ingress().maxPayloadLength());
        if (length > maxLength)
        {
            throw new IllegalArgumentException("the command is too long: its frame has " + length +
                " bytes, the gateway takes " + maxLength);
        }
    }

    private static Flag flag(final boolean isTrue)
    {
        return isTrue ? Flag.TRUE : Flag.FALSE;
    }

    private static void checkLength(final String what, final String text, final int maxLength)
    {
        if (text.getBytes(StandardCharsets.UTF_8).length > maxLength)
        {
            throw new IllegalArgumentException("the " + what + " is longer than " + maxLength + " bytes: " + text);
        }
    }
}
