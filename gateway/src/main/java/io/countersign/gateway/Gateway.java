package io.countersign.gateway;

import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.control.AccessTokenProxy;
import io.countersign.gateway.control.AeronEgressFactory;
import io.countersign.gateway.control.ApiKeyDerivations;
import io.countersign.gateway.control.ControlAgent;
import io.countersign.gateway.control.ControlContext;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.PolicySource;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.control.TokenAgent;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.keys.KeyAgent;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.sealing.SealAgent;
import io.countersign.gateway.sealing.SealContext;
import io.countersign.gateway.sealing.TokenSealSigner;
import io.countersign.gateway.time.SystemGatewayClock;
import io.countersign.gateway.transport.FairIngress;
import io.countersign.gateway.transport.IngressDrivers;
import io.countersign.gateway.transport.IpcDirectory;
import io.countersign.gateway.transport.TransportException;
import io.countersign.hsm.TokenException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The gateway: tokens, journal, driver and agents, put together in the order in which they can fail.
 */
public final class Gateway implements AutoCloseable
{
    /** The gateway stopped because it was told to. */
    public static final int EXIT_OK = 0;

    /** The gateway ended by itself. */
    public static final int EXIT_FAILED = 1;

    /** Configuration, journal or driver directory cannot be used; what was started is ended again. */
    public static final int EXIT_CONFIGURATION = 2;

    /** The token or a key in it cannot be used; what was started is ended again. */
    public static final int EXIT_TOKEN = 3;

    private static final int COMMAND_CAPACITY = 1024;
    private static final long READY_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
    private final Queue<GatewayCommand> commands = new ManyToOneConcurrentArrayQueue<>(COMMAND_CAPACITY);
    private final Queue<Long> gonePublications = new ConcurrentLinkedQueue<>();
    private final ApiKeyDerivations derivations;
    private final ControlProxy controlProxy;
    private final AccessTokenProxy accessTokenProxy = new AccessTokenProxy();
    private final SystemGatewayClock clock = new SystemGatewayClock();
    private GatewayConfig config;
    private PolicyConfig policyConfig;
    private final ErrorHandler errorHandler;
    private final Runnable lossHandler;
    private final AtomicBoolean isLost = new AtomicBoolean();
    private volatile boolean isClosing;

    private Gateway(
        final GatewayConfig config,
        final PolicyConfig policyConfig,
        final ErrorHandler errorHandler,
        final Runnable lossHandler)
    {
        this.config = config;
        this.policyConfig = policyConfig;
        this.errorHandler = errorHandler;
        this.lossHandler = lossHandler;
        derivations = new ApiKeyDerivations(config.ingresses().size());
        controlProxy = new ControlProxy(config.ingresses().size());
    }

    /**
     * Run a gateway until SIGTERM or SIGINT.
     *
     * @param args the path of the configuration file, or {@code --help}.
     */
    public static void main(final String[] args)
    {
        final GatewayProcess process = new GatewayProcess(System.out, System.err);
        System.exit(process.run(args));
    }

    /**
     * Start a gateway.
     *
     * @param configFile   path of the configuration.
     * @param errorHandler is told of errors while it runs.
     * @param lossHandler  is told, by a thread of the gateway's, when it has lost its driver and cannot go on: close
     *                     it, but not from there.
     * @return the running gateway.
     * @throws ConfigException    when the configuration cannot be used.
     * @throws TokenException     when the token or a key in it cannot be used.
     * @throws TransportException when the driver's directory cannot be used.
     * @throws JournalException   when the journal cannot be used.
     */
    public static Gateway launch(
        final Path configFile, final ErrorHandler errorHandler, final Runnable lossHandler)
        throws ConfigException, TokenException, TransportException
    {
        final GatewayConfig config = ConfigReader.read(configFile);
        final Gateway gateway = new Gateway(config, PolicyReader.read(config), errorHandler, lossHandler);
        boolean isLaunched = false;
        try
        {
            gateway.start();
            isLaunched = true;
            return gateway;
        }
        finally
        {
            if (!isLaunched)
            {
                gateway.close();
            }
        }
    }

    /**
     * The configuration that this gateway runs with.
     *
     * @return checked configuration.
     */
    public GatewayConfig config()
    {
        return config;
    }

    /**
     * The policy that this gateway started with.
     *
     * @return checked policy.
     */
    public PolicyConfig policy()
    {
        return policyConfig;
    }

    /**
     * Stop in good order: requests in hand are finished, the journal is sealed, then everything is let go.
     */
    @Override
    public void close()
    {
        isClosing = true;
        while (!closeables.isEmpty())
        {
            CloseHelper.close(errorHandler, closeables.pop());
        }
    }

    private void start() throws ConfigException, TokenException, TransportException
    {
        // Before any other part of this process looks at the environment, and before it has children.
        for (final TokenConfig token : config.tokens())
        {
            token.pin().claim();
        }
        IpcDirectory.restrictNewFiles(null);
        IpcDirectory.refuseShared(config.journalDirectory(), config.ingresses());
        final SessionLimits limits = new SessionLimits(
            config.maxSessions(), config.maxSessionsPerPrincipal(), config.maxInFlight(), config.idleTimeoutMs(),
            SessionLimits.MAX_IN_HAND);
        PolicySource.requireRecordable(config, policyConfig);
        final StartJournal journal = closing(StartJournal.lock(config));
        final AccessTokens accessTokens = null == config.accessTokens() ?
            null : closing(AccessTokens.open(config.accessTokens(), errorHandler));
        final TokenConnections tokens = closing(TokenConnections.open(config));
        final StartKeys keys = closing(StartKeys.open(config, tokens));
        useKeys(keys);
        final Policy policy = PolicyCompiler.compile(policyConfig);
        final PolicySource policySource = new PolicySource(config, policyConfig, policy);
        journal.recover(policy);
        final List<PolicyDifference> changes = journal.policyBefore().changeTo(policyConfig);
        keys.refuseWider(policyConfig, changes);
        final IngressDrivers drivers = closing(IngressDrivers.launch(
            config.ingresses(), limits.maxPublications(), gonePublications, this::onClientClosed, errorHandler));
        journal.open(errorHandler);
        final GatewayCounters counters = new GatewayCounters(
            drivers::newCounter, tokens.names(), GatewayContext.CYCLE_THRESHOLD_NS);

        final KeyProxy keyProxy = new KeyProxy(config.keys().size());
        final List<TokenAgent> tokenAgents = keepConnected(tokens, counters);
        keepControl(drivers, policySource, journal.histories(), accessTokens, limits, counters);
        journal.space().counter(counters.journalRoomBytes());
        runner(journal.space(), counters);
        keepSynced(journal, counters);
        final GatewayContext context = journal.addTo(tokens.addTo(new GatewayContext()));
        if (keys.isRegistered())
        {
            context.register(keyProxy);
            keepRegister(keys, keyProxy, tokenAgents, counters);
        }
        keepSealed(context, tokenAgents, journal, counters);
        final GatewayAgent agent = new GatewayAgent(context
            .clock(clock)
            .ingress(new FairIngress(drivers.ingresses()))
            .policy(policy)
            .policyText(policySource.text().differing(changes))
            .keys(config.keys())
            .keySlots(keys.slots())
            .counters(counters)
            .controlProxy(controlProxy)
            .accessTokenProxy(accessTokenProxy)
            .commands(commands)
            .sessionLimits(limits)
            .conclude());
        AgentRunner.startOnThread(closing(new AgentRunner(
            config.idle().strategy(), errorHandler, counters.errors(), agent)));
        awaitReady(counters);
    }

    private void keepControl(
        final IngressDrivers drivers,
        final PolicySource policySource,
        final RequestHistories histories,
        final AccessTokens accessTokens,
        final SessionLimits limits,
        final GatewayCounters counters)
    {
        runner(new ControlAgent(new ControlContext()
            .proxy(controlProxy)
            .egressFactory(new AeronEgressFactory(drivers.ingresses(), IngressDrivers.EGRESS_STREAM_ID))
            .gonePublications(gonePublications)
            .commands(commands)
            .derivations(derivations)
            .histories(histories)
            .policySource(policySource)
            .accessTokens(accessTokens)
            .accessTokenProxy(accessTokenProxy)
            .gatewayClock(clock)
            .maxPublications(limits.maxPublications())
            .errorHandler(errorHandler)
            .conclude()), counters);
    }

    /** Requests that wait for the storage device are to wait for little else: no sleep of a millisecond. */
    private void keepSynced(final StartJournal journal, final GatewayCounters counters)
    {
        if (null != journal.sync())
        {
            AgentRunner.startOnThread(closing(new AgentRunner(
                new BackoffIdleStrategy(100, 10, 1_000, 100_000), errorHandler, counters.errors(), journal.sync())));
        }
    }

    /** Each token on a thread of its own: one that hangs holds up no other. */
    private List<TokenAgent> keepConnected(final TokenConnections tokens, final GatewayCounters counters)
    {
        final List<TokenAgent> agents = new ArrayList<>();
        for (int i = 0; i < tokens.names().size(); i++)
        {
            final String name = tokens.names().get(i);
            agents.add(new TokenAgent(
                i,
                name,
                tokens.connector(i),
                tokens.connection(i),
                name.equals(config.masterKeyToken()) ? derivations : null,
                commands,
                SystemNanoClock.INSTANCE,
                errorHandler));
            runner(agents.getLast(), counters);
        }
        return agents;
    }

    /** The versions that the register has stand for the keys from here on; policy is read anew with them. */
    private void useKeys(final StartKeys keys) throws ConfigException
    {
        if (keys.isRegistered())
        {
            config = config.withKeys(keys.configs());
            policyConfig = PolicyReader.of(policyConfig.file(), policyConfig.text(), config);
        }
    }

    private void keepRegister(
        final StartKeys keys,
        final KeyProxy keyProxy,
        final List<TokenAgent> tokenAgents,
        final GatewayCounters counters)
    {
        runner(new KeyAgent(new KeyAgent.Context(config.register(), keys.register(), keys.history())
            .gateway(keyProxy, commands)
            .tokens(tokenAgents, config.tokens().indexOf(config.masterToken()))
            .keys(keys.plan(), keys.lanes())
            .notices((notice) -> errorHandler.onError(new Notice(notice)))), counters);
    }

    private void keepSealed(
        final GatewayContext context,
        final List<TokenAgent> tokenAgents,
        final StartJournal journal,
        final GatewayCounters counters)
    {
        if (null == config.audit())
        {
            return;
        }
        final SealProxy proxy = new SealProxy();
        context.sealProxy(proxy);
        runner(new SealAgent(new SealContext()
            .audit(config.audit())
            .journal(config.journalDirectory(), journal.lastSequence(), counters.journalSequence()::get)
            .signer(new TokenSealSigner(tokenAgents.get(
                config.tokens().stream().map(TokenConfig::name).toList().indexOf(config.audit().token()))))
            .gateway(proxy, commands)
            .counters(counters.seals())
            .clock(clock)
            .notices((notice) -> errorHandler.onError(new Notice(notice)))
            .conclude()), counters);
    }

    /** One lost ingress ends the gateway: bots find out at once, and its next life has all ingresses again. */
    private void onClientClosed()
    {
        if (!isClosing && isLost.compareAndSet(false, true))
        {
            lossHandler.run();
        }
    }

    /** The first records of this life are the gateway thread's work. */
    private void awaitReady(final GatewayCounters counters)
    {
        final long deadlineNs = System.nanoTime() + READY_TIMEOUT_NS;
        while (0 == counters.ready().get())
        {
            if (System.nanoTime() - deadlineNs >= 0)
            {
                throw new JournalException("journal " + config.journalDirectory() +
                    " did not take the first records of this start; look for the error before this line");
            }
            Thread.yield();
        }
    }

    private void runner(final Agent agent, final GatewayCounters counters)
    {
        AgentRunner.startOnThread(closing(new AgentRunner(
            new SleepingMillisIdleStrategy(1), errorHandler, counters.errors(), agent)));
    }

    private <T extends AutoCloseable> T closing(final T closeable)
    {
        closeables.push(closeable);
        return closeable;
    }
}
