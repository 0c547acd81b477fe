package io.countersign.gateway.history;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestHistoryTest
{
    private static final int KEPT = 1024;
    private static final int MAX_IN_HAND = 256;

    private final RequestHistory history = new RequestHistory().keepingReplies();

    @Test
    void shouldTellWhatBecameOfARequest()
    {
        assertEquals(RequestHistory.ABSENT, history.find(1));
        history.takenUp(1, 100);
        assertIs(1, Fate.IN_HAND, Reason.NONE, 100);
        history.signed(1, 101);
        assertIs(1, Fate.SIGNED, Reason.NONE, 101);
        history.refused(2, Reason.SYMBOL_NOT_GRANTED.value(), 102);
        assertIs(2, Fate.REFUSED, Reason.SYMBOL_NOT_GRANTED, 102);
        history.takenUp(3, 103);
        history.interrupted(3);
        assertIs(3, Fate.INTERRUPTED, Reason.NONE, 103);
        history.interrupted(1);
        assertIs(1, Fate.SIGNED, Reason.NONE, 101);
        history.interrupted(4);
        assertEquals(RequestHistory.ABSENT, history.find(4));
        history.takenUp(Long.MAX_VALUE, 104);
        history.interruptAll();
        assertIs(Long.MAX_VALUE, Fate.INTERRUPTED, Reason.NONE, 104);
        assertIs(2, Fate.REFUSED, Reason.SYMBOL_NOT_GRANTED, 102);
    }

    @Test
    void shouldKnowTheLatestAndAllThatIsInHandWhateverHappens()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Map<Long, Fate> fates = new HashMap<>();
        final ArrayDeque<Long> latest = new ArrayDeque<>();
        final List<Long> inHand = new ArrayList<>();
        for (long sequence = 1; sequence < 50_000; sequence++)
        {
            if (random.nextInt(100) < 60)
            {
                final long id = random.nextLong(1, Long.MAX_VALUE);
                final boolean isTakenUp = inHand.size() < MAX_IN_HAND && random.nextBoolean();
                if (isTakenUp)
                {
                    history.takenUp(id, sequence);
                    inHand.add(id);
                }
                else
                {
                    history.refused(id, Reason.UNKNOWN_KEY.value(), sequence);
                }
                fates.put(id, isTakenUp ? Fate.IN_HAND : Fate.REFUSED);
                latest.add(id);
                if (latest.size() > KEPT)
                {
                    latest.remove();
                }
            }
            else if (!inHand.isEmpty() && random.nextInt(100) < 80)
            {
                final long id = inHand.remove(random.nextInt(inHand.size()));
                history.signed(id, sequence);
                fates.put(id, Fate.SIGNED);
            }
            if (0 == sequence % 500)
            {
                latest.forEach((id) -> assertEquals(fates.get(id), fate(id), "seed " + seed));
                inHand.forEach((id) -> assertEquals(Fate.IN_HAND, fate(id), "seed " + seed));
            }
        }
        assertEquals(RequestHistory.ABSENT, history.find(0));
    }

    @Test
    void shouldKeepTheLatestRepliesByteForByte()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Map<Long, byte[]> replies = new HashMap<>();
        long lapped = 0;
        for (long id = 1; id < 5_000; id++)
        {
            final byte[] reply = new byte[1 + random.nextInt(0 == id % 50 ? RequestHistory.REPLIES_LENGTH : 1_200)];
            random.nextBytes(reply);
            history.takenUp(id, 2 * id);
            history.signed(id, 2 * id + 1);
            history.keepReply(id, new UnsafeBuffer(reply), reply.length);
            replies.put(id, reply);
            assertArrayEquals(reply, kept(id), "seed " + seed);
            for (int i = 0; i < 20; i++)
            {
                final long earlier = Math.max(1, id - random.nextInt(150));
                final byte[] kept = kept(earlier);
                lapped += 0 == kept.length ? 1 : 0;
                assertTrue(0 == kept.length || Arrays.equals(replies.get(earlier), kept), "seed " + seed);
            }
        }
        assertTrue(lapped > 0, "seed " + seed);
    }

    @Test
    void shouldForgetWhatWasRefusedForWantOfRoom()
    {
        assertTrue(RequestHistory.isForgotten(Reason.TOO_MANY_IN_FLIGHT.value()));
        assertTrue(RequestHistory.isForgotten(Reason.GATEWAY_STOPPING.value()));
        assertTrue(RequestHistory.isForgotten(Reason.JOURNAL_UNAVAILABLE.value()));
        for (final Reason reason : new Reason[]{Reason.DEADLINE_PASSED, Reason.TOKEN_UNAVAILABLE, Reason.UNKNOWN_KEY})
        {
            assertFalse(RequestHistory.isForgotten(reason.value()), reason.name());
        }
    }

    @Test
    void shouldGiveEverySessionOfAPrincipalTheSameHistory()
    {
        final RequestHistories histories = new RequestHistories();
        final RequestHistory first = histories.forSession(new byte[]{'a'});
        assertSame(first, histories.forSession(new byte[]{'a'}));
        assertEquals(1, histories.size());
        histories.forSession(new byte[]{'b'});
        assertEquals(2, histories.size());
    }

    private Fate fate(final long id)
    {
        final int place = history.find(id);
        return RequestHistory.ABSENT == place ? Fate.UNKNOWN : history.fate(place);
    }

    private byte[] kept(final long id)
    {
        final int place = history.find(id);
        final byte[] bytes = new byte[history.replyLength(place)];
        if (bytes.length > 0)
        {
            history.replies().getBytes(history.replyOffset(place), bytes);
        }
        return bytes;
    }

    private void assertIs(final long id, final Fate fate, final Reason reason, final long recordSequence)
    {
        final int place = history.find(id);
        assertEquals(fate, history.fate(place));
        assertEquals(reason.value(), history.reason(place));
        assertEquals(recordSequence, history.recordSequence(place));
        assertEquals(0, history.replyLength(place));
    }
}
