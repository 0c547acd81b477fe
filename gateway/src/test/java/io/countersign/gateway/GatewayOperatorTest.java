package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.CountersignClient;
import io.countersign.client.GatewayUnavailableException;
import io.countersign.client.OperatorClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SessionRejectedException;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.*;

/** Operators and bots at a whole gateway with its token, journal and driver. */
@Timeout(120)
class GatewayOperatorTest
{
    private static final int RELOADS = 200;
    private static final String POLICY = """
        principals:
          - name: maker
            api-key-versions: [1, 2]
            rules:
              - name: trade
                keys: [hmac, ed25519]
                operations: [new-order, cancel-order, query-order]
                symbols: [LTCBTC]
                max-quantity: 10
        operators:
          - name: boss
            api-key-versions: [1]
            commands: [switch, reload, enable-execution]
        """;

    private GatewayFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture();
        fixture.write("policy.yaml", POLICY);
        fixture.launch();
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldStopABotsOrdersAtOnceAndKeepItSoOverARestart() throws Exception
    {
        try (BlockingClient bot = fixture.connect(); OperatorClient boss = boss())
        {
            bot.newOrder(GatewayFixture::documentedOrder);
            final CommandAnswer answer =
                boss.setSwitch(SwitchSubject.PRINCIPAL, SwitchReach.ALL_BUT_CANCELS, true, "maker", "runs wild");
            assertTrue(answer.recordSequence() > 0);
            assertEquals(Reason.SWITCHED_OFF, refusal(bot));
            bot.cancelOrder((cancel) -> cancel.orderId(7).key("hmac").symbol("LTCBTC"));
            assertEquals(List.of("switch on: principal maker, stops everything but cancels, by boss: runs wild"),
                boss.askSwitches().lines());
        }
        fixture.stop();
        fixture.launch();
        try (BlockingClient bot = fixture.connect(); OperatorClient boss = boss())
        {
            assertEquals(Reason.SWITCHED_OFF, refusal(bot));
            boss.setSwitch(SwitchSubject.PRINCIPAL, SwitchReach.ALL_BUT_CANCELS, false, "maker", "");
            bot.newOrder(GatewayFixture::documentedOrder);
        }
        fixture.stop();
        fixture.launch();
        try (BlockingClient bot = fixture.connect())
        {
            bot.newOrder(GatewayFixture::documentedOrder);
        }
        fixture.stop();
        final List<Long> sessions = new ArrayList<>();
        forEachRecord((reader) ->
        {
            if (SwitchChangedDecoder.TEMPLATE_ID == reader.templateId())
            {
                sessions.add(new SwitchChangedDecoder().wrapAndApplyHeader(
                    reader.buffer(), reader.offset(), new MessageHeaderDecoder()).sessionId());
            }
        });
        assertEquals(3, sessions.size());
        assertEquals(0, sessions.get(1), "taken over by the second life");
    }

    @Test
    void shouldTellAnOperatorPlainlyWhatIsWrong() throws Exception
    {
        try (OperatorClient boss = boss())
        {
            final CommandRefusedException unknown = assertThrows(CommandRefusedException.class,
                () -> boss.setSwitch(SwitchSubject.KEY, SwitchReach.CANCELS, true, "hmca", ""));
            assertEquals(List.of("there is no key 'hmca'", "known: ed25519, hmac"), unknown.lines());
            assertEquals(Reason.COMMAND_FAILED, unknown.reason());
            fixture.write("policy.yaml", POLICY.replace("max-quantity: 10", "max-quantity: ten")
                .replace("[LTCBTC]", "[]"));
            final CommandRefusedException broken = assertThrows(CommandRefusedException.class,
                () -> boss.reloadPolicy(false, ""));
            assertEquals(2, broken.lines().size(), broken.lines().toString());
            assertTrue(broken.lines().getFirst().contains("policy.yaml:8:"), broken.lines().toString());
        }
        try (BlockingClient bot = fixture.connect())
        {
            bot.newOrder(GatewayFixture::documentedOrder);
        }
        try (OperatorClient maker = OperatorClient.connect(fixture.clientContext()))
        {
            assertEquals(Reason.COMMAND_NOT_GRANTED, assertThrows(CommandRefusedException.class,
                () -> maker.setSwitch(SwitchSubject.ALL, SwitchReach.CANCELS, true, "", "")).reason());
        }
        assertThrows(SessionRejectedException.class, () -> OperatorClient.connect(
            fixture.clientContext().principal("nobody").apiKey(GatewayFixture.apiKey("nobody", 1).text())));
        assertThrows(IllegalArgumentException.class, () ->
        {
            try (OperatorClient boss = boss())
            {
                boss.reloadPolicy(true, "x".repeat(255));
            }
        });
        fixture.stop();
        assertThrows(GatewayUnavailableException.class, this::boss);
    }

    @Test
    void shouldReloadThePolicyOnlyWhenItIsNoTrial() throws Exception
    {
        try (BlockingClient bot = fixture.connect(); OperatorClient boss = boss())
        {
            assertEquals(List.of("the policy file holds the policy that is in force"),
                boss.reloadPolicy(false, "").lines());
            fixture.write("policy.yaml", POLICY.replace("max-quantity: 10", "max-quantity: 20")
                .replace("api-key-versions: [1, 2]", "api-key-versions: [2]"));
            final List<String> lines = boss.reloadPolicy(true, "").lines();
            assertEquals(List.of(
                "principal maker, rule trade: max-quantity was 10, is 20",
                "principal maker: api-key-version 1 removed"),
                lines.stream().skip(1).map((line) -> line.replace("drift: ", "")).toList());
            assertTrue(lines.get(1).startsWith("drift: "));
            bot.newOrder(GatewayFixture::documentedOrder);
            final CommandAnswer answer = boss.reloadPolicy(false, "wider");
            assertEquals(3, answer.lines().size());
            assertThrows(RuntimeException.class, () -> bot.newOrder(GatewayFixture::documentedOrder), "closed");
        }
        assertThrows(SessionRejectedException.class, fixture::connect);
        try (BlockingClient bot = BlockingClient.connect(
            fixture.clientContext().apiKey(GatewayFixture.apiKey("maker", 2).text())))
        {
            bot.newOrder((order) ->
            {
                GatewayFixture.documentedOrder(order);
                order.quantity(15, 0);
            });
        }
    }

    @Test
    void shouldLoseNoReplyAndMixNoPoliciesWhileItIsReloadedUnderLoad() throws Exception
    {
        final AtomicBoolean isDone = new AtomicBoolean();
        final String narrower = POLICY.replace("max-quantity: 10", "max-quantity: 5");
        final Callable<Integer> trading = () -> trade(isDone);
        try (ExecutorService bots = Executors.newFixedThreadPool(2); OperatorClient boss = boss())
        {
            final List<Future<Integer>> traded = List.of(bots.submit(trading), bots.submit(trading));
            try
            {
                for (int i = 0; i < RELOADS; i++)
                {
                    fixture.write("policy.yaml", 0 == (i & 1) ? narrower : POLICY);
                    boss.reloadPolicy(false, "reload " + i);
                }
            }
            finally
            {
                isDone.set(true);
            }
            for (final Future<Integer> each : traded)
            {
                assertTrue(each.get(20, TimeUnit.SECONDS) > 0);
            }
        }
        fixture.stop();
        final DecisionCheck check = new DecisionCheck(fixture.journal());
        forEachRecord(check::onRecord);
        assertEquals(RELOADS + 1, check.policies);
        assertEquals(RELOADS, check.differences);
        assertTrue(check.allowed > 0 && check.denied > 0, check.allowed + " allowed, " + check.denied + " denied");
    }

    private int trade(final AtomicBoolean isDone)
    {
        int count = 0;
        try (BlockingClient bot = BlockingClient.connect(
            fixture.clientContext().requestTimeoutNs(TimeUnit.SECONDS.toNanos(10))))
        {
            while (!isDone.get())
            {
                count++;
                final long quantity = 1 + count % 10;
                try
                {
                    bot.newOrder((order) ->
                    {
                        GatewayFixture.documentedOrder(order);
                        order.quantity(quantity, 0);
                    });
                }
                catch (final RejectedException ex)
                {
                    assertEquals(Reason.QUANTITY_ABOVE_LIMIT, ex.reason());
                    assertTrue(quantity > 5);
                }
            }
        }
        return count;
    }

    private static Reason refusal(final BlockingClient bot)
    {
        return assertThrows(RejectedException.class, () -> bot.newOrder(GatewayFixture::documentedOrder)).reason();
    }

    private OperatorClient boss()
    {
        return OperatorClient.connect(new CountersignClient.Context()
            .aeronDirectoryName(fixture.aeron().toString())
            .principal("boss")
            .apiKey(GatewayFixture.apiKey("boss", 1).text())
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20)));
    }

    private void forEachRecord(final RecordConsumer consumer) throws Exception
    {
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.RECORD == event)
            {
                consumer.onRecord(reader);
                event = reader.poll();
            }
            assertEquals(JournalReader.Event.END, event);
        }
    }

    /** Looks at a record. */
    private interface RecordConsumer
    {
        void onRecord(JournalReader reader) throws Exception;
    }

    /** Takes each decision again by what the journal alone tells. */
    private static final class DecisionCheck
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final IntentDecoder intent = new IntentDecoder();
        private final DenialDecoder denial = new DenialDecoder();
        private final Redecision redecision;
        private int policies;
        private int differences;
        private int allowed;
        private int denied;

        DecisionCheck(final Path journal)
        {
            redecision = new Redecision(journal);
        }

        void onRecord(final JournalReader reader) throws Exception
        {
            final boolean isDecision = redecision.onRecord(reader.buffer(), reader.offset());
            switch (reader.templateId())
            {
                case PolicyInForceDecoder.TEMPLATE_ID -> policies++;
                case PolicyDifferenceDecoder.TEMPLATE_ID -> differences++;
                case IntentDecoder.TEMPLATE_ID ->
                {
                    intent.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    allowed++;
                    check(reader, isDecision, intent.policyVersion());
                }
                case DenialDecoder.TEMPLATE_ID ->
                {
                    denial.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                    denied++;
                    check(reader, isDecision, denial.policyVersion());
                }
                default ->
                {
                    // No decision.
                }
            }
        }

        private void check(final JournalReader reader, final boolean isDecision, final long policyVersion)
        {
            assertTrue(isDecision, () -> "record " + reader.sequence());
            assertEquals(redecision.policy().version(), policyVersion, "record " + reader.sequence());
            assertTrue(redecision.replay().isSameDecision() && redecision.replay().isSameRule(),
                () -> "record " + reader.sequence());
        }
    }
}
