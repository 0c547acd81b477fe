package io.countersign.gateway;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.control.AccessTokenProxy;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.journal.ArrayJournal;
import io.countersign.gateway.journal.Journal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.journal.JournalSync;
import io.countersign.gateway.journal.Room;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyChange;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.policy.PolicyText;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Source;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway agent with fakes all around, driven step by step in the thread of the test.
 */
final class AgentRig implements Journal
{
    static final String CONFIG = """
        gateway:
          ingresses:
            - name: ipc:bots
              aeron-directory: aeron
          journal-directory: journal
        token:
          module: /nowhere/token.so
          label: test
          pin-file: pin
        authentication:
          master-key:
            alias: master
            id: "0f"
            check-value: 0f0e0d0c0b0a09080706050403020100
          access-tokens: {issuer: "https://idp.example", audience: countersign, jwks-file: jwks.json}
        keys:
          - alias: hmac
            version: 3
            id: "01"
            algorithm: HMAC-SHA256
            check-value: 000102030405060708090a0b0c0d0e0f
            venue: binance-spot
            api-key: first
          - alias: other
            id: "02"
            algorithm: HMAC-SHA256
            check-value: 000102030405060708090a0b0c0d0e0f
            venue: binance-spot
            api-key: second
        policy: policy.yaml
        """;

    static final String POLICY = """
        acknowledge: [login]
        principals:
          - name: maker
            api-key-versions: [1]
            rules:
              - name: trade
                keys: [hmac]
                operations: [new-order, cancel-order, query-order]
                symbols: [LTCBTC]
                max-quantity: 10.5
              - name: wide
                keys: [other]
                operations: [new-order]
                symbols: ["*"]
              - name: balances
                keys: [hmac]
                operations: [query-account]
              - name: whole
                keys: [hmac]
                operations: [cancel-all, query-orders, login]
                symbols: ["*"]
          - name: watcher
            api-key-versions: [1]
            rules:
              - name: watch
                keys: [other]
                operations: [query-account]
        operators:
          - name: boss
            api-key-versions: [1]
            commands: [switch, reload, enable-execution]
          - name: clerk
            api-key-versions: [1]
            commands: [enable-execution]
        """;

    static final int MAX_IN_FLIGHT = 12;
    static final int IDLE_TIMEOUT_MS = 3_600_000;

    private static final AtomicInteger COUNT = new AtomicInteger();

    final FakeClock clock = new FakeClock();
    final FakeIngress ingress = new FakeIngress();
    final ArrayJournal records = new ArrayJournal();
    final JournalSync sync = new JournalSync(this);
    final ControlProxy controlProxy = new ControlProxy(1);
    final AccessTokenProxy accessTokenProxy = new AccessTokenProxy();
    final Queue<GatewayCommand> commands = new ArrayDeque<>();
    final RequestHistories histories = new RequestHistories();
    final GatewayCounters counters;
    final GatewayAgent agent;
    /** What the agent did to the world, in order. */
    final List<String> effects = new ArrayList<>();
    private final Map<Integer, AtomicCounter> counterByTypeId = new HashMap<>();
    private final CountersManager localCounters = new CountersManager(
        new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 256)), new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 256)));
    private final GatewayConfig config;
    private PolicyConfig inForce;
    private Policy policy;
    private int nextAeronSessionId = 700;

    AgentRig(final FakeLane lane, final int maxInHand) throws ConfigException
    {
        this(lane, maxInHand, 256);
    }

    AgentRig(final FakeLane lane, final int maxInHand, final int maxSessions) throws ConfigException
    {
        this(lane, maxInHand, maxSessions, maxSessions);
    }

    AgentRig(final FakeLane lane, final int maxInHand, final int maxSessions, final int maxSessionsPerPrincipal)
        throws ConfigException
    {
        this(CONFIG, List.of(lane), maxInHand, maxSessions, maxSessionsPerPrincipal);
    }

    /** A lane for each token of the configuration. */
    AgentRig(
        final String configText,
        final List<FakeLane> lanes,
        final int maxInHand,
        final int maxSessions,
        final int maxSessionsPerPrincipal) throws ConfigException
    {
        this(configText, lanes, new SessionLimits(
            maxSessions, maxSessionsPerPrincipal, MAX_IN_FLIGHT, IDLE_TIMEOUT_MS, maxInHand), false);
    }

    private AgentRig(
        final String configText, final List<FakeLane> lanes, final SessionLimits limits, final boolean isOnDisk)
        throws ConfigException
    {
        config = ConfigReader.of(Path.of("target", "rig.yaml"), configText);
        final List<String> tokenNames = config.tokens().stream().map(TokenConfig::name).toList();
        inForce = PolicyReader.of(Path.of("target", "policy.yaml"), POLICY, config);
        policy = PolicyCompiler.compile(inForce);
        counters = new GatewayCounters(this::newCounter, tokenNames, GatewayContext.CYCLE_THRESHOLD_NS);
        final GatewayContext context = new GatewayContext();
        for (int i = 0; i < lanes.size(); i++)
        {
            context.token(tokenNames.get(i), lanes.get(i));
            lanes.get(i).onSubmit((submitted) -> effects.add("submit"));
        }
        agent = new GatewayAgent(context
            .clock(clock)
            .ingress(ingress)
            .journal(this)
            .recovery(newJournal())
            .policy(policy)
            .policyText(PolicyText.of("policy.yaml", new byte[32], POLICY, CONFIG))
            .keys(config.keys())
            .counters(counters)
            .controlProxy(controlProxy)
            .accessTokenProxy(accessTokenProxy)
            .commands(commands)
            .journalSync(isOnDisk ? sync : null)
            .sessionLimits(limits)
            .conclude());
        agent.onStart();
    }

    /** Replies wait until the test lets {@link #sync} do its work. */
    static AgentRig onDisk(final FakeLane lane, final int maxInFlight) throws ConfigException
    {
        return new AgentRig(
            CONFIG, List.of(lane), new SessionLimits(256, 256, maxInFlight, IDLE_TIMEOUT_MS, 256), true);
    }

    static AgentRig inline() throws ConfigException
    {
        return new AgentRig(new FakeLane(1, true), 256);
    }

    @Override
    public boolean append(final DirectBuffer record, final int offset, final int length)
    {
        final boolean isAppended = records.append(record, offset, length);
        final int templateId = new JournalRecord(new UnsafeBuffer(record, offset, length)).templateId;
        effects.add((isAppended ? "append " : "not appended ") + templateId);
        return isAppended;
    }

    @Override
    public boolean isFailed()
    {
        return records.isFailed();
    }

    @Override
    public Room room()
    {
        return records.room();
    }

    @Override
    public void sync()
    {
        effects.add("sync");
        records.sync();
    }

    @Override
    public void close()
    {
        records.close();
    }

    Bot open(final String principal)
    {
        final Bot bot = new Bot(this, principal, nextAeronSessionId++);
        commands.add(new GatewayCommand.OpenSession(bot.session));
        agent.doWork();
        return bot;
    }

    /** An operator has the policy reloaded, and it is another one. */
    List<PolicyDifference> putInForce(final Bot operator, final String text) throws ConfigException
    {
        operator.send(CommandFrames.reload(operator.id(), false));
        final PolicyReading.Other other = other(false, text);
        commands.add(new GatewayCommand.PolicyRead(other));
        work();
        return other.text().differences();
    }

    /** What the control agent makes of another policy. */
    PolicyReading.Other other(final boolean isTrial, final String text) throws ConfigException
    {
        final PolicyConfig next = PolicyReader.of(Path.of("target", "policy.yaml"), text, config);
        final Policy compiled = PolicyCompiler.compile(next);
        final PolicyText readText = PolicyText.of("policy.yaml", next.sha256(), next.text(), "")
            .differing(PolicyChange.between(inForce, next));
        final PolicyReading.Other other = PolicyReading.Other.of(isTrial, policy, readText, compiled);
        inForce = isTrial ? inForce : next;
        policy = isTrial ? policy : compiled;
        return other;
    }

    /** Until nothing is left to do. */
    void work()
    {
        int idle = 0;
        while (idle < 2)
        {
            idle = 0 == agent.doWork() ? idle + 1 : 0;
        }
    }

    int size()
    {
        return records.size();
    }

    JournalRecord record(final int index)
    {
        return new JournalRecord(records.record(index < 0 ? records.size() + index : index));
    }

    List<JournalRecord> all(final int templateId)
    {
        final List<JournalRecord> found = new ArrayList<>();
        for (int i = 0; i < records.size(); i++)
        {
            final JournalRecord record = record(i);
            if (record.is(templateId))
            {
                found.add(record);
            }
        }
        return found;
    }

    /** The outcome that a sequence names. */
    JournalRecord outcome(final long sequence)
    {
        final JournalRecord record = record((int) sequence - 1);
        if (!record.is(OutcomeDecoder.TEMPLATE_ID) || record.sequence != sequence)
        {
            throw new AssertionError("record " + sequence + " is no outcome");
        }
        return record;
    }

    long counter(final int typeId)
    {
        return counterByTypeId.get(typeId).get();
    }

    private AtomicCounter newCounter(final int typeId, final String label)
    {
        return counterByTypeId.merge(typeId, localCounters.newCounter(label, typeId), (before, latest) -> latest);
    }

    private static JournalRecovery newJournal()
    {
        final Path directory = Path.of("target", "rig-" + COUNT.incrementAndGet());
        IoUtil.delete(directory.toFile(), true);
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            return JournalRecovery.run(lock);
        }
    }

    /** A bot's end: its publication, its session, its replies. */
    static final class Bot
    {
        final FakeEgress egress;
        final Session session;
        private final AgentRig rig;

        Bot(final AgentRig rig, final String principal, final long publicationId)
        {
            this.rig = rig;
            final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
            egress = new FakeEgress((reply) -> rig.effects.add("reply " + reply.templateId()));
            session = new Session(
                new Applicant(publicationId, 9, name, 1, Source.ipc("ipc:rig")),
                egress,
                new FrameAuthenticator(WireFrames.TO_GATEWAY),
                new FrameAuthenticator(WireFrames.TO_BOT),
                rig.histories.forSession(name));
        }

        long id()
        {
            return session.sessionId();
        }

        String principal()
        {
            return new String(session.principalName(), StandardCharsets.UTF_8);
        }

        long publicationId()
        {
            return session.publicationId();
        }

        /** Sends a frame and lets the agent work until it is done with it; the last reply. */
        Reply send(final byte[] frame)
        {
            rig.ingress.add(publicationId(), frame);
            rig.work();
            return egress.last();
        }

        Reply order(final long requestId)
        {
            return send(WireFrames.newOrder(id(), requestId));
        }
    }
}
