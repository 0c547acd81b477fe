package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.journal.KeyState;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A key that is rotated while a bot signs with it all the time.
 */
@Timeout(120)
class RotationTest
{
    private final Queue<String> unsigned = new ConcurrentLinkedQueue<>();
    private final AtomicLong signed = new AtomicLong();
    private volatile boolean isDone;

    @Test
    void shouldFailNoRequestWhileVersionsComeAndGo() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(
            List.of(), (token) -> List.of(RegisterFixture.active(token, "main", 1))).launch())
        {
            final Thread bot = Thread.ofPlatform().start(() -> signAllTheTime(fixture));
            try
            {
                awaitMore();
                fixture.give(fixture.kim, key("keys generate"));
                awaitMore();
                assertEquals(List.of("key main version 1 is retiring", "key main version 2 is active"),
                    fixture.give(fixture.kim, version("keys activate", 2).with("api-key", "second")
                        .with("overlap", "PT1H")).lines());
                awaitMore();
                assertEquals(List.of("key main version 2 is retiring", "key main version 1 is active"),
                    fixture.give(fixture.kim, version("keys activate", 1)).lines());
                awaitMore();
                final long atMs = System.currentTimeMillis() + 1_000;
                fixture.give(fixture.kat, key("keys rotate").with("api-key", "third")
                    .with("at", Instant.ofEpochMilli(atMs).toString()));
                while (System.currentTimeMillis() < atMs + 500)
                {
                    awaitMore();
                }
                fixture.give(fixture.ben, version("keys revoke", 1));
                awaitMore();
                fixture.approved(version("keys destroy", 1));
                awaitMore();
            }
            finally
            {
                isDone = true;
                bot.join();
            }
            assertEquals(List.of(), List.copyOf(unsigned));
            fixture.stop();
            assertJournal(fixture);
            assertEquals(List.of(), List.copyOf(fixture.gateway().errors()));
            KeyJournal.assertReplayable(fixture.gateway().journal());
        }
    }

    private void assertJournal(final RegisterFixture fixture) throws Exception
    {
        final Register register = fixture.read();
        final KeyJournal journal = KeyJournal.read(fixture.gateway().journal());
        assertEquals(
            List.of("2 PRE_ACTIVE", "1 RETIRING", "2 ACTIVE", "2 RETIRING", "1 ACTIVE", "1 ACTIVE", "3 PRE_ACTIVE",
                "1 RETIRING", "3 ACTIVE", "1 REVOKED", "1 DESTROYED"),
            journal.changes.stream().map((change) -> change.version() + " " + change.state()).toList());

        final long[] count = new long[4];
        int active = 1;
        int next = 0;
        for (final KeyJournal.Signed each : journal.signed)
        {
            while (next < journal.changes.size() && journal.changes.get(next).sequence() < each.sequence())
            {
                active = KeyState.ACTIVE == journal.changes.get(next).state() ?
                    journal.changes.get(next).version() : active;
                next++;
            }
            assertEquals(active, each.version(), "the version is the one that is active by the journal");
            count[each.version()]++;
            assertTrue(isSignature(register.key("main", each.version()), each), "record " + each.sequence());
        }
        assertEquals(signed.get(), journal.signed.size());
        for (int version = 1; version <= 3; version++)
        {
            assertTrue(count[version] > 0);
            assertEquals(count[version], register.key("main", version).use().signatures(), "of version " + version);
        }
        System.out.println("rotation under load: " + signed.get() + " signed, none failed, by version " +
            count[1] + ", " + count[2] + ", " + count[3]);
    }

    private static boolean isSignature(final KeyEntry key, final KeyJournal.Signed signed) throws Exception
    {
        final Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(
            new X509EncodedKeySpec(key.spec().pinned())));
        verifier.update(signed.payload());
        return verifier.verify(signed.signature());
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
        assertEquals(List.of(), List.copyOf(unsigned));
    }

    private static CommandText key(final String command)
    {
        return CommandText.of(command).with("alias", "main");
    }

    private static CommandText version(final String command, final int version)
    {
        return key(command).with("version", Integer.toString(version));
    }
}
