package io.countersign.gateway.control;

import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.time.SystemGatewayClock;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What the control agent works with.
 */
public final class ControlContext
{
    private ControlProxy proxy;
    private EgressFactory egressFactory;
    private Queue<Long> gonePublications;
    private Queue<GatewayCommand> commands;
    private ApiKeyDerivations derivations;
    private RequestHistories histories;
    private PolicySource policySource;
    private AccessTokens accessTokens;
    private AccessTokenProxy accessTokenProxy;
    private SystemGatewayClock gatewayClock;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler;
    private long connectTimeoutNs = TimeUnit.SECONDS.toNanos(5);
    private int maxPublications = 512;

    /**
     * Check that nothing is missing.
     *
     * @return this.
     */
    public ControlContext conclude()
    {
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(accessTokenProxy, "accessTokenProxy");
        Objects.requireNonNull(egressFactory, "egressFactory");
        Objects.requireNonNull(gonePublications, "gonePublications");
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(derivations, "derivations");
        Objects.requireNonNull(histories, "histories");
        Objects.requireNonNull(policySource, "policySource");
        Objects.requireNonNull(gatewayClock, "gatewayClock");
        Objects.requireNonNull(errorHandler, "errorHandler");
        return this;
    }

    ControlProxy proxy()
    {
        return proxy;
    }

    /**
     * Set what carries connects from the gateway thread.
     *
     * @param proxy shared with the gateway agent.
     * @return this.
     */
    public ControlContext proxy(final ControlProxy proxy)
    {
        this.proxy = proxy;
        return this;
    }

    EgressFactory egressFactory()
    {
        return egressFactory;
    }

    /**
     * Set what opens ways back.
     *
     * @param egressFactory used by the control agent only.
     * @return this.
     */
    public ControlContext egressFactory(final EgressFactory egressFactory)
    {
        this.egressFactory = egressFactory;
        return this;
    }

    Queue<Long> gonePublications()
    {
        return gonePublications;
    }

    /**
     * Set where the threads of Aeron clients put the ids of publications that have gone.
     *
     * @param gonePublications of {@link io.countersign.gateway.transport.PublicationId}s; safe for other threads to
     *                         write to.
     * @return this.
     */
    public ControlContext gonePublications(final Queue<Long> gonePublications)
    {
        this.gonePublications = gonePublications;
        return this;
    }

    Queue<GatewayCommand> commands()
    {
        return commands;
    }

    /**
     * Set the queue to the gateway agent.
     *
     * @param commands bounded, safe for several writers and one reader.
     * @return this.
     */
    public ControlContext commands(final Queue<GatewayCommand> commands)
    {
        this.commands = commands;
        return this;
    }

    ApiKeyDerivations derivations()
    {
        return derivations;
    }

    /**
     * Set what carries requests for API keys.
     *
     * @param derivations shared with the token agent.
     * @return this.
     */
    public ControlContext derivations(final ApiKeyDerivations derivations)
    {
        this.derivations = derivations;
        return this;
    }

    RequestHistories histories()
    {
        return histories;
    }

    /**
     * Set what became of the principals' requests.
     *
     * @param histories as the journal told; the control agent's from here on.
     * @return this.
     */
    public ControlContext histories(final RequestHistories histories)
    {
        this.histories = histories;
        return this;
    }

    PolicySource policySource()
    {
        return policySource;
    }

    /**
     * Set the policy that knows the principals.
     *
     * @param policySource holds the policy in force, and reads its file again.
     * @return this.
     */
    public ControlContext policySource(final PolicySource policySource)
    {
        this.policySource = policySource;
        return this;
    }

    AccessTokens accessTokens()
    {
        return accessTokens;
    }

    /**
     * Set what checks access tokens.
     *
     * @param accessTokens used by the control agent only, closed by others; null: every access token is refused.
     * @return this.
     */
    public ControlContext accessTokens(final AccessTokens accessTokens)
    {
        this.accessTokens = accessTokens;
        return this;
    }

    AccessTokenProxy accessTokenProxy()
    {
        return accessTokenProxy;
    }

    /**
     * Set what carries access tokens from the gateway thread.
     *
     * @param accessTokenProxy shared with the gateway agent.
     * @return this.
     */
    public ControlContext accessTokenProxy(final AccessTokenProxy accessTokenProxy)
    {
        this.accessTokenProxy = accessTokenProxy;
        return this;
    }

    SystemGatewayClock gatewayClock()
    {
        return gatewayClock;
    }

    /**
     * Set the clock whose offset is to be renewed.
     *
     * @param gatewayClock of the gateway agent.
     * @return this.
     */
    public ControlContext gatewayClock(final SystemGatewayClock gatewayClock)
    {
        this.gatewayClock = gatewayClock;
        return this;
    }

    NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Set the clock for time-outs.
     *
     * @param nanoClock monotonic.
     * @return this.
     */
    public ControlContext nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        return this;
    }

    ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * Set who is told of errors.
     *
     * @param errorHandler safe for this thread.
     * @return this.
     */
    public ControlContext errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    long connectTimeoutNs()
    {
        return connectTimeoutNs;
    }

    /**
     * Set how long a bot may take to listen to its egress, and how long a handshake may take.
     *
     * @param connectTimeoutNs nanoseconds.
     * @return this.
     */
    public ControlContext connectTimeoutNs(final long connectTimeoutNs)
    {
        this.connectTimeoutNs = connectTimeoutNs;
        return this;
    }

    int maxPublications()
    {
        return maxPublications;
    }

    /**
     * Set the most ingress publications of each ingress that are answered at one time, with and without a session. Half
     * as many handshakes may be under way by each.
     *
     * @param maxPublications above it, connects are dropped and counted.
     * @return this.
     */
    public ControlContext maxPublications(final int maxPublications)
    {
        this.maxPublications = maxPublications;
        return this;
    }
}
