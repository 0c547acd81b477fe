package io.countersign.gateway;

import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.SealControl;
import io.countersign.gateway.control.SealProxy;
import io.countersign.gateway.counters.SealCounters;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.LifePublisher;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.journal.SealPublisher;
import io.countersign.gateway.time.GatewayClock;

import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Records seals between two requests, and the end of a life with the seal that covers it. For the gateway thread.
 */
final class SealDesk implements SealControl
{
    /** A token that is there signs in well under a second. */
    private static final long LAST_SEAL_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private final GatewayClock clock;
    private final SealProxy proxy;
    private final Queue<GatewayCommand> commands;
    private final SealCounters counters;
    private final LifePublisher lifePublisher;
    private final SealPublisher sealPublisher;
    private long sealedSize;

    SealDesk(
        final GatewayContext context, final JournalPublisher journalPublisher, final LifePublisher lifePublisher)
    {
        clock = context.clock();
        proxy = context.sealProxy();
        commands = context.commands();
        counters = context.counters().seals();
        this.lifePublisher = lifePublisher;
        sealPublisher = new SealPublisher(journalPublisher);
    }

    @Override
    public void onSeal(final SealEntry seal)
    {
        if (!sealPublisher.isTimely(seal))
        {
            counters.dropped().incrementRelease();
        }
        else if (JournalPublisher.NOT_APPENDED != sealPublisher.seal(seal, clock.monotonicNs()))
        {
            sealedSize = seal.treeSize();
            counters.seals().incrementRelease();
        }
    }

    /** Ends the life: its last record, the seal over it if there can be one in time, and the storage device. */
    void stop(final long nowNs)
    {
        final long sequence = lifePublisher.stopped(nowNs);
        if (null != proxy && JournalPublisher.NOT_APPENDED != sequence)
        {
            proxy.stoppedAt(sequence);
            final long deadlineNs = clock.monotonicNs() + LAST_SEAL_TIMEOUT_NS;
            while (sealedSize < sequence && !proxy.isGivenUp() && clock.monotonicNs() - deadlineNs < 0)
            {
                // Whatever else comes now comes too late.
                if (commands.poll() instanceof final GatewayCommand.AppendSeal last)
                {
                    onSeal(last.seal());
                }
                Thread.yield();
            }
        }
        lifePublisher.sync();
    }
}
