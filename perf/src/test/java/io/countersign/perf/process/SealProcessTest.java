package io.countersign.perf.process;

import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway that seals its journal, over lives: stopped, killed, stopped.
 */
@Timeout(120)
class SealProcessTest
{
    /** Five intervals: this process is young, and its machine may be doing other things. */
    private static final long WAITED_LIMIT_MS = 1000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "ECDSA-P256-SHA256"})
    void shouldSealWithinTheIntervalAndToTheEndAndGoOnWithOneTreeOverAKill(final String algorithm) throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(SealProcessTest.class))
        {
            final KeySpec audit = fixture.seal(SigningAlgorithm.ofConfigName(algorithm));
            final NoteKey key = NoteKey.of(ProcessFixture.ORIGIN, audit.algorithm(), audit.pinned());

            final GatewayJvm first = fixture.ready();
            trade(fixture, "first", 4);
            assertEquals(0, first.terminate().awaitExit(), first::describe);
            assertEquals(List.of(), first.err());
            final SealedJournal stopped = read(fixture, key).assertStopped();
            final List<Long> waitedNs = stopped.waitedNs();
            final String waited = algorithm + ": " + stopped.seals() + " seals; records waited, in us: p50 " +
                TimeUnit.NANOSECONDS.toMicros(waitedNs.get(waitedNs.size() / 2)) + ", p90 " +
                TimeUnit.NANOSECONDS.toMicros(waitedNs.get(waitedNs.size() * 9 / 10)) + ", max " +
                TimeUnit.NANOSECONDS.toMicros(waitedNs.getLast());
            System.out.println(waited);
            assertTrue(waitedNs.get(waitedNs.size() / 2) <=
                TimeUnit.MILLISECONDS.toNanos(TimeLimit.scaledMs(WAITED_LIMIT_MS)), waited);

            if (SigningAlgorithm.ED25519 != audit.algorithm())
            {
                return; // What follows is the same with every key.
            }
            final GatewayJvm second = fixture.ready();
            trade(fixture, "second", 2);
            second.kill().awaitExit();
            assertEquals(List.of(), second.err());
            read(fixture, key);

            final GatewayJvm third = fixture.ready();
            trade(fixture, "third", 2);
            assertEquals(0, third.terminate().awaitExit(), third::describe);
            assertEquals(List.of(), third.err());
            final SealedJournal ended = read(fixture, key).assertStopped();
            assertTrue(ended.seals() >= 9, "seals " + ended.seals());
            assertTrue(SealedJournal.notes(fixture.checkpoints()).size() >= ended.seals() - 1);
            fixture.audit().assertSound("the end").assertNoOpenIntent("the end");
        }
    }

    /** Until so many more checkpoints were exported under traffic. */
    private static void trade(final ProcessFixture fixture, final String name, final int checkpoints)
        throws IOException
    {
        final int before = SealedJournal.notes(fixture.checkpoints()).size();
        try (OrderBot bot = fixture.hmacBot(name).start().awaitConnected().awaitSigned(20))
        {
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (SealedJournal.notes(fixture.checkpoints()).size() < before + checkpoints)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "no " + checkpoints + " checkpoints within 30 s");
                Thread.onSpinWait();
            }
            assertTrue(bot.signedCount() >= 20);
        }
    }

    private static SealedJournal read(final ProcessFixture fixture, final NoteKey key) throws Exception
    {
        return SealedJournal.read(fixture.journal(), key)
            .assertSound().assertSound(SealedJournal.notes(fixture.checkpoints()));
    }
}
