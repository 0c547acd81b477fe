package io.countersign.gateway;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.history.HistoryRecovery;
import io.countersign.gateway.history.RequestHistories;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * What an agent knew of its requests, the next life knows from the journal.
 */
class HistoryRecoveryTest
{
    private final Path directory = Path.of("target", "history-recovery").toAbsolutePath();
    private final FakeLane lane = new FakeLane(1, false);

    @BeforeEach
    void before()
    {
        IoUtil.delete(directory.toFile(), true);
    }

    @Test
    void shouldKnowNothingOfANewJournal()
    {
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            assertEquals(0, HistoryRecovery.run(lock.directory()).size());
        }
    }

    @Test
    void shouldKnowWhatBecameOfEachRequest() throws Exception
    {
        final AgentRig rig = new AgentRig(lane, 16);
        final Bot maker = rig.open("maker");
        final long signed = signed(rig, maker, 1);
        final long denied = maker.send(WireFrames.newOrder(maker.id(), 2, WireFrames.quantity(11, 0))).sequence();
        lane.failNext();
        maker.order(3);
        lane.complete(0);
        rig.work();
        final long failed = maker.egress.last().sequence();
        final Bot watcher = rig.open("watcher");
        final Reply foreign = watcher.order(1);
        write(rig, rig.size());

        try (JournalLock lock = JournalLock.acquire(directory))
        {
            final RequestHistories histories = HistoryRecovery.run(lock.directory());
            assertEquals(2, histories.size());
            final RequestHistory history = of(histories, "maker");
            assertIs(history, 1, Fate.SIGNED, Reason.NONE, signed);
            assertIs(history, 2, Fate.REFUSED, Reason.QUANTITY_ABOVE_LIMIT, denied);
            assertIs(history, 3, Fate.REFUSED, Reason.TOKEN_ERROR, failed);
            assertEquals(RequestHistory.ABSENT, history.find(4));
            assertEquals(0, history.replyLength(history.find(1)), "the journal has no replies");
            assertIs(of(histories, "watcher"), 1, Fate.REFUSED, foreign.reason(), foreign.sequence());
        }
    }

    @Test
    void shouldCallInterruptedWhatHasNoOutcome() throws Exception
    {
        final AgentRig rig = new AgentRig(lane, 16);
        final Bot maker = rig.open("maker");
        signed(rig, maker, 1);
        maker.order(2);
        final long intent = rig.record(-1).sequence;
        for (int id = 10; id < 10 + 16; id++)
        {
            maker.order(id);
        }
        write(rig, rig.size());
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            final RequestHistory history = of(HistoryRecovery.run(lock.directory()), "maker");
            assertIs(history, 2, Fate.INTERRUPTED, Reason.NONE, intent);
            assertEquals(Fate.INTERRUPTED, history.fate(history.find(10)));
            assertEquals(RequestHistory.ABSENT, history.find(25), "what found no place may come again");
        }
    }

    private long signed(final AgentRig rig, final Bot bot, final long requestId)
    {
        bot.order(requestId);
        lane.complete(0);
        rig.work();
        return bot.egress.last().sequence();
    }

    private void write(final AgentRig rig, final int count)
    {
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            final ChronicleJournal journal = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(lock.directory())
                .lock(lock)
                .errorHandler((error) ->
                {
                    throw new AssertionError(error);
                })
                .conclude());
            for (int i = 0; i < count; i++)
            {
                final DirectBuffer record = rig.records.record(i);
                journal.append(record, 0, record.capacity());
            }
            journal.close();
        }
    }

    private static RequestHistory of(final RequestHistories histories, final String principal)
    {
        return histories.forSession(principal.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertIs(
        final RequestHistory history,
        final long requestId,
        final Fate fate,
        final Reason reason,
        final long recordSequence)
    {
        final int place = history.find(requestId);
        assertEquals(fate, history.fate(place));
        assertEquals(reason.value(), history.reason(place));
        assertEquals(recordSequence, history.recordSequence(place));
    }
}
