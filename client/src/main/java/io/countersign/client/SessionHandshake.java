package io.countersign.client;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.RethrowingErrorHandler;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import io.aeron.logbuffer.FragmentHandler;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.ProveEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionEnd;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Opens a session: attaches to the media driver, subscribes to the replies, says Connect, answers the Challenge and
 * awaits the session. Used once.
 */
final class SessionHandshake implements EgressListener
{
    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REJECTION_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);

    private final CountersignClient.Context context;
    private final BotAuthentication authentication;
    private final EgressAdapter adapter = new EgressAdapter(this, CountersignClient.MAX_REPLY_LENGTH);
    private final LossMonitor lossMonitor = new LossMonitor();
    private final long deadlineNs;
    private Aeron aeron;
    private ExclusivePublication ingress;
    private Image egress;
    private long correlationId;
    private byte[] proof;
    private boolean isImpostor;
    private long rejectionDeadlineNs;
    private Reason refusal;
    private SessionTerms terms;

    SessionHandshake(final CountersignClient.Context context, final BotAuthentication authentication)
    {
        this.context = context;
        this.authentication = authentication;
        this.deadlineNs = System.nanoTime() + context.connectTimeoutNs();
    }

    Session open()
    {
        attachToDriver();
        try
        {
            ingress = aeron.addExclusivePublication(
                context.channels().ingress(), CountersignClient.INGRESS_STREAM_ID);
            final Subscription replies = aeron.addSubscription(
                context.channels().egress(ingress.sessionId()), CountersignClient.EGRESS_STREAM_ID);

            sendConnect();
            awaitAnswer(replies);
            return new Session(
                aeron,
                lossMonitor,
                ingress,
                egress,
                authentication.toGateway(),
                authentication.fromGateway(),
                terms);
        }
        catch (final AeronException ex)
        {
            CloseHelper.quietClose(aeron);
            throw unavailable(LossMonitor.firstLine(ex.getMessage()));
        }
        catch (final RuntimeException ex)
        {
            CloseHelper.quietClose(aeron);
            throw ex;
        }
    }

    private void attachToDriver()
    {
        if (!Files.exists(Path.of(context.aeronDirectoryName(), CncFileDescriptor.CNC_FILE)))
        {
            throw unavailable("the directory holds no media driver");
        }

        final long remainingMs = TimeUnit.NANOSECONDS.toMillis(context.connectTimeoutNs());
        try
        {
            aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.aeronDirectoryName())
                .clientName("countersign")
                .driverTimeoutMs(Math.min(context.driverTimeoutMs(), Math.max(1, remainingMs)))
                .keepAliveIntervalNs(KEEP_ALIVE_INTERVAL_NS)
                .useConductorAgentInvoker(true)
                .clientLock(NoOpLock.INSTANCE)
                .errorHandler(lossMonitor)
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE));
        }
        catch (final DriverTimeoutException ex)
        {
            throw unavailable("its media driver gives no sign of life");
        }
        catch (final AeronException | IllegalStateException ex)
        {
            throw unavailable(LossMonitor.firstLine(String.valueOf(ex.getMessage())));
        }
    }

    private void sendConnect()
    {
        correlationId = aeron.nextCorrelationId();

        final byte[] principal = authentication.principal();
        final byte[] clientNonce = authentication.clientNonce();
        final ConnectEncoder connect = new ConnectEncoder();
        final int maxLength = MessageHeaderEncoder.ENCODED_LENGTH + ConnectEncoder.BLOCK_LENGTH +
            ConnectEncoder.principalHeaderLength() + principal.length;
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[maxLength]);
        connect.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .apiKeyVersion(authentication.apiKeyVersion())
            .putClientNonce(clientNonce, 0, clientNonce.length)
            .putPrincipal(principal, 0, principal.length);
        send(frame, "nobody took up the request to connect");
    }

    private void sendProof()
    {
        final UnsafeBuffer frame = new UnsafeBuffer(
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + ProveEncoder.BLOCK_LENGTH]);
        new ProveEncoder().wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .putClientProof(proof, 0, proof.length);
        proof = null;
        send(frame, "nobody took up the proof");
    }

    private void send(final UnsafeBuffer frame, final String complaint)
    {
        final IdleStrategy idleStrategy = context.idleStrategy();
        idleStrategy.reset();
        while (ingress.offer(frame, 0, frame.capacity()) < 0)
        {
            checkProgress(complaint);
            idleStrategy.idle();
        }
    }

    private void awaitAnswer(final Subscription replies)
    {
        final FragmentHandler fragmentHandler = (buffer, offset, length, header) ->
        {
            egress = (Image) header.context();
            adapter.onFragment(buffer, offset, length, header);
        };

        final IdleStrategy idleStrategy = context.idleStrategy();
        idleStrategy.reset();
        while (null == terms)
        {
            // One at a time: what follows the answer belongs to the session.
            final int fragments = replies.poll(fragmentHandler, 1);
            if (null != proof)
            {
                sendProof();
            }

            if (null != refusal)
            {
                throw new SessionRejectedException("the gateway in " + context.aeronDirectoryName() +
                    " refused a session for principal '" + context.principal() + "' with version " +
                    authentication.apiKeyVersion() + " of its API key: " + refusal, refusal);
            }

            if (null == terms)
            {
                checkProgress("it did not answer the request to connect");
                idleStrategy.idle(fragments);
            }
        }
    }

    private void checkProgress(final String complaint)
    {
        aeron.conductorAgentInvoker().invoke();
        if (null != lossMonitor.cause())
        {
            throw unavailable(lossMonitor.text());
        }

        if (isImpostor || isRejectionOverdue())
        {
            throw new GatewayNotAuthenticException("what answers in " + context.aeronDirectoryName() +
                " does not know version " + authentication.apiKeyVersion() + " of the API key of principal '" +
                context.principal() + "': it is not the gateway, or it has not issued this API key");
        }

        if (System.nanoTime() - deadlineNs >= 0)
        {
            throw new ConnectTimeoutException("the gateway in " + context.aeronDirectoryName() +
                " opened no session within " + TimeUnit.NANOSECONDS.toMillis(context.connectTimeoutNs()) + " ms: " +
                complaint);
        }
    }

    /** A gateway that was not believed had time to say that it, too, does not believe the bot. */
    private boolean isRejectionOverdue()
    {
        return authentication.isChallenged() && !authentication.isGatewayProven() &&
            System.nanoTime() - rejectionDeadlineNs >= 0;
    }

    private GatewayUnavailableException unavailable(final String complaint)
    {
        return new GatewayUnavailableException("no gateway in " + context.aeronDirectoryName() + ": " + complaint +
            "; start the gateway or correct aeronDirectoryName");
    }

    @Override
    public void onChallenge(final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        if (this.correlationId == correlationId)
        {
            proof = authentication.onChallenge(ingress.sessionId(), gatewayNonce, gatewayProof);
            adapter.authenticator(authentication.fromGateway());
            rejectionDeadlineNs = System.nanoTime() + REJECTION_TIMEOUT_NS;
        }
    }

    @Override
    public void onSessionOpened(final long correlationId, final SessionTerms newTerms)
    {
        if (this.correlationId == correlationId)
        {
            terms = newTerms;
        }
    }

    @Override
    public void onAccessTokenAccepted(
        final long sessionId, final long requestId, final int scopes, final long expiresNs)
    {
        // Nothing was presented yet.
    }

    @Override
    public void onSessionRejected(final long correlationId, final Reason reason)
    {
        if (this.correlationId == correlationId)
        {
            refusal = reason;
        }
    }

    @Override
    public void onSigned(final long sessionId, final long requestId, final SignedRequestView signed)
    {
        // No session yet, so no reply of one: the answer to Connect is still awaited.
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
        // As above.
    }

    @Override
    public void onStrangeReply(final Reason reason)
    {
        // Not an answer to Connect; without one the handshake times out and says so. A session that somebody opens
        // who has proven nothing is no answer either, and worth telling at once.
        isImpostor |= Reason.FRAME_NOT_AUTHENTIC == reason && authentication.isChallenged() &&
            !authentication.isGatewayProven();
    }
}
