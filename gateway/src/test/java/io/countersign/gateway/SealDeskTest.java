package io.countersign.gateway;

import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.journal.ArrayJournal;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.journal.SealEntry;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SealDeskTest
{
    private static final long LAST_SEQUENCE = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final ArrayJournal journal = new ArrayJournal();
    private final Queue<GatewayCommand> commands = new ArrayDeque<>();
    private final SealProxy proxy = new SealProxy();
    private final GatewayCounters counters = counters();

    @Test
    void shouldRecordASealAsItIs()
    {
        final SealDesk desk = desk(proxy);
        final SealEntry seal = new SealEntry(
            LAST_SEQUENCE - 3, bytes(32, 7), 1_700_000_000_123_456_000L, 15_000, "kernel", bytes(64, 9), bytes(300, 5));
        desk.onSeal(seal);
        assertEquals(1, journal.size());
        assertEquals(LAST_SEQUENCE + 1, new JournalRecord(journal.record(0)).sequence);
        final SealEntry recorded = SealEntry.decode(journal.record(0), 0);
        assertEquals(seal.treeSize(), recorded.treeSize());
        assertArrayEquals(seal.root(), recorded.root());
        assertEquals(seal.sealedUtcNs(), recorded.sealedUtcNs());
        assertEquals(15_000, recorded.clockErrorNs());
        assertEquals("kernel", recorded.clockSource());
        assertArrayEquals(seal.frontier(), recorded.frontier());
        assertArrayEquals(seal.checkpoint(), recorded.checkpoint());
        assertEquals(1, counters.seals().seals().get());
    }

    @Test
    void shouldRecordThatTheClockErrorIsUnknown()
    {
        desk(proxy).onSeal(seal(LAST_SEQUENCE));
        assertEquals(-1, SealEntry.decode(journal.record(0), 0).clockErrorNs());
    }

    @Test
    void shouldDropASealThatComesTooLateAndOneThatDoesNotRise()
    {
        final SealDesk desk = desk(proxy);
        desk.onSeal(seal(LAST_SEQUENCE - SealEntry.MAX_LAG));
        desk.onSeal(seal(LAST_SEQUENCE + 1));
        assertEquals(0, journal.size());
        desk.onSeal(seal(LAST_SEQUENCE + 1 - SealEntry.MAX_LAG));
        assertEquals(1, journal.size());
        desk.onSeal(seal(LAST_SEQUENCE + 1 - SealEntry.MAX_LAG));
        assertEquals(1, journal.size());
        assertEquals(3, counters.seals().dropped().get());
        assertEquals(1, counters.seals().seals().get());
    }

    @Test
    void shouldEndALifeWithTheSealThatCoversItAndThenSync()
    {
        clock.onRead(() ->
        {
            if (LAST_SEQUENCE + 1 == proxy.stopSequence() && commands.isEmpty() && 1 == journal.size())
            {
                commands.add(new GatewayCommand.CountNoise(1));
                commands.add(new GatewayCommand.AppendSeal(seal(LAST_SEQUENCE)));
                commands.add(new GatewayCommand.AppendSeal(seal(LAST_SEQUENCE + 1)));
            }
        });
        desk(proxy).stop(1);
        assertEquals(3, journal.size());
        assertTrue(new JournalRecord(journal.record(0)).is(GatewayStoppedDecoder.TEMPLATE_ID));
        assertTrue(new JournalRecord(journal.record(2)).is(SealDecoder.TEMPLATE_ID));
        assertEquals(LAST_SEQUENCE + 1, SealEntry.decode(journal.record(2), 0).treeSize());
        assertEquals(1, journal.syncs());
    }

    @Test
    void shouldWaitForNoSealThatWillNotCome()
    {
        proxy.giveUp();
        desk(proxy).stop(1);
        assertEquals(1, journal.size());
        assertEquals(1, journal.syncs());
    }

    @Test
    void shouldWaitNoLongerThanTwoSeconds()
    {
        clock.stepNs(TimeUnit.MILLISECONDS.toNanos(10));
        final long startNs = clock.nowNs();
        desk(proxy).stop(1);
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - startNs);
        assertTrue(2_000 <= tookMs && tookMs <= 2_100, "waited " + tookMs + " ms");
        assertEquals(1, journal.size());
        assertEquals(1, journal.syncs());
    }

    @Test
    void shouldEndALifeAtOnceWhereNobodySeals()
    {
        desk(null).stop(1);
        assertEquals(1, journal.size());
        assertEquals(1, journal.syncs());
    }

    @Test
    void shouldNotWaitWhenTheJournalHasFailed()
    {
        journal.fail();
        desk(proxy).stop(1);
        assertEquals(0, proxy.stopSequence());
    }

    private SealDesk desk(final SealProxy sealProxy)
    {
        final JournalPublisher publisher = new JournalPublisher(
            journal, clock, counters.journalSequence(), counters.journalFailed(), List.of(), LAST_SEQUENCE);
        return new SealDesk(
            new GatewayContext().clock(clock).commands(commands).counters(counters).sealProxy(sealProxy),
            publisher,
            new LifePublisher(publisher));
    }

    private static SealEntry seal(final long treeSize)
    {
        return new SealEntry(treeSize, bytes(32, 1), 0, -1, "", bytes(32, 2), bytes(10, 3));
    }

    private static byte[] bytes(final int length, final int first)
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static GatewayCounters counters()
    {
        final CountersManager manager = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 256)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 256)));
        return new GatewayCounters((typeId, label) -> manager.newCounter(label, typeId), List.of("test"), 1);
    }
}
