package io.countersign.gateway.counters;

import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CountersTest
{
    private final Map<Integer, AtomicCounter> counterByTypeId = new HashMap<>();
    private final Set<String> labels = new HashSet<>();
    private final CountersManager local = new CountersManager(
        new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 256)), new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 256)));
    private final GatewayCounters counters = new GatewayCounters(this::newCounter, List.of("one"), 10_000_000);

    @Test
    void shouldHaveTypeIdsOfTheirOwn()
    {
        for (final int typeId : counterByTypeId.keySet())
        {
            assertTrue(
                GatewayCounters.FIRST_TYPE_ID <= typeId && typeId <= GatewayCounters.LAST_TYPE_ID, "type " + typeId);
        }
        assertEquals(counterByTypeId.size(), labels.size(), "labels that stand twice");
    }

    @Test
    void shouldCountEveryReason()
    {
        int reasons = 0;
        for (final Reason reason : Reason.values())
        {
            if (Reason.NONE != reason && Reason.NULL_VAL != reason && Reason.SBE_UNKNOWN != reason)
            {
                counters.refused(reason.value());
                final AtomicCounter counter = counterByTypeId.get(20_100 + reason.value());
                assertEquals(1, counter.get(), reason.name());
                assertEquals("refused: " + reason, local.getCounterLabel(counter.id()));
                reasons++;
            }
        }
        assertEquals(
            reasons, labels.stream().filter((label) -> label.startsWith("refused: ")).count());
    }

    private AtomicCounter newCounter(final int typeId, final String label)
    {
        final AtomicCounter counter = local.newCounter(label, typeId);
        assertEquals(null, counterByTypeId.put(typeId, counter), () -> "type " + typeId + " stands twice");
        labels.add(label);
        return counter;
    }
}
