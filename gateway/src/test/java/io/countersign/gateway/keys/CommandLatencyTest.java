package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.client.RequestExpiredException;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.journal.KeyState;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.OperatorRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * From the moment a command is found authentic to the record from which on it is in force, while a bot sends orders as
 * fast as they are answered. For a machine that does nothing else.
 */
@Tag("soak")
@Timeout(240)
class CommandLatencyTest
{
    private static final int ROUNDS = 30;
    private static final int CODES = 3;
    private static final long MAX_P50_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_KEY_P50_NS = 20 * MAX_P50_NS;

    /** Of a machine that others use, too. */
    private static final long MAX_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<TestOperator> keepers = operators("manager", OperatorRole.KEY_MANAGER, 3 * ROUNDS / CODES);
    private final List<TestOperator> officers = operators("officer", OperatorRole.SECURITY_OFFICER, ROUNDS / CODES);
    private int nextKeeper;
    private int nextOfficer;
    private volatile boolean isDone;

    @Test
    void shouldStopWithinMilliseconds() throws Exception
    {
        final List<TestOperator> all = new ArrayList<>(keepers);
        all.addAll(officers);
        try (RegisterFixture fixture = new RegisterFixture(all, (token) ->
        {
            final List<KeyEntry> keys = new ArrayList<>(List.of(RegisterFixture.active(token, "main", 1)));
            for (int version = 2; version <= ROUNDS + 1; version++)
            {
                keys.add(RegisterFixture.preActive(token, "main", version));
            }
            return keys;
        }).launch())
        {
            final Thread bot = Thread.ofPlatform().start(() -> orderAllTheTime(fixture));
            try
            {
                for (int i = 1; i <= ROUNDS; i++)
                {
                    fixture.give(officer(), CommandText.of("switch on").with("subject", "key")
                        .with("name", "ed25519"));
                    fixture.give(keeper(), main("keys suspend", i));
                    fixture.give(keeper(), main("keys revoke", i));
                    fixture.give(keeper(), main("keys activate", i + 1));
                }
            }
            finally
            {
                isDone = true;
                bot.join();
            }
            fixture.stop();
            final KeyJournal journal = KeyJournal.read(fixture.gateway().journal());
            // The goal is 1 ms for all; changes of keys miss it on two cores that bot and gateway keep busy.
            assertLatency(journal, "switch on", journal.switched, MAX_P50_NS);
            assertLatency(journal, "keys suspend",
                times(journal, (state) -> KeyState.SUSPENDED == state), MAX_KEY_P50_NS);
            assertLatency(journal, "keys revoke", times(journal, (state) -> KeyState.REVOKED == state), MAX_KEY_P50_NS);
        }
    }

    private static List<Long> times(final KeyJournal journal, final Predicate<KeyState> isMeant)
    {
        return journal.changes.stream().filter((change) -> isMeant.test(change.state()))
            .map(KeyJournal.Change::monotonicNs).toList();
    }

    private static void assertLatency(
        final KeyJournal journal, final String command, final List<Long> effectiveNs, final long maxP50Ns)
    {
        final Iterator<Long> effective = effectiveNs.iterator();
        final List<Long> latencies = new ArrayList<>();
        for (final KeyJournal.Command given : journal.commands)
        {
            if (Reason.NONE == given.reason() && given.text().startsWith("command " + command + "\n"))
            {
                latencies.add(effective.next() - given.acceptedNs());
            }
        }
        latencies.sort(null);
        assertEquals(ROUNDS, latencies.size());
        final long p50 = latencies.get(ROUNDS / 2);
        System.out.printf("%s, from accepted to in force: p50 %d us, p90 %d us, max %d us%n", command, p50 / 1_000,
            latencies.get(ROUNDS * 9 / 10) / 1_000, latencies.getLast() / 1_000);
        assertTrue(0 <= latencies.getFirst());
        assertTrue(p50 < maxP50Ns, command + ": " + latencies);
        assertTrue(latencies.getLast() < MAX_NS, command + ": " + latencies);
    }

    private void orderAllTheTime(final RegisterFixture fixture)
    {
        try (BlockingClient bot = fixture.bot())
        {
            while (!isDone)
            {
                try
                {
                    KeyRoadTest.order(bot, "main");
                }
                catch (final RejectedException | RequestExpiredException ex)
                {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private TestOperator keeper()
    {
        return keepers.get(nextKeeper++ / CODES);
    }

    private TestOperator officer()
    {
        return officers.get(nextOfficer++ / CODES);
    }

    private static CommandText main(final String command, final int version)
    {
        return CommandText.of(command).with("alias", "main").with("version", Integer.toString(version));
    }

    private static List<TestOperator> operators(final String name, final OperatorRole role, final int count)
    {
        final List<TestOperator> operators = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            operators.add(new TestOperator(name + i, role));
        }
        return operators;
    }
}
