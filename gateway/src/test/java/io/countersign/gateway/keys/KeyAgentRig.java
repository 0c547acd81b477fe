package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.KeyUpdate;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.control.TokenAgent;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterMark;
import io.countersign.gateway.session.Handshake;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Source;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/**
 * The key agent and the agent of a real token, worked by hand and at a time of its own; what the gateway thread would
 * do is done here.
 */
final class KeyAgentRig implements AutoCloseable
{
    static final long SESSION_ID = 77;

    final List<String> notices = new ArrayList<>();
    final List<KeyUpdate> updates = new ArrayList<>();
    final List<RegisterMark> saved = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final KeyProxy proxy;
    final RegisterFixture fixture;
    long utcMs = System.currentTimeMillis();
    long nowNs;
    boolean isLaneLost;

    private final Queue<GatewayCommand> commands = new ManyToOneConcurrentArrayQueue<>(1024);
    private final List<CommandResult.End> ends = new ArrayList<>();
    private final TokenAgent token;
    private final KeyAgent agent;
    private long nextRequestId = 100;

    KeyAgentRig(final RegisterFixture fixture, final RegisterHistory history) throws Exception
    {
        this.fixture = fixture;
        final GatewayConfig config = ConfigReader.read(fixture.gateway().config());
        final List<KeySpec> fixed =
            config.keysIn(config.tokens().getFirst()).stream().map(KeyConfig::spec).toList();
        final TokenConnector connector = new TokenConnector(fixture.gateway().token().context().keys(fixed)
            .masterKey(config.masterKey()).registerKey(config.register().key()));
        final TokenConnection connection = connector.connect();
        final OpenRegister open = OpenRegister.open(config.register(), connection, history);
        final List<KeySpec> onLane = new ArrayList<>(fixed);
        for (final KeyConfig key : config.keys())
        {
            final KeyEntry active = key.isRegistered() ? open.register().activeOf(key.spec().alias()) : null;
            if (null != active)
            {
                onLane.add(active.spec());
            }
        }
        token = new TokenAgent(0, "main", connector, connector.connect(onLane), null, commands, () -> nowNs,
            errors::add);
        connection.close();
        proxy = new KeyProxy(config.keys().size());
        final KeyLanes lanes = new KeyLanes(List.of(onLane));
        agent = new KeyAgent(new KeyAgent.Context(config.register(), open, history)
            .gateway(proxy, commands)
            .tokens(List.of(token), 0)
            .keys(new SlotPlan(config.keys(), List.of(config.tokens().getFirst().name()), lanes), lanes)
            .notices(notices::add)
            .clocks(() -> utcMs, () -> nowNs));
        work();
    }

    KeyAgentRig(final RegisterFixture fixture) throws Exception
    {
        this(fixture, new RegisterHistory());
    }

    /** Everything until nothing is left to be done at this time. */
    void work()
    {
        for (int i = 0; i < 20; i++)
        {
            agentWork();
            tokenWork();
            gatewayWork();
        }
    }

    void agentWork()
    {
        nowNs += 1_000_000;
        agent.doWork();
    }

    void tokenWork()
    {
        token.doWork();
    }

    void gatewayWork()
    {
        for (GatewayCommand each = commands.poll(); null != each; each = commands.poll())
        {
            switch (each)
            {
                case final GatewayCommand.UseLane use -> use.taken().set(true);
                case final CommandResult.End end -> ends.add(end);
                case CommandResult.UpdateKeys(final KeyUpdate update) ->
                {
                    updates.add(update);
                    proxy.tell(new KeyNews.Updated(update, true, update.slots().stream()
                        .mapToLong((slot) -> proxy.signatures(slot.keyIndex())).toArray()));
                    if (null != update.call())
                    {
                        ends.add(new CommandResult.End(update.call(), Reason.NONE.value(), update.lines()));
                    }
                }
                case final GatewayCommand.LoseLane lose ->
                {
                    isLaneLost = true;
                    lose.connection().retireLane();
                }
                case CommandResult.Saved(final RegisterMark mark) -> saved.add(mark);
                default -> errors.add(new AssertionError(each));
            }
        }
    }

    /** Time passes, on the monotonic clock enough for the schedule to look. */
    void pass(final long ms)
    {
        utcMs += ms;
        nowNs += Math.max(250, ms) * 1_000_000;
        work();
    }

    OperatorCall send(final TestOperator operator, final CommandText text)
    {
        return send(operator, text, 60_000);
    }

    /** Half a minute later than the command before, so that there is a code. */
    OperatorCall send(final TestOperator operator, final CommandText text, final long goodForMs)
    {
        utcMs += TimeBasedCode.STEP_MS;
        return send(operator, text, operator.code(TimeBasedCode.step(utcMs)), goodForMs);
    }

    OperatorCall sendWithCode(final TestOperator operator, final CommandText text, final int code)
    {
        return send(operator, text, code, 60_000);
    }

    private OperatorCall send(
        final TestOperator operator, final CommandText text, final int code, final long goodForMs)
    {
        final OperatorCall call = call(operator, SESSION_ID, nextRequestId++, (utcMs + goodForMs) * 1_000_000);
        proxy.give(new KeyNews.Given(call, code,
            operator.sign(text.signedBytes(SESSION_ID, call.requestId(), call.deadlineNs())),
            text.toString().getBytes(StandardCharsets.UTF_8)));
        return call;
    }

    OperatorCall call(
        final TestOperator operator, final long sessionId, final long requestId, final long deadlineNs)
    {
        final byte[] name = operator.name().getBytes(StandardCharsets.UTF_8);
        final Session session = new Session(
            new Handshake.Applicant(1, 9, name, 1, Source.ipc("ipc:rig")), null, null, null, null);
        session.open(sessionId, nowNs);
        return new OperatorCall(session, SignedCommandDecoder.TEMPLATE_ID, requestId, deadlineNs, nowNs);
    }

    void forgetEnds()
    {
        ends.clear();
    }

    CommandResult.End end(final OperatorCall call)
    {
        for (final CommandResult.End end : ends)
        {
            if (end.call().requestId() == call.requestId())
            {
                return end;
            }
        }
        return null;
    }

    CommandResult.End give(final TestOperator operator, final CommandText text)
    {
        final OperatorCall call = send(operator, text);
        work();
        final CommandResult.End end = end(call);
        assertNotNull(end, () -> "no answer to " + text + notices + errors);
        return end;
    }

    List<String> done(final TestOperator operator, final CommandText text)
    {
        final CommandResult.End end = give(operator, text);
        assertEquals(Reason.NONE, Reason.get(end.reason()), () -> text + ": " + end.lines());
        return end.lines();
    }

    String failed(final TestOperator operator, final CommandText text)
    {
        final CommandResult.End end = give(operator, text);
        assertEquals(Reason.COMMAND_FAILED, Reason.get(end.reason()), () -> text + ": " + end.lines());
        return end.lines().getFirst();
    }

    /** What an operator is shown of the keys. */
    List<String> states()
    {
        return done(fixture.eve, CommandText.of("keys list")).stream().map((line) -> line.split(",")[0]).toList();
    }

    /** As the file has it. */
    Register file() throws Exception
    {
        return fixture.read();
    }

    @Override
    public void close()
    {
        final Thread tokenThread = Thread.ofPlatform().start(() ->
        {
            while (!Thread.currentThread().isInterrupted())
            {
                token.doWork();
                Thread.onSpinWait();
            }
        });
        try
        {
            agent.onClose();
        }
        finally
        {
            tokenThread.interrupt();
            join(tokenThread);
            token.onClose();
        }
    }

    private static void join(final Thread thread)
    {
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
