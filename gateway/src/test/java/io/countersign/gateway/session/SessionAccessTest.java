package io.countersign.gateway.session;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SessionAccessTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** The monotonic clock may be anywhere, and passes its end in the middle of these tests. */
    private static final long START_NS = Long.MAX_VALUE - SECOND_NS / 2;

    private final SessionAccess access = new SessionAccess();

    @Test
    void shouldTakeFourAccessTokensASecond()
    {
        for (int second = 0; second < 3; second++)
        {
            final long nowNs = START_NS + second * SECOND_NS;
            for (int i = 0; i < SessionAccess.TOKENS_PER_SECOND; i++)
            {
                assertTrue(access.mayPresent(nowNs + i), "second " + second + ", access token " + i);
            }
            assertFalse(access.mayPresent(nowNs + SessionAccess.TOKENS_PER_SECOND));
            assertFalse(access.mayPresent(nowNs + SECOND_NS - 1), "what is refused counts for nothing");
        }
    }

    @Test
    void shouldTakeOneAtATime()
    {
        assertTrue(access.mayPresent(START_NS));
        access.onPassedOn();
        assertFalse(access.mayPresent(START_NS + 10 * SECOND_NS));
        access.onDecided();
        assertTrue(access.mayPresent(START_NS + 10 * SECOND_NS));
    }

    @Test
    void shouldRecordOneRefusalASecond()
    {
        assertTrue(access.mayRecordRefusal(START_NS));
        assertFalse(access.mayRecordRefusal(START_NS));
        assertFalse(access.mayRecordRefusal(START_NS + SECOND_NS - 1));
        assertTrue(access.mayRecordRefusal(START_NS + SECOND_NS));
        assertFalse(access.mayRecordRefusal(START_NS + 2 * SECOND_NS - 1));
    }

    @Test
    void shouldLetScopesLapseToTheNanosecond()
    {
        assertEquals(0, access.scopesAt(0));
        access.grant(6, 1_000, "bot-7");
        assertEquals(6, access.scopesAt(999));
        assertEquals(0, access.scopesAt(1_000));
        access.grant(1, 2_000, "bot-7");
        assertEquals(1, access.scopesAt(1_000));
        assertEquals(0, access.scopesAt(Long.MAX_VALUE));
    }
}
