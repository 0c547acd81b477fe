package io.countersign.client;

import io.countersign.client.BlockingAnswer.Question;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A session with the gateway, one call per request: fill it in, get it back finished and signed.
 * <p>
 * May be used by several threads, whose requests go one after another. A daemon thread keeps the session alive between
 * requests. An interrupt does not end a call; it stays set for the caller.
 * <p>
 * Every request ends in a {@link SignedRequest} or an exception: {@link RejectedException},
 * {@link RequestTimeoutException}, {@link RequestExpiredException}, {@link RequestKnownException},
 * {@link GatewayLostException}, {@link BackPressureException}, or {@link IllegalArgumentException} where a field has a
 * value outside its range. The exceptions that leave open whether it was signed name its id: sent again with
 * {@link Request#requestId(long)}, it is not signed twice.
 */
public final class BlockingClient implements AutoCloseable
{
    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final BlockingAnswer answer;
    private final CountersignClient client;
    private final IdleStrategy idleStrategy;
    private final Thread keepAlive;

    private BlockingClient(final CountersignClient.Context context)
    {
        answer = new BlockingAnswer(context.requestTimeoutNs(), this::lossText);
        context.listener(answer);
        client = CountersignClient.connect(context);
        idleStrategy = context.idleStrategy();
        keepAlive = Thread.ofPlatform().daemon().name("countersign-client").unstarted(this::keepAlive);
    }

    /**
     * Opens a session.
     *
     * @param context to conclude and use; its listener is replaced.
     * @return a connected client.
     * @throws GatewayUnavailableException where no gateway runs in the Aeron directory.
     * @throws SessionRejectedException    where the gateway refuses.
     * @throws ConnectTimeoutException     where the gateway does not answer in time.
     */
    public static BlockingClient connect(final CountersignClient.Context context)
    {
        final BlockingClient blockingClient = new BlockingClient(context);
        blockingClient.keepAlive.start();
        return blockingClient;
    }

    /**
     * Has a new order signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest newOrder(final Consumer<NewOrderRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.newOrder(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a cancel signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest cancelOrder(final Consumer<CancelOrderRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.cancelOrder(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a cancel of the open orders signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest cancelAll(final Consumer<CancelAllRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.cancelAll(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a query of an order signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest queryOrder(final Consumer<QueryOrderRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.queryOrder(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a query of the open orders signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest queryOrders(final Consumer<QueryOrdersRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.queryOrders(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a query of the account signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest queryAccount(final Consumer<QueryAccountRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.queryAccount(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a log-on to the venue signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest login(final Consumer<LoginRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.login(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Has a transaction of a chain signed.
     *
     * @param filling sets the fields; called once, on the caller's thread. It may not offer the request itself.
     * @return the finished request.
     */
    public SignedRequest transaction(final Consumer<TransactionRequest> filling)
    {
        lock.lock();
        try
        {
            return request(client.transaction(), filling);
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Presents an access token: its scopes are in force in this session from the return on, in place of those before.
     * One that is refused leaves those before in force. Where it ends in {@link RequestTimeoutException}, which of them
     * are in force is not known: present it again, {@link #askOutcome} knows nothing of it.
     *
     * @param accessToken JWT in compact form, see {@link AccessTokenFile}.
     * @return what is in force, and until when: present another one before.
     */
    public GrantedScopes presentAccessToken(final byte[] accessToken)
    {
        lock.lock();
        try
        {
            final long requestId = client.presentAccessToken(accessToken);
            if (requestId < 0)
            {
                throw notSent(requestId, null);
            }

            awaitAnswer(requestId, Question.ACCESS_TOKEN);
            return answer.takeGranted();
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Asks what became of a request of this principal, also of an earlier session or life of the gateway.
     *
     * @param requestId of that request.
     * @return what became of it.
     */
    public RequestOutcome askOutcome(final long requestId)
    {
        lock.lock();
        try
        {
            final long questionId = client.askOutcome(requestId);
            if (questionId < 0)
            {
                throw notSent(questionId, null);
            }

            awaitAnswer(questionId, Question.OUTCOME);
            return answer.takeOutcome();
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Names the gateway's life: another value after connecting again means that the gateway was restarted.
     *
     * @return UTC nanoseconds since 1970 at which the gateway started.
     */
    public long gatewayStartNs()
    {
        return client.gatewayStartNs();
    }

    /**
     * State of the session.
     *
     * @return state of the session, at most about 50 ms old.
     */
    public CountersignClient.State state()
    {
        lock.lock();
        try
        {
            return client.state();
        }
        finally
        {
            lock.unlock();
        }
    }

    /**
     * Says Disconnect and lets go of everything, after a request that another thread waits for.
     */
    @Override
    public void close()
    {
        lock.lock();
        try
        {
            client.close();
        }
        finally
        {
            lock.unlock();
        }

        LockSupport.unpark(keepAlive);
    }

    private <T extends Request<T>> SignedRequest request(final T request, final Consumer<? super T> filling)
    {
        filling.accept(request);

        final long requestId = request.offer();
        if (requestId < 0)
        {
            throw notSent(requestId, request);
        }

        awaitAnswer(requestId, Question.REQUEST);
        return answer.take();
    }

    private void awaitAnswer(final long requestId, final Question question)
    {
        answer.await(requestId, question);
        idleStrategy.reset();
        while (!answer.isComplete())
        {
            // Ends by itself: poll() delivers a reply, the time-out of the request or the loss of the session.
            idleStrategy.idle(client.poll());
        }
    }

    private RuntimeException notSent(final long code, final Request<?> request)
    {
        return switch ((int) code)
        {
            case (int) OfferCode.BACK_PRESSURED, (int) OfferCode.TOO_MANY_IN_FLIGHT ->
                new BackPressureException(OfferCode.text(code));
            case (int) OfferCode.NOT_CONNECTED -> new GatewayLostException(
                OfferCode.text(code) + " (" + client.lossText() + ")",
                client.lossCause(),
                CountersignClient.NULL_VALUE);
            case (int) OfferCode.FIELD_OUT_OF_RANGE, (int) OfferCode.FRAME_TOO_LONG ->
                new IllegalArgumentException(OfferCode.text(code) +
                    (null == request || null == request.invalidField() ? "" : ": " + request.invalidField()));
            default -> new IllegalStateException(OfferCode.text(code));
        };
    }

    private void keepAlive()
    {
        boolean isOpen = true;
        while (isOpen)
        {
            LockSupport.parkNanos(KEEP_ALIVE_INTERVAL_NS);
            lock.lock();
            try
            {
                client.poll();
                isOpen = CountersignClient.State.CONNECTED == client.state();
            }
            finally
            {
                lock.unlock();
            }
        }
    }

    private String lossText()
    {
        return client.lossText();
    }
}
