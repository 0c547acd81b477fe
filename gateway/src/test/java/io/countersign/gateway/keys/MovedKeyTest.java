package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.codecs.CommandText;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.hsm.SoftHsmFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An alias whose next version is in another token.
 */
@Timeout(120)
class MovedKeyTest
{
    private final Queue<String> unsigned = new ConcurrentLinkedQueue<>();
    private final AtomicLong signed = new AtomicLong();
    private volatile boolean isDone;

    @Test
    void shouldMoveAKeyToAnotherTokenWithoutAFailedRequest() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(
            List.of(), (token) -> List.of(in("left", token)), SoftHsmFixture.create()).launch())
        {
            final Thread bot = Thread.ofPlatform().start(() -> signAllTheTime(fixture));
            try
            {
                awaitMore();
                fixture.give(fixture.kim,
                    CommandText.of("keys generate").with("alias", "main").with("token", "right"));
                fixture.give(fixture.kim, CommandText.of("keys activate").with("alias", "main").with("version", "2")
                    .with("api-key", "second"));
                awaitMore();
            }
            finally
            {
                isDone = true;
                bot.join();
            }
            assertEquals(List.of(), List.copyOf(unsigned));
            fixture.stop();
            assertEquals("right", fixture.read().key("main", 2).token());
            assertTrue(KeyJournal.read(fixture.gateway().journal()).signed.stream().anyMatch(
                (each) -> 2 == each.version()));
            fixture.launch();
            try (BlockingClient again = fixture.bot())
            {
                KeyRoadTest.order(again, "main");
            }
            assertEquals(List.of(), List.copyOf(fixture.gateway().errors()));
        }
    }

    private static KeyEntry in(final String name, final SoftHsmFixture token) throws Exception
    {
        final KeyEntry entry = RegisterFixture.preActive(token, "main", 1);
        return new KeyEntry(entry.spec(), name, entry.traits(), entry.state(), null, entry.venue(), entry.times(),
            entry.use()).become(KeyState.ACTIVE, System.currentTimeMillis());
    }

    private void signAllTheTime(final RegisterFixture fixture)
    {
        try (BlockingClient bot = fixture.bot())
        {
            while (!isDone)
            {
                KeyRoadTest.order(bot, "main");
                signed.incrementAndGet();
            }
        }
        catch (final RuntimeException | AssertionError ex)
        {
            unsigned.add(ex.toString());
        }
    }

    private void awaitMore()
    {
        final long count = signed.get() + 50;
        final long deadlineNs = System.nanoTime() + 20_000_000_000L;
        while (signed.get() < count && unsigned.isEmpty())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the bot does not sign on");
            Thread.yield();
        }
    }
}
