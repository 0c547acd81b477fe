package io.countersign.gateway.sealing;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SealLeadTest
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SealLead lead = new SealLead(INTERVAL_NS);

    @Test
    void shouldBeginEarlyWhileNothingIsKnown()
    {
        assertEquals(TimeUnit.MILLISECONDS.toNanos(150), lead.ns());
    }

    @Test
    void shouldComeDownToTheLeastWhenSealsAreQuick()
    {
        for (int i = 0; i < 30; i++)
        {
            final long beforeNs = lead.ns();
            lead.onSealed(TimeUnit.MILLISECONDS.toNanos(1));
            assertTrue(lead.ns() <= beforeNs);
        }
        assertEquals(TimeUnit.MILLISECONDS.toNanos(20), lead.ns());
    }

    @Test
    void shouldFollowTheSlowestAtOnceAndForgetItSlowly()
    {
        for (int i = 0; i < 30; i++)
        {
            lead.onSealed(0);
        }
        lead.onSealed(TimeUnit.MILLISECONDS.toNanos(40));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(80), lead.ns());
        lead.onSealed(0);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(70), lead.ns());
    }

    @Test
    void shouldLeaveAQuarterOfTheIntervalHoweverSlowSealsAre()
    {
        lead.onSealed(TimeUnit.SECONDS.toNanos(5));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(150), lead.ns());
    }

    @Test
    void shouldNotBeginEarlyForLongBecauseTheTokenWasAwayOnce()
    {
        lead.onSealed(TimeUnit.MINUTES.toNanos(5));
        for (int i = 0; i < 8; i++)
        {
            lead.onSealed(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertTrue(lead.ns() < TimeUnit.MILLISECONDS.toNanos(150), "lead " + lead.ns());
    }

    @Test
    void shouldFitAShortInterval()
    {
        final SealLead shortLead = new SealLead(TimeUnit.MILLISECONDS.toNanos(8));
        for (int i = 0; i < 60; i++)
        {
            shortLead.onSealed(0);
        }
        assertEquals(TimeUnit.MILLISECONDS.toNanos(2), shortLead.ns());
    }
}
