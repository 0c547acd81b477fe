package io.countersign.gateway;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.wire.SessionClosedDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.control.AccessTokenProxy;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.PolicySource;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.Journal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.journal.StandingOrders;
import io.countersign.gateway.journal.StandingRecovery;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.replay.DecisionReplay;
import io.countersign.gateway.replay.LedgerRecovery;
import io.countersign.gateway.replay.PolicyBefore;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Source;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Gateway agents one after another over a real journal, with clock, token and bots of the test: each can end in order
 * or be killed between two records.
 */
final class JournalRig implements AutoCloseable
{
    static final String CONFIG = AgentRig.CONFIG.replace("      aeron-directory: aeron\n",
        "      aeron-directory: aeron\n" +
        "    - {name: \"ipc:other\", aeron-directory: other}\n" +
        "    - {name: \"udp:lan\", aeron-directory: lan, endpoint: \"127.0.0.1:40123\", egress-port: 40124}\n");

    private static final AtomicInteger COUNT = new AtomicInteger();

    final FakeClock clock = new FakeClock();
    FakeLane lane;
    private final Path directory = Path.of("target", "journal-rig-" + COUNT.incrementAndGet());
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, FakeEgress> egresses = new HashMap<>();
    private final FakeIngress ingress = new FakeIngress();
    private final Queue<GatewayCommand> commands = new ArrayDeque<>();
    private int nextPublication = 700;
    private int diesAfterInNextLife;
    private JournalLock lock;
    private Dying journal;
    private GatewayAgent agent;
    private Policy policy;
    private PolicySource policySource;
    private RequestHistories histories;
    private ControlProxy controlProxy;

    JournalRig()
    {
        IoUtil.delete(directory.toFile(), true);
    }

    /** What a policy decided on each request: reason and rule by request id. */
    record Verdict(int reason, String rule)
    {
    }

    static PolicyConfig config(final String text) throws ConfigException
    {
        final GatewayConfig gateway = ConfigReader.of(Path.of("target", "rig.yaml"), CONFIG);
        return PolicyReader.of(Path.of("target", "policy.yaml"), text, gateway);
    }

    Path journal()
    {
        return directory.resolve("journal");
    }

    JournalRig start(final String text) throws ConfigException, IOException
    {
        return start(text, CONFIG);
    }

    JournalRig start(final String text, final String configText) throws ConfigException, IOException
    {
        Files.createDirectories(journal());
        Files.writeString(directory.resolve("policy.yaml"), text);
        final GatewayConfig gateway = ConfigReader.of(directory.resolve("gateway.yaml"), configText);
        final PolicyConfig config = PolicyReader.read(gateway);
        policy = PolicyCompiler.compile(config);
        policySource = new PolicySource(gateway, config, policy);
        lock = JournalLock.acquire(journal());
        final JournalRecovery recovery = JournalRecovery.run(lock);
        final StandingOrders standing = StandingRecovery.run(lock);
        final Ledger ledger = new Ledger(policy);
        final LedgerRecovery ledgerRecovery = new LedgerRecovery(policy, ledger);
        final PolicyBefore before = new PolicyBefore();
        RecentRecords.read(journal(), Long.MAX_VALUE, (buffer, offset, length, templateId, sequence) ->
        {
            ledgerRecovery.onRecord(buffer, offset, length, templateId, sequence);
            before.onRecord(buffer, offset, length, templateId, sequence);
        });
        journal = new Dying(new ChronicleJournal(new ChronicleJournal.Context()
            .directory(journal()).lock(lock).errorHandler((ex) ->
            {
                throw new AssertionError(ex);
            })));
        journal.diesAfter = diesAfterInNextLife;
        diesAfterInNextLife = 0;
        histories = new RequestHistories();
        controlProxy = new ControlProxy(1);
        lane = new FakeLane(1, true);
        final CountersManager counters = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 256)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 256)));
        agent = new GatewayAgent(new GatewayContext()
            .clock(clock)
            .ingress(ingress)
            .token("test", lane)
            .journal(journal)
            .recovery(recovery)
            .policy(policy)
            .ledger(ledger)
            .policyText(policySource.text().differing(before.changeTo(config)))
            .standing(standing)
            .keys(config.keys())
            .counters(new GatewayCounters(
                (typeId, label) -> counters.newCounter(label, typeId),
                List.of("test"),
                GatewayContext.CYCLE_THRESHOLD_NS))
            .controlProxy(controlProxy)
            .accessTokenProxy(new AccessTokenProxy())
            .commands(commands)
            .sessionLimits(new SessionLimits(16, 16, 16, AgentRig.IDLE_TIMEOUT_MS, 16))
            .conclude());
        agent.onStart();
        return this;
    }

    void open(final String principal, final Source source)
    {
        final byte[] name = principal.getBytes(StandardCharsets.UTF_8);
        final FakeEgress egress = new FakeEgress((reply) ->
        {
        });
        final Session session = new Session(
            new Applicant(nextPublication++, 9, name, 1, source),
            egress,
            new FrameAuthenticator(WireFrames.TO_GATEWAY),
            new FrameAuthenticator(WireFrames.TO_BOT),
            histories.forSession(name));
        commands.add(new GatewayCommand.OpenSession(session));
        work();
        sessions.put(principal, session);
        egresses.put(principal, egress);
    }

    /** The id of a principal's session, which is opened when there is none or it was closed for being idle. */
    long id(final String principal)
    {
        if (!sessions.containsKey(principal) || isClosed(principal))
        {
            open(principal, Source.ipc("ipc:bots"));
        }
        return sessions.get(principal).sessionId();
    }

    Reply send(final String principal, final byte[] frame)
    {
        ingress.add(sessions.get(principal).publicationId(), frame);
        work();
        return egresses.get(principal).last();
    }

    /** Puts another policy in force as the control agent would. */
    Reply reload(final String operator, final String text) throws IOException
    {
        Files.writeString(directory.resolve("policy.yaml"), text);
        final Reply reply = send(operator, CommandFrames.reload(id(operator), false));
        final ReceivedHandshakes received = new ReceivedHandshakes();
        controlProxy.poll(received);
        if (received.reloads.isEmpty())
        {
            return reply;
        }
        commands.add(new GatewayCommand.PolicyRead(policySource.read(received.reloads.getFirst(), null)));
        work();
        return egresses.get(operator).last();
    }

    /** The records of these kinds in order, decoded by the test. */
    <T> List<T> records(final Set<Integer> templateIds, final Function<DirectBuffer, T> decoding) throws IOException
    {
        final List<T> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (templateIds.contains(reader.templateId()))
                {
                    records.add(decoding.apply(new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length())));
                }
            }
        }
        return records;
    }

    void stop()
    {
        agent.onClose();
        end();
    }

    /** Nothing more is written: as if the process were killed. */
    void kill()
    {
        journal.close();
        end();
    }

    /** The process dies right after the next record of a rule being stopped. */
    void dieWhenARuleIsStopped()
    {
        journal.diesAfter = ExecutionChangedDecoder.TEMPLATE_ID;
    }

    /** The next start dies, or the running process does, right after a record of this kind. */
    void dieAfter(final int templateId)
    {
        if (null == agent)
        {
            diesAfterInNextLife = templateId;
        }
        else
        {
            journal.diesAfter = templateId;
        }
    }

    /** What the journal says was decided. */
    Map<Long, Verdict> recorded() throws IOException
    {
        final Map<Long, Verdict> verdicts = new LinkedHashMap<>();
        try (JournalReader reader = new JournalReader(journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                final JournalRecord record = new JournalRecord(
                    new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length()));
                if (record.is(IntentDecoder.TEMPLATE_ID) || record.is(DenialDecoder.TEMPLATE_ID))
                {
                    verdicts.put(record.requestId, new Verdict(record.reason.value(), record.rule));
                }
            }
        }
        return verdicts;
    }

    /** What a candidate would have decided. */
    Map<Long, Verdict> backtest(final String text) throws ConfigException, IOException
    {
        final Map<Long, Verdict> verdicts = new LinkedHashMap<>();
        final PolicyConfig config = config(text);
        final Policy compiled = PolicyCompiler.compile(config);
        final DecisionReplay replay = new DecisionReplay(true);
        replay.use(compiled, new Ledger(compiled), config.keys());
        try (JournalReader reader = new JournalReader(journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (replay.onRecord(reader.buffer(), reader.offset()))
                {
                    verdicts.put(replay.order().requestId(), new Verdict(replay.reason(), replay.rule()));
                }
            }
        }
        return verdicts;
    }

    void work()
    {
        int idle = 0;
        while (idle < 2)
        {
            idle = 0 == agent.doWork() ? idle + 1 : 0;
        }
    }

    @Override
    public void close()
    {
        if (null != agent)
        {
            kill();
        }
    }

    private boolean isClosed(final String principal)
    {
        return egresses.get(principal).replies().stream().anyMatch(
            (reply) -> SessionClosedDecoder.TEMPLATE_ID == reply.templateId());
    }

    private void end()
    {
        agent = null;
        sessions.clear();
        egresses.clear();
        commands.clear();
        lock.close();
    }

    /** A journal that takes nothing more after a record of one kind. */
    private static final class Dying implements Journal
    {
        private final ChronicleJournal journal;
        private int diesAfter;
        private boolean isDead;

        private Dying(final ChronicleJournal journal)
        {
            this.journal = journal;
        }

        @Override
        public boolean append(final DirectBuffer record, final int offset, final int length)
        {
            final boolean isAppended = !isDead && journal.append(record, offset, length);
            isDead |= 0 != diesAfter &&
                diesAfter == new JournalRecord(new UnsafeBuffer(record, offset, length)).templateId;
            return isAppended;
        }

        @Override
        public boolean isFailed()
        {
            return isDead || journal.isFailed();
        }

        @Override
        public void sync()
        {
            journal.sync();
        }

        @Override
        public void close()
        {
            journal.close();
        }
    }
}
