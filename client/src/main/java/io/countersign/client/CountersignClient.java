package io.countersign.client;

import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A bot's session with the gateway, in callbacks and without garbage: after warm-up neither sending nor polling
 * allocates or takes a lock, and no thread is started. Warm-up includes Aeron's first keep-alive, 100 ms after
 * connecting, which allocates a few kilobytes once.
 * <p>
 * For one thread: the bot's. It must poll steadily, also when nothing is in flight, because {@link #poll()} drives the
 * whole client; not polled for longer than the driver's client liveness time-out (10 s unless the gateway sets it
 * otherwise) the session is lost with {@link LossCause#NOT_POLLED}.
 */
public final class CountersignClient implements AutoCloseable
{
    /** An absent number in a reply. */
    public static final long NULL_VALUE = Long.MIN_VALUE;

    static final int INGRESS_STREAM_ID = 1001;
    static final int EGRESS_STREAM_ID = 1002;

    /** The largest payload of one Aeron fragment, whatever MTU the gateway's driver is given. */
    static final int MAX_REPLY_LENGTH = 64 * 1024;

    private static final int BUSY_POLLS_PER_TICK_MASK = 0xF;

    private final Session session;
    private final ReplyListener listener;
    private final long requestTimeoutNs;
    private final int fragmentLimit;
    private final IngressPublisher publisher;
    private final InFlightRequests inFlight;
    private final ReplyRouter replyRouter;
    private final EgressAdapter egressAdapter;
    private final SessionWatch watch;
    private final RequestSender sender;
    private final ClientRequests requests;
    private boolean isPolling;
    private boolean isLossTold;
    private int busyPolls;

    /**
     * States of a client, drawn in the package's documentation.
     */
    public enum State
    {
        /** The session is open. */
        CONNECTED,

        /** The session is lost; nothing can be sent. */
        LOST,

        /** The client is closed. */
        CLOSED
    }

    private CountersignClient(final Context context, final Session session)
    {
        this.session = session;
        listener = context.listener();
        requestTimeoutNs = context.requestTimeoutNs();
        fragmentLimit = context.fragmentLimit();
        publisher = new IngressPublisher(session, context.offerAttempts(), requestTimeoutNs);
        inFlight = InFlightRequests.withNewIds(
            context.maxInFlight(), Math.min(context.maxInFlight(), session.terms().maxInFlight()));
        replyRouter = new ReplyRouter(session, inFlight, listener, SystemEpochNanoClock.INSTANCE);
        egressAdapter = new EgressAdapter(replyRouter, MAX_REPLY_LENGTH).authenticator(session.fromGateway());
        watch = new SessionWatch(session, publisher);
        sender = new RequestSender(publisher, inFlight, watch);
        requests = ClientRequests.of(sender);
    }

    /**
     * Opens a session: proves to the gateway who the bot is, and makes sure that it is the gateway. The API key in the
     * context is zeroed when this returns or throws.
     *
     * @param context to conclude and use.
     * @return a client in state {@link State#CONNECTED}.
     * @throws GatewayUnavailableException  where no gateway runs in the Aeron directory.
     * @throws GatewayNotAuthenticException where what answers does not know the API key.
     * @throws SessionRejectedException     where the gateway refuses.
     * @throws ConnectTimeoutException      where the gateway does not answer in time.
     */
    public static CountersignClient connect(final Context context)
    {
        context.conclude();
        try (BotAuthentication authentication = context.authentication())
        {
            return new CountersignClient(context, new SessionHandshake(context, authentication).open());
        }
    }

    /**
     * Hands out the client's new order, empty.
     *
     * @return always the same object.
     */
    public NewOrderRequest newOrder()
    {
        return ClientRequests.emptied(requests.newOrder());
    }

    /**
     * Hands out the client's cancel, empty.
     *
     * @return always the same object.
     */
    public CancelOrderRequest cancelOrder()
    {
        return ClientRequests.emptied(requests.cancelOrder());
    }

    /**
     * Hands out the client's cancel of all open orders, empty.
     *
     * @return always the same object.
     */
    public CancelAllRequest cancelAll()
    {
        return ClientRequests.emptied(requests.cancelAll());
    }

    /**
     * Hands out the client's query of an order, empty.
     *
     * @return always the same object.
     */
    public QueryOrderRequest queryOrder()
    {
        return ClientRequests.emptied(requests.queryOrder());
    }

    /**
     * Hands out the client's query of the open orders, empty.
     *
     * @return always the same object.
     */
    public QueryOrdersRequest queryOrders()
    {
        return ClientRequests.emptied(requests.queryOrders());
    }

    /**
     * Hands out the client's query of the account, empty.
     *
     * @return always the same object.
     */
    public QueryAccountRequest queryAccount()
    {
        return ClientRequests.emptied(requests.queryAccount());
    }

    /**
     * Hands out the client's log-on to the venue, empty.
     *
     * @return always the same object.
     */
    public LoginRequest login()
    {
        return ClientRequests.emptied(requests.login());
    }

    /**
     * Hands out the client's transaction of a chain, empty.
     *
     * @return always the same object.
     */
    public TransactionRequest transaction()
    {
        return ClientRequests.emptied(requests.transaction());
    }

    /**
     * Presents an access token. Allocates. It ends in {@link ReplyListener#onAccessTokenAccepted} or like a request;
     * session and requests in flight go on meanwhile.
     *
     * @param accessToken JWT in compact form, see {@link AccessTokenFile}.
     * @return the request id, above 0, or one of the negative codes of {@link OfferCode}.
     */
    public long presentAccessToken(final byte[] accessToken)
    {
        return sender.presentAccessToken(accessToken);
    }

    /**
     * Asks what became of a request of this principal, also of an earlier session or life of the gateway. The answer
     * comes to {@link ReplyListener#onOutcome}.
     *
     * @param requestId of that request.
     * @return the question's own request id, above 0, or one of the negative codes of {@link OfferCode}.
     */
    public long askOutcome(final long requestId)
    {
        return sender.askOutcome(requestId);
    }

    /**
     * Delivers replies, time-outs and the loss of the session to the listener.
     *
     * @return what was done; 0 where the bot may idle.
     * @throws IllegalStateException where it is called by a listener.
     */
    public int poll()
    {
        if (isPolling)
        {
            throw new IllegalStateException("poll() was called by a ReplyListener");
        }

        if (State.CLOSED == watch.state())
        {
            return 0;
        }

        isPolling = true;
        try
        {
            final int fragments = session.egress().poll(egressAdapter, fragmentLimit);
            return 0 == fragments || 0 == (++busyPolls & BUSY_POLLS_PER_TICK_MASK) ?
                fragments + tick(fragments) : fragments;
        }
        finally
        {
            isPolling = false;
        }
    }

    /**
     * State of the client.
     *
     * @return state as of the last {@link #poll()} or {@link Request#offer()}.
     */
    public State state()
    {
        return watch.state();
    }

    /**
     * Names the gateway's life: another value after connecting again means that the gateway was restarted.
     *
     * @return UTC nanoseconds since 1970 at which the gateway started.
     */
    public long gatewayStartNs()
    {
        return session.terms().gatewayStartNs();
    }

    /**
     * Why the session was lost.
     *
     * @return null while it is not lost.
     */
    public LossCause lossCause()
    {
        return session.lossMonitor().cause();
    }

    /**
     * Why the session was lost, in words.
     *
     * @return one line for people, or null while it is not lost.
     */
    public String lossText()
    {
        return session.lossMonitor().text();
    }

    /**
     * How many requests wait for their reply.
     *
     * @return their number.
     */
    public int inFlightCount()
    {
        return inFlight.count();
    }

    /**
     * Whether a request waits for its reply. After a loss: whether it may have been signed without the bot's knowing.
     *
     * @param requestId as returned by {@link Request#offer()}.
     * @return true where it was sent and has neither been answered nor timed out.
     */
    public boolean isInFlight(final long requestId)
    {
        return inFlight.contains(requestId);
    }

    /**
     * Replies that were not believed: not authentic, played again, of another session, schema, version or template,
     * truncated or otherwise malformed, or to a request that was never sent.
     *
     * @return how many.
     */
    public long strangeReplies()
    {
        return replyRouter.strangeReplies();
    }

    /**
     * Replies that came after the listener had been told that their request was timed out or answered.
     *
     * @return how many.
     */
    public long lateReplies()
    {
        return replyRouter.lateReplies();
    }

    /**
     * Frames that were not sent within the bounded number of tries because the gateway did not keep up.
     *
     * @return how many.
     */
    public long backPressured()
    {
        return publisher.backPressured();
    }

    /**
     * Says Disconnect where the session is open, and lets go of everything. Nothing is delivered any more.
     */
    @Override
    public void close()
    {
        if (State.CLOSED != watch.state())
        {
            if (State.CONNECTED == watch.state())
            {
                publisher.sendDisconnect();
            }

            watch.close();
            session.aeron().close();
        }
    }

    private int tick(final int fragments)
    {
        int workCount = 0;
        if (State.CONNECTED == watch.state())
        {
            final long nowNs = System.nanoTime();
            if (watch.isDue(nowNs))
            {
                watch.look(nowNs);
                // A full batch means that more replies wait: the request may well be answered.
                workCount += fragments < fragmentLimit ? timeOut(nowNs) : 0;
            }
        }

        if (State.LOST == watch.state() && !isLossTold && 0 == fragments)
        {
            isLossTold = true;
            listener.onSessionLost(session.lossMonitor().cause());
            workCount++;
        }

        return workCount;
    }

    private int timeOut(final long nowNs)
    {
        int timedOut = 0;
        long requestId;
        while (State.CONNECTED == watch.state() &&
            InFlightRequests.NONE != (requestId = inFlight.takeTimedOut(nowNs, requestTimeoutNs)))
        {
            timedOut++;
            listener.onTimedOut(requestId);
        }

        return timedOut;
    }

    /**
     * What a client needs to know; used for one client.
     */
    public static final class Context extends ClientSettings
    {
        /**
         * Creates a context with the defaults.
         */
        public Context()
        {
        }
    }
}
