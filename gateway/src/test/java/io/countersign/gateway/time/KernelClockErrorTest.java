package io.countersign.gateway.time;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KernelClockErrorTest
{
    private static final int TIME_OK = 0;
    private static final int TIME_ERROR = 5;
    private static final int STA_PLL = 1;
    private static final int STA_UNSYNC = 0x40;

    @Test
    void shouldGiveTheGreatestErrorInNanosecondsWhileTheClockIsKept()
    {
        assertEquals(2_500_000, KernelClockError.errorNs(TIME_OK, STA_PLL, 2_500));
        assertEquals(0, KernelClockError.errorNs(TIME_OK, STA_PLL, 0));
    }

    @Test
    void shouldSayUnknownWhenNothingKeepsTheClockOrTheCallFails()
    {
        assertEquals(ClockError.UNKNOWN, KernelClockError.errorNs(TIME_ERROR, STA_PLL, 2_500));
        assertEquals(ClockError.UNKNOWN, KernelClockError.errorNs(TIME_OK, STA_PLL | STA_UNSYNC, 2_500));
        assertEquals(ClockError.UNKNOWN, KernelClockError.errorNs(-1, 0, 0));
    }

    @Test
    void shouldAskThisSystem()
    {
        final ClockError clockError = KernelClockError.orNone();
        for (int i = 0; i < 3; i++)
        {
            final long errorNs = clockError.errorNs();
            // The kernel itself says unsynchronised from 16 s on.
            assertTrue(ClockError.UNKNOWN == errorNs || 0 <= errorNs && errorNs <= 17_000_000_000L, "" + errorNs);
        }
    }
}
