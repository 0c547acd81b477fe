package io.countersign.gateway.replay;

import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.GatewayStoppedEncoder;
import io.countersign.gateway.WireFrames;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyFixture;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LedgerRecoveryTest
{
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long MIDNIGHT_NS = 20_000 * DAY_NS;

    private final Policy policy = PolicyFixture.policy("""
        principals:
          - name: maker
            api-key-versions: [1]
            max-messages: {per: 1h, count: 1, burst: 24}
            rules: [{name: r, keys: [key], operations: [cancel-order], symbols: [A]}]
        """);

    @Test
    void shouldTakeBucketsForEmptyWhereTheJournalGoesFurtherBack()
    {
        assertEquals(24, messages(1, MIDNIGHT_NS + DAY_NS / 2), "nothing came before");
        assertEquals(12, messages(7, MIDNIGHT_NS + DAY_NS / 2), "filled for half a day");
        assertEquals(24, messages(7, MIDNIGHT_NS + DAY_NS), "filled for a whole day");
    }

    /** How many messages go through at a time, with a journal that was read from a record of 10:00 on. */
    private int messages(final long firstSequence, final long utcNs)
    {
        final Ledger ledger = new Ledger(policy);
        final UnsafeBuffer record = new UnsafeBuffer(new byte[128]);
        new GatewayStoppedEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder())
            .sequence(firstSequence).utcNs(MIDNIGHT_NS + TimeUnit.HOURS.toNanos(10)).monotonicNs(1).firstSequence(1);
        new LedgerRecovery(policy, ledger).onRecord(record, 0, 40, GatewayStoppedEncoder.TEMPLATE_ID, firstSequence);
        final Order order = new Order();
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.cancelOrder(1, 1, 7, "key", "A")), 0, order);
        final Decision decision = new Decision();
        int count = -1;
        do
        {
            count++;
            policy.decide(0, 0, order, utcNs, 0, ledger, decision);
            policy.count(0, 0, order, utcNs, decision, ledger);
        }
        while (0 == decision.reason());
        return count;
    }
}
